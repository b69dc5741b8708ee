"""`shoubiao report`: one page a campaign, whole in itself, with every number's cell and mail."""

from __future__ import annotations

import re

import pytest

from tests.unit.operated import Operated, mail, statistics

CAMPAIGN = "2023-neimenggu"
EVIL = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Return the page of a campaign to which one unit sent two versions, and a stranger a note."""
    bot = Operated(tmp_path_factory.mktemp("page"))
    for number, people in enumerate(("1,200", "1,250人"), 1):
        form = statistics("赤峰市科技局", people)
        bot.put(mail("chifeng@kepu.example.cn", form, name=str(number)))
        bot.round()
    bot.put(mail("someone@example.com", ("说明.txt", b"hello"), name="3", subject=EVIL))
    bot.round()
    assert bot.says("report", bot.home / "pages", "--campaign", CAMPAIGN)[0] == 0
    return (bot.home / "pages" / f"{CAMPAIGN}.html").read_text(encoding="utf-8")


def section(page, unit):
    return re.search(rf'id="u-{unit}" [^>]*>(.*?)</section>', page, re.DOTALL)[1]


def test_every_version_is_shown_with_what_was_written_and_where(page):
    mine = section(page, "chifeng")
    assert "第2次" in mine
    assert "第1次" in mine
    assert "1,250 人" in mine
    assert re.search(r"表1 第\d+行第\d+列", mine)
    assert len(re.findall(r'class="hash">SHA-256 [0-9a-f]{64}<', mine)) == 2


def test_letters_are_there_to_be_read(page):
    assert '<details class="letter">' in section(page, "chifeng")
    assert section(page, "ordos").count("还没有收到材料") == 1


def test_the_page_needs_no_other_file_and_runs_nothing_of_a_senders(page):
    assert "&lt;img src=x" in page
    assert page.count("<script>") == 1
    assert not re.search(r"<(link|iframe|img)\b|(?:src|href)=\"(?!#)|@import|url\(|https?://", page)


def test_a_total_names_every_number_in_it_with_its_cell(page):
    total = re.search(
        r'class="total"><summary><span>参加活动人员</span>.*?</details>', page, re.DOTALL
    )
    assert "1,250 人" in total[0]
    assert 'href="#u-chifeng"' in total[0]
    assert re.search(r"表1 第\d+行第\d+列", total[0])


def test_a_superseded_version_shows_only_what_changed_since(page):
    mine = section(page, "chifeng")
    old = mine[mine.index("第1次") :]
    assert "已被第2次代替，下面只列与第2次不同的" in old
    assert re.search(r"<td>参加活动人员<td>1,200 人", old)
    assert "<td>科技人员" not in old


def test_what_waits_for_a_person_stands_before_everything_else(page):
    assert page.index('id="waiting"') < page.index('id="standing"')


def test_the_equation_is_shown_as_in_the_digest(page):
    assert "共 3 封" in page
    assert "相符" in page
