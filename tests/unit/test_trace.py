"""Every number of the roll-up leads to its version, mail, file and cell, and to the raw bytes."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from parsers.formats import read_document
from tests.draw import papers
from tests.unit.operated import Operated, mail, statistics

CAMPAIGN = "2023-neimenggu"


@pytest.fixture(scope="module")
def bot(tmp_path_factory):
    """Return a deployment to which two units sent numbers, one of them twice, and one a doubt."""
    bot = Operated(tmp_path_factory.mktemp("trace"))
    for number, (sender, unit, people) in enumerate(
        [
            ("chifeng", "赤峰市科技局", "1,200"),
            ("ordos", "鄂尔多斯市科学技术局", "605"),
            ("chifeng", "赤峰市科技局", "1,250人"),
            ("ordos", "鄂尔多斯市科学技术局", "300至400"),
        ],
        1,
    ):
        form = statistics(unit, people)
        bot.put(mail(f"{sender}@kepu.example.cn", form, name=str(number)))
    with_row = papers.edited(
        papers.statistics("包头市科技局", {"participants": "1000"}),
        papers.with_rows(("线上直播 (场)", "4", "")),
    )
    bot.put(mail("baotou@kepu.example.cn", ("表.docx", with_row), name="5"))
    bot.round()
    return bot


def test_a_total_lists_the_units_it_is_made_of_and_equals_the_workbooks(bot):
    status, (total, *lines), _ = bot.asks("trace", CAMPAIGN, "participants")
    assert status == 0
    assert (total["total"], total["units"], total["numbers"]) == (1250 + 605 + 1000, 3, 3)
    assert sum(line["value"] for line in lines) == total["total"]
    out = bot.home / "rollup.xlsx"
    assert bot.says("export", CAMPAIGN, "-o", out)[0] == 0
    book = load_workbook(io.BytesIO(out.read_bytes()), data_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    assert next(row[1] for row in rows if row[0] == "参加活动人员") == total["total"]


def test_the_higher_levels_form_is_written_from_the_same_numbers(bot):
    out = bot.home / "up.docx"
    assert bot.says("export", CAMPAIGN, "--upward", out)[0] == 0
    texts = [cell.text for t in read_document(out.read_bytes(), "docx").tables for cell in t.cells]
    _, (total, *_), _ = bot.asks("trace", CAMPAIGN, "public")
    assert str(total["total"]) == texts[texts.index("线下活动群众参与数量") + 1]


def test_an_export_needs_a_file_and_a_way_up_to_be_asked_for_one(bot):
    assert bot.says("export", CAMPAIGN)[0] == 2
    assert bot.says("export", "2023-national", "--upward", bot.home / "no.docx")[0] == 2
    assert not (bot.home / "no.docx").exists()


def test_a_number_leads_to_cell_file_mail_and_raw_bytes(bot):
    args = ("trace", CAMPAIGN, "参加活动人员", "--unit", "赤峰市科技局")
    status, (line,), _ = bot.asks(*args)
    assert (status, line["value"], line["raw"]) == (0, 1250, "1,250人")
    assert line["place"] == "表1 第3行第2列"
    assert (line["version"], line["unit"]["id"]) == (2, "chifeng")
    raw = Path(line["mail"]["raw"]).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == line["mail"]["sha256"]
    assert b"<3@school.example.cn>" in raw
    with bot.office() as office:
        from parsers.message.mime import find_file

        name, data = find_file(raw, line["file"]["sha256"])
        assert name == line["file"]["name"] == "统计表.docx"
        assert hashlib.sha256(data).hexdigest() == line["file"]["sha256"]
        assert office.archive.verify(line["mail"]["sha256"])


def test_versions_show_what_was_superseded_and_what_was_returned(bot):
    _, lines, _ = bot.asks("trace", CAMPAIGN, "participants", "--versions")
    told = {(row["unit"]["id"], row["version"]): (row["value"], row["standing"]) for row in lines}
    assert told == {
        ("chifeng", 1): (1200, "accepted"),
        ("chifeng", 2): (1250, "accepted"),
        ("ordos", 1): (605, "accepted"),
        ("ordos", 2): (None, "returned"),
        ("baotou", 1): (1000, "accepted"),
    }


def test_the_number_on_a_receipt_leads_to_its_mail(bot):
    _, (_, line), _ = bot.asks("trace", "20230607-0003", "participants")
    assert (line["mail"]["mail"], line["value"]) == (3, 1250)


def test_an_added_row_is_traced_by_its_label(bot):
    _, (total, line), _ = bot.asks("trace", CAMPAIGN, "线上直播")
    assert (total["total"], line["value"], line["unit"]["id"]) == (4, 4, "baotou")


def test_a_person_reads_the_total_and_a_table(bot):
    status, out, _ = bot.says("trace", CAMPAIGN, "participants")
    assert status == 0
    assert "2855 人, 3 numbers of 3 units" in out
    assert "赤峰市科学技术局" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((CAMPAIGN, "没有这一项"), "participants (参加活动人员)"),
        (("2099-nowhere", "participants"), "known here"),
        (("77", "participants"), "there is no mail 77"),
        ((CAMPAIGN, "participants", "--unit", "火星科技局"), "surely"),
    ],
)
def test_what_cannot_be_traced_ends_with_a_sentence_that_helps(bot, words, said):
    status, out, err = bot.says("trace", *words)
    assert (status, out, said in err) == (2, "", True), err


def test_a_number_that_nobody_gave_is_no_error_but_is_said_by_the_status(bot):
    status, rows, _ = bot.asks("trace", CAMPAIGN, "participants", "--unit", "通辽市科技局")
    assert (status, rows) == (1, [])


def test_a_damaged_raw_mail_is_told(bot):
    _, (_, line, *_), _ = bot.asks("trace", CAMPAIGN, "participants")
    path = Path(line["mail"]["raw"])
    whole = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(whole + b"x")
    try:
        status, out, _ = bot.says("trace", CAMPAIGN, "participants")
        assert status == 1
        assert "NO: restore it" in out
    finally:
        path.write_bytes(whole)
