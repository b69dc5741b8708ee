"""Next year's campaign is last year's with a new year and new dates, and says what is left."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from docx import Document as Word
from typer.testing import CliRunner

from bot.__main__ import app
from bot.commands.trouble import Trouble
from parsers.document import Paragraph
from parsers.formats import read_document
from rules.folder.load import SHIPPED, campaign_folders, load_campaign
from rules.recognise import read_forms
from rules.renew.shift import Shift
from rules.renew.yaml_text import rewrite
from tests.unit.roster_cells import write_column

NEIMENGGU, CIS = SHIPPED / "2023-neimenggu", SHIPPED / "2023-cis"


def renew(source, target, *more):
    return CliRunner().invoke(
        app, ["renew", str(source), "--year", "2024", "-o", str(target), *more]
    )


def texts_of(blank):
    for block in read_document(blank, "docx").blocks:
        for part in (block,) if isinstance(block, Paragraph) else block.cells:
            yield part.text


@pytest.mark.parametrize("shipped", campaign_folders(SHIPPED), ids=lambda path: path.name)
def test_every_shipped_campaign_renewed_loads_without_a_word_of_last_year(shipped, tmp_path):
    target = tmp_path / shipped.name.replace("2023", "2024")
    result = renew(shipped, target)
    assert result.exit_code == 0, result.output
    assert "0处错误，0处提醒" in result.output
    campaign = load_campaign(target)
    assert campaign.file.title.startswith("2024年")
    assert all(r.due.year == 2024 for r in campaign.file.requirements)
    for form in campaign.forms.values():
        assert "2023" not in "".join((form.title, *form.aliases))
        assert "2023" not in "".join(texts_of(campaign.blanks[form.id]))


def test_the_higher_levels_form_moves_into_the_new_folder_with_its_year(tmp_path):
    result = renew(NEIMENGGU, tmp_path / "2024-neimenggu")
    assert "上级的表“2023年全国科技活动周开展情况统计表”照去年的放在upward里" in result.output
    upward = load_campaign(tmp_path / "2024-neimenggu").upward
    assert upward.form.title == "2024年全国科技活动周开展情况统计表"
    assert len(upward.lines) == len(load_campaign(NEIMENGGU).upward.lines)
    assert "2023" not in "".join(texts_of(upward.sheet.blanks["statistics"]))


def test_dates_given_stand_in_the_file_and_in_the_blank(tmp_path):
    result = renew(CIS, tmp_path / "2024-cis", "--due", "project=2024-05-11")
    assert result.exit_code == 0
    campaign = load_campaign(tmp_path / "2024-cis")
    assert campaign.requirement("project").due == date(2024, 5, 11)
    assert campaign.requirement("statistics").due == date(2024, 6, 15)
    assert campaign.file.window.first == date(2024, 5, 20)
    printed = "".join(texts_of(campaign.blanks["project"]))
    assert "2024年5月11日前提交邮箱" in printed


def test_the_blank_keeps_everything_but_the_words(tmp_path):
    renew(NEIMENGGU, tmp_path / "2024-neimenggu")
    before = Word(str(NEIMENGGU / "forms/statistics.docx"))
    after = Word(str(tmp_path / "2024-neimenggu/forms/statistics.docx"))
    looks = [[(r.bold, r.font.size, r.font.name) for p in d.paragraphs for r in p.runs]
             for d in (before, after)]  # fmt: skip
    assert looks[0] == looks[1]
    assert len(before.tables) == len(after.tables)


def test_a_form_of_last_year_is_known_as_such_beside_its_successor(tmp_path):
    renew(NEIMENGGU, tmp_path / "2024-neimenggu")
    old, new = load_campaign(NEIMENGGU), load_campaign(tmp_path / "2024-neimenggu")
    document = read_document(old.blanks["statistics"], "docx")
    (both,) = read_forms(document, (old, new), prefer=frozenset({new.id}))
    assert both.campaign is old
    (found,) = read_forms(document, (new,))
    assert found.other_year


def test_the_roster_is_the_same_without_exemptions_and_extensions(tmp_path):
    source = shutil.copytree(NEIMENGGU, tmp_path / "2023-neimenggu")
    write_column(source / "roster.xlsx", "免报", "影像资料", rows=2)
    write_column(source / "roster.xlsx", "展期至", "2023-06-20", rows=1)
    old = load_campaign(source)
    assert old.roster.units[0].exempt
    assert old.roster.units[0].extended
    assert renew(source, tmp_path / "2024-neimenggu").exit_code == 0
    new = load_campaign(tmp_path / "2024-neimenggu")
    assert not any(unit.exempt or unit.extended for unit in new.roster.units)
    kept = [(u.id, u.name, u.aliases, u.addresses, u.phone) for u in old.roster.units]
    assert kept == [(u.id, u.name, u.aliases, u.addresses, u.phone) for u in new.roster.units]


def test_what_a_person_must_look_at_is_listed(tmp_path):
    output = renew(NEIMENGGU, tmp_path / "2024-x", "--due", "project=2024-05-10").output
    assert "文号原来是内科发〔2023〕44号" in output
    assert "标题里还是“第二十八届”" in output
    assert "“情况统计表”的截止日期按去年的月、日，是2024-06-15，遇周末" in output
    assert "“重点项目备案表”的截止日期" not in output
    assert load_campaign(tmp_path / "2024-x").file.document == ""


def test_comments_stay_and_are_marked_as_last_years(tmp_path):
    renew(NEIMENGGU, tmp_path / "2024-x")
    text = (tmp_path / "2024-x/campaign.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Renewed from 2023-neimenggu for 2024")
    assert "# 请于5月12日前" in text


def test_without_an_output_the_new_folder_stands_beside_the_old(tmp_path):
    shutil.copytree(CIS, tmp_path / "2023-cis")
    result = CliRunner().invoke(app, ["renew", str(tmp_path / "2023-cis"), "--year", "2024"])
    assert result.exit_code == 0
    assert load_campaign(tmp_path / "2024-cis").id == "2024-cis"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--due", "report=2024-05-11"), "keys here: project, statistics"),
        (("--due", "project=2024-02-30"), "there is no such day"),
        (("--due", "project"), "write KEY=2024-05-11"),
        (("--year", "2023"), "give another year than 2023"),
    ],
)
def test_what_cannot_be_is_trouble_and_nothing_is_written(more, said, tmp_path):
    result = renew(CIS, tmp_path / "2024-cis", *more)
    assert isinstance(result.exception, Trouble)
    assert said in str(result.exception)
    assert not (tmp_path / "2024-cis").exists()


def test_a_folder_that_stands_there_is_not_written_over(tmp_path):
    (tmp_path / "2024-cis").mkdir()
    assert isinstance(renew(CIS, tmp_path / "2024-cis").exception, Trouble)


SHIFT = Shift(2023, 2024, {date(2023, 5, 12): date(2024, 5, 10)})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2023年度统计表", "2024年度统计表"),
        ("2023 年统计表", "2024 年统计表"),
        ("二〇二三年统计表", "二〇二四年统计表"),
        ("2022年底人数", "2023年底人数"),
        ("自1994年以来", "自1994年以来"),
        ("内科发〔2023〕44号", "内科发〔2023〕44号"),
        ("电话0471-2023456", "电话0471-2023456"),
        ("于5月12日前", "于5月10日前"),
        ("2023年05月12日前", "2024年05月10日前"),
        ("2023-05-12前", "2024-05-10前"),
        ("2023.5.12前", "2024.5.10前"),
        ("5月20日至31日", "5月20日至31日"),
    ],
)
def test_years_and_due_days_move_and_nothing_else_does(old, new):
    text = old
    for start, end, instead in sorted(SHIFT.edits(old), reverse=True):
        text = text[:start] + instead + text[end:]
    assert text == new


def test_printed_dates_that_are_no_deadline_are_doubts():
    assert list(SHIFT.doubts("5月12日前报，5月20日开始")) == ["5月20日"]
    assert list(SHIFT.doubts("5月12日（星期五）前")) == ["5月12日（星期五"]
    assert list(SHIFT.doubts("按内科发〔2023〕44号办")) == ["按内科发〔2023〕44号"]


def test_a_leap_day_moves_to_the_last_of_february():
    assert Shift(2024, 2025, {}).day(date(2024, 2, 29)) == date(2025, 2, 28)


def test_values_are_rewritten_where_they_stand():
    text = 'a: 1 # one\nb: {c: "1", d: [1, 2]}\n'
    changed = rewrite(text, lambda path, raw: raw.replace("1", "9") if path != ("a",) else raw)
    assert changed == 'a: 1 # one\nb: {c: "9", d: [9, 2]}\n'
