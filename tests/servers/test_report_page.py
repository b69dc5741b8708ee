"""The page of `shoubiao report` in a real browser: found, filtered, at any width, on paper."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.servers.browser import chromium, measure_all
from tests.unit.operated import Operated, mail, statistics

CAMPAIGN = "2023-neimenggu"
FOUND = """<script>
const find = document.getElementById("find");
find.value = "赤峰"; find.oninput();
</script>"""


def chosen(page, name):
    """Return the page as after a click on one of its filters."""
    return page.replace(" checked>", ">").replace(f'id="{name}"', f'id="{name}" checked')


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    bot = Operated(tmp_path_factory.mktemp("page"))
    bot.put(mail("chifeng@kepu.example.cn", statistics("赤峰市科技局", "1,200")))
    bot.put(mail("ordos@kepu.example.cn", statistics("鄂尔多斯市科技局", "3-5"), name="2"))
    bot.round()
    bot.says("report", bot.home / "pages", "--campaign", CAMPAIGN)
    return (bot.home / "pages" / f"{CAMPAIGN}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def seen(page, tmp_path_factory):
    pages = {
        "phone": (page, 375),
        "desk": (page, 1200),
        "open": (page.replace("<details", "<details open"), 375),
        "returned": (chosen(page, "p-returned"), 1200),
        "found": (page.replace("</body>", f"{FOUND}</body>"), 1200),
        "bare": (re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL), 1200),
    }
    return measure_all(pages, tmp_path_factory.mktemp("seen"))


@pytest.mark.parametrize("name", ["phone", "desk", "open"])
def test_the_page_asks_for_nothing_and_can_be_read(seen, name):
    assert seen[name]["resources"] == []
    assert seen[name]["smallest"] >= 12


@pytest.mark.parametrize("name", ["phone", "open"])
def test_only_the_table_of_all_units_is_wider_than_a_phone(name, page, tmp_path):
    bare = re.sub(r'<div class="wide">.*?</div>', "", page, flags=re.DOTALL)
    shown = bare.replace("<details", "<details open") if name == "open" else bare
    assert measure_all({"x": (shown, 375)}, tmp_path)["x"]["needed"] <= 375


def test_a_filter_leaves_those_it_names_and_needs_no_script(seen):
    text = seen["returned"]["text"]
    assert "鄂尔多斯市科学技术局" in text
    assert "赤峰市科学技术局" not in text[text.index("各单位报送状态") :].split("每天来往")[0]


def test_a_unit_is_found_by_part_of_its_name(seen):
    rows = seen["found"]["text"].split("各单位报送状态")[1].split("每天来往")[0]
    assert "赤峰市科学技术局" in rows
    assert "包头市科学技术局" not in rows


def test_without_scripts_the_page_is_whole_and_offers_no_box_that_does_nothing(seen):
    assert "包头市科学技术局" in seen["bare"]["text"]
    assert "找单位" not in seen["bare"]["text"]
    assert "找单位" in seen["desk"]["text"]


def test_the_page_is_printed_on_few_sheets_of_a4(page, tmp_path):
    source, target = tmp_path / "page.html", tmp_path / "page.pdf"
    source.write_text(page, encoding="utf-8")
    command = [
        chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer",
        f"--print-to-pdf={target}", source.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=300, check=True)
    info = subprocess.run(["pdfinfo", target], capture_output=True, text=True, check=True).stdout
    assert "A4" in info
    assert int(re.search(r"Pages:\s+(\d+)", info)[1]) <= 8
