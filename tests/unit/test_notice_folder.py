"""`shoubiao notice` and `shoubiao learn` leave folders that load, or say what is missing."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.commands.trouble import Trouble
from parsers.formats import read_document
from parsers.writing.cutting import cut_docx
from parsers.writing.filling import Entry, fill_docx
from rules.folder.load import load_campaign
from rules.folder.problem import CampaignError
from rules.learn.trial import answers
from rules.reading import Status
from rules.recognise import read_forms
from tests.unit.learn_blanks import BLANKS
from tests.unit.notice_files import notice_docx, notice_html
from tests.unit.test_notice import CASES
from tests.unit.typed_blanks import XLSX, as_docx, as_xlsx

if TYPE_CHECKING:
    from pathlib import Path


ENDINGS = ((1, "xlsx"), (2, "docx"), (3, "docx"))  # of files beside a notice


def shoubiao(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=True)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


def problems(folder: Path) -> set[str]:
    try:
        load_campaign(folder)
    except CampaignError as error:
        return {problem.code for problem in error.problems}
    return set()


@pytest.fixture
def drafted(tmp_path):
    """Draft a folder from the Word file, as the command does."""
    file = tmp_path / "notice.docx"
    file.write_bytes(notice_docx())
    folder = tmp_path / "2025-city"
    code, said = shoubiao("notice", file, "-o", folder)
    assert code == 0, said
    return folder


def test_a_word_notice_becomes_a_folder_that_loads(drafted):
    campaign = load_campaign(drafted)
    assert campaign.file.mailboxes == ("kepu@example.cn",)
    assert campaign.file.document == "某科字〔2025〕8号"
    dues = [(r.key, r.due, str(r.due_time)) for r in campaign.file.requirements]
    assert dues == [
        ("project", date(2025, 5, 16), "17:00:00"),
        ("report", date(2025, 6, 13), "None"),
        ("statistics", date(2025, 6, 13), "None"),
        ("media", date(2025, 6, 13), "None"),
    ]
    assert campaign.file.window is not None
    assert campaign.requirement("media").video.max_seconds == 180


def test_each_annex_is_cut_out_as_it_was_drawn(drafted):
    for name, title in (
        ("project", "重点活动备案表"),
        ("statistics", "2025年科技活动周活动情况统计表"),
    ):
        document = read_document((drafted / f"forms/{name}.docx").read_bytes(), "docx")
        texts = [paragraph.text for paragraph in document.paragraphs]
        assert title in texts
        assert len(document.tables) == 1
        assert not any("通知" in text for text in texts)


def test_a_page_laid_across_stays_so_when_cut_out(drafted):
    import docx

    sizes = {}
    for name in ("project", "statistics"):
        section = docx.Document(str(drafted / f"forms/{name}.docx")).sections[0]
        sizes[name] = section.page_width > section.page_height
    assert sizes == {"project": False, "statistics": True}


@pytest.mark.parametrize("form_id", ["project", "statistics"])
def test_a_filled_copy_of_a_cut_out_blank_is_read_fully(drafted, form_id):
    campaign = load_campaign(drafted)
    form, blank = campaign.forms[form_id], campaign.blanks[form_id]
    document = read_document(blank, "docx")
    places = {one.key: one.place for one in read_forms(document, (campaign,))[0].reading.fields}
    texts = answers(document, form, places)
    copy = fill_docx(blank, [Entry(place, text) for place, text in texts.items()])
    found = read_forms(read_document(copy, "docx"), (campaign,))
    assert [one.form.id for one in found] == [form_id]
    assert {one.label for one in found[0].reading.fields if one.status != Status.FOUND} == set()


def test_every_fact_in_the_yaml_stands_under_its_sentence(drafted):
    lines = (drafted / "campaign.yaml").read_text(encoding="utf-8").splitlines()
    due = lines.index("    due: 2025-05-16")
    quoted = "".join(line.strip("# ") for line in lines[:due] if line.startswith("  #"))
    assert "请于5月16日17:00前将《重点活动备案表》（附件1）发送至邮箱kepu@example.cn。" in quoted


def test_units_named_in_the_notice_stand_in_the_roster(drafted):
    sheet = openpyxl.load_workbook(drafted / "roster.xlsx").active
    rows = list(sheet.iter_rows(values_only=True))
    assert (rows[0][0], rows[0][-1]) == ("单位", "编号")
    assert [row[0] for row in rows[1:]] == ["市科技馆", "市青少年宫"]


def test_a_web_page_is_read_the_same_and_its_blank_is_drawn(tmp_path):
    file = tmp_path / "notice.html"
    file.write_bytes(notice_html())
    code, said = shoubiao("notice", file, "-o", tmp_path / "2025-city", "--json")
    notice = json.loads(said)
    assert code == 0
    assert [one["due"] for one in notice["requirements"]] == ["2025-05-16", *["2025-06-13"] * 3]
    assert notice["title"] == "某市科学技术局关于举办2025年某市科技活动周的通知"
    blank = (tmp_path / "2025-city/forms/statistics.docx").read_bytes()
    assert len(read_document(blank, "docx").tables) == 1


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_text_notice_loads_or_only_lacks_what_the_notice_lacks(path, tmp_path):
    folder = tmp_path / f"x-{path.stem}"
    code, _ = shoubiao("notice", path, "-o", folder)
    assert code == 0
    lacking = {"no-kind", "roster-empty", "missing-key", "no-requirements", "many-needs-identifier"}
    assert problems(folder) <= lacking


def test_reports_are_told_apart_by_their_own_words_and_have_the_length_asked(tmp_path):
    folder = tmp_path / "x-school"
    shoubiao("notice", CASES / "school-plain.txt", "-o", folder)
    reports = {
        one.title: (one.keywords[-1], one.report.min_characters)
        for one in load_campaign(folder).file.requirements
        if one.report
    }
    assert reports == {"校园阅读月活动方案": ("方案", 300), "活动总结": ("总结", 1500)}


def test_the_json_has_the_keys_of_the_contract_and_no_others():
    _, said = shoubiao("notice", CASES / "school-plain.txt", "--json")
    notice = json.loads(said)
    assert list(notice) == [
        "title", "document", "mailboxes", "requirements", "contacts", "forms", "window", "open",
    ]  # fmt: skip
    assert list(notice["requirements"][0]) == ["title", "kind", "due", "time", "video", "quote"]


def test_nothing_is_written_over(drafted, tmp_path):
    before = (drafted / "campaign.yaml").read_bytes()
    with pytest.raises(Trouble, match="already there"):
        shoubiao("notice", tmp_path / "notice.docx", "-o", drafted)
    assert (drafted / "campaign.yaml").read_bytes() == before


def test_a_folder_that_cannot_be_an_id_is_refused_with_a_remedy(tmp_path):
    file = CASES / "school-plain.txt"
    with pytest.raises(Trouble, match="lower case"):
        shoubiao("notice", file, "-o", tmp_path / "收表")
    with pytest.raises(Trouble, match="no such file"):
        shoubiao("notice", tmp_path / "none.txt")
    archive = tmp_path / "notice.7z"
    archive.write_bytes(b"7z\xbc\xaf\x27\x1c" + b"\0" * 64)
    with pytest.raises(Trouble, match="no reader"):
        shoubiao("notice", archive)


def test_a_text_that_asks_for_nothing_ends_with_one(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("各位同事：\n会议很成功。\n", encoding="utf-8")
    assert shoubiao("notice", file)[0] == 1


def test_learn_writes_the_form_and_the_blank_and_says_what_is_unsure(tmp_path):
    blank = tmp_path / "报名表.docx"
    blank.write_bytes(BLANKS["roll-of-names"]())
    code, said = shoubiao("learn", blank, "-o", tmp_path / "forms/names.yaml")
    assert code == 0
    assert "“姓名”所在的表" in said
    assert (tmp_path / "forms/names.docx").read_bytes() == blank.read_bytes()
    assert "id: names" in (tmp_path / "forms/names.yaml").read_text(encoding="utf-8")


def test_learn_draws_the_blank_of_a_spreadsheet(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "科普活动统计表"
    sheet.merge_cells("A1:C1")
    for row, texts in enumerate(
        (("内容", "数量", "备注"), ("讲座（场）",), ("听众（人次）",)), start=2
    ):
        for column, text in enumerate(texts, start=1):
            sheet.cell(row, column, text)
    sheet["C4"] = " "
    book.save(tmp_path / "blank.xlsx")
    code, said = shoubiao("learn", tmp_path / "blank.xlsx", "-o", tmp_path / "statistics.yaml")
    assert (code, "2栏" in said) == (0, True)
    drawn = read_document((tmp_path / "statistics.docx").read_bytes(), "docx")
    assert [cell.text for cell in drawn.tables[0].cells if "讲座" in cell.text] == ["讲座（场）"]


def test_annexes_in_files_of_their_own_are_blanks_of_what_the_notice_asks_for(tmp_path):
    text = (
        "关于报送统计数据的通知\n各区科协：\n请于4月10日前将统计表（附件1）和《专家登记表》发至"
        "kx@example.cn。\n联系人：于飞，电话：0471-6677889\n某市科协\n2026年3月4日\n"
    )
    (tmp_path / "notice.txt").write_text(text, encoding="utf-8")
    sheet = as_xlsx(XLSX["sheet-of-kinds"], typed=False)
    (tmp_path / "附件1.xlsx").write_bytes(sheet)
    page = as_docx(("专家登记表", (("姓名", ""), ("单位名称", ""))), typed=False)
    (tmp_path / "附件2.docx").write_bytes(page)
    (tmp_path / "附件3.docx").write_bytes(as_docx(("名词解释",), typed=False))
    annexes = [tmp_path / f"附件{number}.{kind}" for number, kind in ENDINGS]
    code, said = shoubiao("notice", tmp_path / "notice.txt", *annexes, "-o", tmp_path / "x-sums")
    assert code == 0
    assert "附件3.docx" in said
    assert problems(tmp_path / "x-sums") == {"roster-empty"}
    yaml = (tmp_path / "x-sums/campaign.yaml").read_text(encoding="utf-8")
    assert "title: 2025年科普活动统计表\n    form: statistics\n    due: 2026-04-10" in yaml
    assert "title: 专家登记表\n    form: register\n    due: 2026-04-10" in yaml
    assert (tmp_path / "x-sums/forms/register.docx").read_bytes() == page


def test_blocks_outside_the_document_cannot_be_cut_out():
    with pytest.raises(IndexError):
        cut_docx(notice_docx(), 0, 1000)


def test_a_notice_about_one_form_gives_the_campaign_its_name(tmp_path):
    file = tmp_path / "notice.txt"
    said = "各县区：请填写《志愿者名单》，于2025年6月20日前报送至邮箱a@example.cn。"
    file.write_text(
        f"关于报送《志愿者名单》的通知\n{said}\n某市科协\n2025年5月6日\n", encoding="utf-8"
    )
    code, told = shoubiao("notice", file, "-o", tmp_path / "2025-names")
    assert code == 0, told
    text = (tmp_path / "2025-names" / "campaign.yaml").read_text(encoding="utf-8")
    assert "\ntitle: 志愿者名单\n" in text
