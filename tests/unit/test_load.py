"""A campaign folder loads, or every mistake in it is named with file, line and remedy."""

from __future__ import annotations

import shutil
from datetime import date, time

import pytest

from parsers.formats import read_document
from rules.folder import load
from rules.folder.load import CampaignError, load_campaign, load_campaigns
from rules.folder.problem import CampaignProblem
from rules.folder.sentences import SENTENCES
from rules.folder.yaml_lines import Lined, parse_yaml
from rules.form import Form
from rules.recognise import read_forms

NEIMENGGU = load.SHIPPED / "2023-neimenggu"


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the shipped campaign to spoil."""
    return shutil.copytree(NEIMENGGU, tmp_path / NEIMENGGU.name)


def spoil(folder, file, old, new):
    """Replace text in one file of the campaign; the text must be there."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is no longer in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems_of(folder):
    with pytest.raises(CampaignError) as caught:
        load_campaign(folder)
    return caught.value.problems


def test_the_shipped_campaign_loads_with_what_the_notice_says():
    campaign = load_campaign(NEIMENGGU)
    file = campaign.file
    assert file.mailboxes == ("nmkepu@126.com",)
    assert file.window is not None
    assert (file.window.first, file.window.last) == (date(2023, 5, 20), date(2023, 5, 31))
    assert {r.key: r.due for r in file.requirements} == {
        "project": date(2023, 5, 12),
        "statistics": date(2023, 6, 15),
        "report": date(2023, 6, 15),
        "media": date(2023, 6, 15),
    }
    media = campaign.requirement("media").video
    assert media is not None
    assert media.max_seconds == 180
    assert file.digest.at == time(8, 30)
    assert len(campaign.forms["statistics"].fields) == 24
    assert len(campaign.forms["project"].fields) == 15
    assert len(campaign.roster.units) == 27
    assert all(blank.startswith(b"PK") for blank in campaign.blanks.values())


def test_every_shipped_campaign_loads():
    folders = load.campaign_folders(load.SHIPPED)
    assert NEIMENGGU in folders
    assert [c.folder for c in load_campaigns(load.SHIPPED)] == list(folders)


C, P, S = "campaign.yaml", "forms/project.yaml", "forms/statistics.yaml"

# file, text, spoilt text, code, (lines below it), what the remedy or message must say
MISTAKES = [
    (C, "mailboxes:", "mailboxs:", "unknown-key", 0, "“mailboxes”"),
    (C, "    form: project", "    from: project", "unknown-key", 0, "“form”"),
    (C, "max_seconds", "max_second", "unknown-key", 0, "“max_seconds”"),
    (C, "title: 2023年内", "# 2023年内", "missing-key", None, "“title"),
    (C, "    title: 总结报告\n", "", "missing-key", -1, "“title"),
    (C, "due: 2023-05-12", "due: 2023-13-12", "wrong-date", 0, "2023-06-15"),
    (C, "due: 2023-05-12", "due: 2023-02-30", "wrong-date", 0, "2023-02-30"),
    (C, "due: 2023-05-12", "due: 5月12日", "wrong-date", 0, "5月12日"),
    (C, "due: 2023-05-12", "due: 20230512", "wrong-date", 0, "20230512"),
    (C, "due: 2023-05-12", "due: 1683849600", "wrong-date", 0, "1683849600"),
    (C, 'at: "09:00"', 'at: "25:00"', "wrong-time", 0, "17:30"),
    (C, 'at: "09:00"', 'at: "900"', "wrong-time", 0, "17:30"),
    (C, "per_unit: many", "per_unit: lots", "wrong-choice", 0, "many"),
    (C, "key: project", "key: 备案表", "wrong-name", 0, "lower case"),
    (C, "[7, 3, 1, 0]", "[7, three]", "wrong-value", 0, "whole number"),
    (C, "[7, 3, 1, 0]", "[7, -3]", "wrong-days", 0, "from 0 to 60"),
    (C, "after_days: [1", "after_days: [0", "wrong-days", 0, "from 1 to 60"),
    (C, "after_days: [1", "superior_days: [0]\n  after_days: [1", "wrong-days", 0, "from 1 to 60"),
    (C, 'at: "09:00"', 'at: "21:00"', "wrong-order", 0, "quiet from 20:00"),
    (C, '  at: "09', '  quiet: {from: 6:00, to: 8:00}\n  at: "09', "wrong-order", 0, "08:00"),
    (
        C,
        "form: statistics",
        "form: statistics\n    last_year: {participant: 5}",
        "unknown-field",
        1,
        "“participants”",
    ),
    (C, "workdays_only: true", "workdays_only: maybe", "wrong-value", 0, "true or false"),
    (C, "title: 重点", "title：重点", "full-width-colon", 0, "plain colon"),
    (C, "title: 重点", "key: 重点", "duplicate-key", 0, "delete one"),
    (C, "reminders:", "reminders", "yaml", None, "shipped campaign"),
    (C, "form: project", "form: projekt", "unknown-form", 0, "“project”"),
    (C, "    form: project\n", "", "no-kind", -2, "“report”"),
    (C, "    form: project", "    form: project\n    photos: true", "two-kinds", -2, "“photos”"),
    (C, "key: statistics", "key: project", "duplicate-requirement", 0, "rename"),
    (C, "identified_by: 项目名称", "identified_by: 项目名", "identifier-unknown", 0, "项目名称"),
    (C, "nmkepu@126.com", "nmkepu126.com", "wrong-address", 0, "name@example.cn"),
    (C, "[kepu-coordinator@", "[kepu coordinator@", "wrong-address", 0, "name@example.cn"),
    (C, "from: 2023-05-20", "from: 2023-06-20", "wrong-order", 0, "2023-06-20 comes after"),
    (C, "opens: 2023-05-01", "opens: 2023-06-01", "wrong-order", None, "opens 2023-06-01"),
    (C, "id: 2023-neimenggu", "id: 2024-neimenggu", "id-is-not-folder", 0, "the same"),
    (C, "organiser:", "timezone: China\norganiser:", "unknown-timezone", 0, "Asia/Shanghai"),
    (C, "window: {", "# {", "window-missing", None, "window:"),
    (P, "blank: project.docx", "blank: projects.docx", "blank-unreadable", 0, "no such file"),
    (P, "blank: project.docx", "blank: ../../x.docx", "wrong-value", 0, "beside it"),
    (P, "label: 主办单位", "label: 承办单位", "label-not-in-blank", 0, "承办单位"),
    (P, "[邮编]", "[邮编, 电话]", "duplicate-label", None, "“postcode” and “phone”"),
    (P, "key: fax", "key: phone", "duplicate-field", 0, "rename"),
    (P, "key: fax", "key: Fax", "wrong-name", 0, "lower case"),
    (P, "type: email", "type: mail", "wrong-choice", 0, "email"),
    (P, "type: email", "type: choice", "choices-missing", 0, "choices"),
    (P, "unit_field: organiser", "unit_field: organizer", "unknown-field", 0, "“organiser”"),
    (P, "check: in-window", "check: window", "wrong-choice", 0, "in-window"),
    (P, "check: in-window, ", "", "missing-key", 0, "“check"),
    (P, "field: period,", "field: name,", "not-a-date", 0, "period"),
    (P, "days: 7", "day: 7", "unknown-key", 0, "“days”"),
    (P, "id: project", "id: projects", "form-id-is-not-file", 0, "projects.yaml"),
    (P, "title: 2023年内蒙古", "title: 2024年内蒙古", "title-not-in-blank", 0, "2024"),
    (S, "extra_rows", "extra_row", "unknown-key", 0, "“extra_rows”"),
    (S, "limit: participants", "limit: participant", "unknown-field", 0, "“participants”"),
    (S, "limit: participants", "limit: reporter", "not-a-number", 0, "numbers only"),
    (S, "column: 数量", "column: 数目", "unknown-column", 0, "“数量”"),
    (S, "within: participants", "within: public_", "unknown-field", 0, "“public”"),
    (S, "unit: 人次", "unit: 万元", "unit-not-in-blank", 0, "人次"),
    (S, "unit: 元,", "unit: 美元,", "money-unit", 0, "万元"),
    (S, "fields: [units", "fields: [unit", "unknown-field", 0, "“units”"),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda row: f"{row[2]} {row[3]}")
def test_a_mistake_is_named_with_its_line_and_remedy(folder, mistake):
    file, old, new, code, below, says = mistake
    line = spoil(folder, file, old, new)
    problems = problems_of(folder)
    found = [problem for problem in problems if problem.code == code]
    assert found, [str(problem) for problem in problems]
    assert found[0].file == f"{NEIMENGGU.name}/{file}"
    assert says in f"{found[0].message} {found[0].remedy}"
    if below is not None:
        assert found[0].line == line + below


def test_all_mistakes_are_told_at_once(folder):
    spoil(folder, C, "form: project", "form: projekt")
    spoil(folder, C, "nmkepu@126.com", "nmkepu")
    spoil(folder, S, "limit: participants", "limit: nobody")
    (folder / "roster.xlsx").unlink()
    codes = {problem.code for problem in problems_of(folder)}
    assert codes == {"unknown-form", "wrong-address", "unknown-field", "file-missing"}


def test_a_problem_reads_as_one_line_for_the_console(folder):
    line = spoil(folder, C, "due: 2023-05-12", "due: 2023-05-32")
    (problem,) = problems_of(folder)
    assert str(problem) == (
        f"2023-neimenggu/campaign.yaml:{line}: requirements[1].due: “2023-05-32” is not a date. "
        "Remedy: write it as 2023-06-15."
    )


def test_a_missing_campaign_file_is_a_problem_not_a_crash(tmp_path):
    (problem,) = problems_of(tmp_path)
    assert problem.code == "file-missing"
    assert load_campaigns(tmp_path) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-mapping"),
        (b"- a\n", "not-a-mapping"),
        ("id: 内蒙古".encode("gb18030"), "not-utf8"),
        (b"a: " + b"x" * 600_000, "file-too-large"),
        (b"a: [" * 3000, "yaml"),
        (b"a: 1\n---\nb: 2\n", "yaml"),
        (b"\x00\x01", "yaml"),
        ("id：x".encode(), "not-a-mapping"),
    ],
)
def test_a_campaign_file_of_any_bytes_gets_an_answer(folder, content, code):
    (folder / C).write_bytes(content)
    assert problems_of(folder)[0].code == code


@pytest.mark.parametrize("blank", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old doc"])
def test_a_blank_that_is_no_docx_is_a_problem(folder, blank):
    (folder / "forms/project.docx").write_bytes(blank)
    (problem,) = problems_of(folder)
    assert problem.code == "blank-unreadable"
    assert problem.file.endswith(P)


def test_a_billion_laughs_are_not_expanded():
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(9)
    )
    lined = parse_yaml(text, Lined("bomb.yaml"))
    assert [problem.code for problem in lined.problems] == ["yaml"]


def test_an_empty_value_is_nothing_and_a_number_stays_as_written():
    lined = parse_yaml("a:\nb: ~\nc: 0471\nd: 'null'\n", Lined("x.yaml"))
    assert lined.data == {"a": None, "b": None, "c": "0471", "d": "null"}
    assert [lined.line((key,)) for key in "abcd"] == [1, 2, 3, 4]


def test_lines_are_those_a_person_sees_in_an_editor():
    lined = parse_yaml("# 注\r\n\r\na:\r\n  - b: 1\r\n    c: 2\r\n", Lined("x.yaml"))
    assert lined.line(("a", 0, "c")) == 5
    assert lined.line(("a", 0, "unknown")) == 4


def test_every_code_has_its_sentence():
    with pytest.raises(ValueError, match="unknown problem code"):
        CampaignProblem("f", "no-such-code")
    assert all(len(pair) == 2 and all(pair) for pair in SENTENCES.values())


@pytest.mark.parametrize("form_id", ["project", "statistics"])
def test_a_shipped_blank_is_recognised_as_its_own_unfilled_form(form_id):
    campaign = load_campaign(NEIMENGGU)
    (found,) = read_forms(read_document(campaign.blanks[form_id], "docx"), [campaign])
    assert found.form.id == form_id
    assert found.reading.blank
    lost = [f.label for f in found.reading.fields if not f.label_found]
    assert lost in ([], ["科技人员"])  # a sub-value's label counts from its first number


def test_labels_of_the_form_are_unique_even_by_alias():
    for form in load_campaign(NEIMENGGU).forms.values():
        assert isinstance(form, Form)
        names = [name for f in form.fields for name in (f.label, *f.aliases)]
        assert len(names) == len(set(names))


def test_a_roster_saved_as_another_kind_is_told_as_that(folder):
    (folder / "roster.xlsx").rename(folder / "roster.xls")
    (problem,) = problems_of(folder)
    assert (problem.code, problem.values["given"]) == ("roster-other-kind", "roster.xls")
