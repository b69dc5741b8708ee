"""What counts as right, asked, missed and wrong; how expectations are written; what is printed."""

from __future__ import annotations

import json
import sys

import pytest

from bot.__main__ import main
from rules.folder.load import SHIPPED, load_campaigns
from rules.folder.problem import CampaignError
from rules.reading import Extra, FieldReading, Reading, Status
from rules.score.compare import Outcome, ReadForm, compare, same
from rules.score.expectation import AnyOf, load_expectation
from rules.score.tally import FileScore, by_format, by_mess, tally
from tests.unit.case_stage import CASES

CAMPAIGNS = load_campaigns(SHIPPED)
FORM = "2023-neimenggu/statistics"


@pytest.fixture
def expected(tmp_path):
    """Return a function that writes an expectation and loads it."""

    def load(text: str):
        path = tmp_path / "a.docx.yaml"
        path.write_text(text, encoding="utf-8")
        return load_expectation(path, CAMPAIGNS)

    return load


def read(*answers: FieldReading, extra=(), unit=None, form="statistics") -> ReadForm:
    return ReadForm(Reading("2023-neimenggu", form, "", answers, tuple(extra)), unit)


def found(key, value):
    return FieldReading(key, key, Status.FOUND, value)


def left(key, status):
    return FieldReading(key, key, status, raw="3-5")


@pytest.mark.parametrize(
    ("stated", "answer", "outcome"),
    [
        ("1200", found("units", 1200), Outcome.RIGHT),
        ("12.50", found("units", 12.5), Outcome.RIGHT),
        ("1200", found("units", 120), Outcome.WRONG),
        ("1200", left("units", Status.MISSING), Outcome.MISSED),
        ("1200", left("units", Status.AMBIGUOUS), Outcome.MISSED),
        ("missing", left("units", Status.MISSING), Outcome.RIGHT),
        ("missing", found("units", 0), Outcome.WRONG),
        ("missing", left("units", Status.UNREADABLE), Outcome.MISSED),
        ("ambiguous", left("units", Status.AMBIGUOUS), Outcome.ASKED),
        ("ambiguous", left("units", Status.UNREADABLE), Outcome.ASKED),
        ("ambiguous", left("units", Status.MISSING), Outcome.MISSED),
        ("ambiguous", found("units", 3), Outcome.WRONG),
        ("{any: [3, ambiguous]}", found("units", 3), Outcome.RIGHT),
        ("{any: [3, ambiguous]}", left("units", Status.AMBIGUOUS), Outcome.ASKED),
        ("{any: [3, ambiguous]}", found("units", 5), Outcome.WRONG),
    ],
)
def test_a_field_is_right_asked_missed_or_wrong(expected, stated, answer, outcome):
    expectation = expected(f"form: {FORM}\nvalues: {{units: {stated}}}")
    ((field,),) = [score.fields for score in compare(expectation, [read(answer)])]
    assert field.outcome is outcome


def test_a_field_that_is_not_named_is_expected_to_be_empty_unless_others_are_not_scored(expected):
    answers = (found("units", 3), found("public", 5))
    (whole,) = compare(expected(f"form: {FORM}\nvalues: {{units: 3}}"), [read(*answers)])
    assert [f.outcome for f in whole.fields] == [Outcome.RIGHT, Outcome.WRONG]
    (part,) = compare(
        expected(f"form: {FORM}\npartial: true\nvalues: {{units: 3}}"), [read(*answers)]
    )
    assert [f.outcome for f in part.fields] == [Outcome.RIGHT]


def test_on_paper_what_is_stated_may_be_given_up_but_not_be_read_otherwise(expected):
    expectation = expected(f"form: {FORM}\nunreadable: true\nvalues: {{units: 3, public: 5}}")
    answers = (left("units", Status.UNREADABLE), found("public", 6))
    (score,) = compare(expectation, [read(*answers)])
    assert [f.outcome for f in score.fields] == [Outcome.GIVEN_UP, Outcome.WRONG]


def test_a_form_that_is_not_read_misses_all_and_one_that_is_not_there_is_all_wrong(expected):
    expectation = expected(f"form: {FORM}\nunit: chifeng\nvalues: {{units: 3, public: 5}}")
    missed, uncalled = compare(expectation, [read(found("name", "科普大集"), form="project")])
    assert (missed.recognised, missed.unit) == (False, False)
    assert [f.outcome for f in missed.fields] == [Outcome.MISSED] * 2
    assert [f.outcome for f in uncalled.fields] == [Outcome.WRONG]
    (nothing,) = compare(expected("forms: []"), [read(found("units", 3))])
    assert [f.outcome for f in nothing.fields] == [Outcome.WRONG]


def test_added_rows_are_compared_by_label_with_value_and_unit(expected):
    rows = "extra: [{label: 线上直播, value: 4, unit: 场}, {label: 微视频, value: 12, unit: 部}]"
    expectation = expected(f"form: {FORM}\nvalues: {{units: 3}}\n{rows}")
    extra = [
        Extra("线上 直播", Status.FOUND, 4, "场", "4", None),
        Extra("大篷车", Status.FOUND, 8, "次", "8", None),
        Extra("参加单位数", Status.FOUND, 3, "个", "3", None),
    ]
    (score,) = compare(expectation, [read(left("units", Status.MISSING), extra=extra)])
    outcomes = {f.field: f.outcome for f in score.fields}
    # a missed field that stands among the added rows is missed, and not wrong as well
    assert outcomes == {
        "units": Outcome.MISSED,
        "+线上直播": Outcome.RIGHT,
        "+微视频": Outcome.MISSED,
        "+大篷车": Outcome.WRONG,
    }


def test_the_unit_is_scored_only_where_it_was_written_down(expected):
    reading = read(found("units", 3), unit="chifeng")
    values = "values: {units: 3}"
    said = {"unit: chifeng": True, "unit: hohhot": False, "unit:": False, "": None}
    for written, right in said.items():
        (score,) = compare(expected(f"form: {FORM}\n{written}\n{values}"), [reading])
        assert score.unit is right


def test_words_are_compared_without_white_space_choices_in_any_order():
    assert same("内蒙古 大学", "内蒙古\n大学")
    assert not same("（甲）", "(甲)")
    assert same("（甲）", "(甲)", widths=False)
    assert same(["乙", "甲"], ("甲", "乙"))
    assert same("甲", ("甲",))
    assert not same("甲", 3)
    assert not same(AnyOf(any=("甲",)), "甲")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("form: 2023-neimenggu/statistic\nvalues: {}", "statistics"),
        (f"form: {FORM}\nunit: chifen\nvalues: {{}}", "chifeng"),
        (f"form: {FORM}\nvalues: {{unit: 3}}", "a.docx.yaml:2"),
        (f"form: {FORM}\nmailbox: nobody\nvalues: {{}}", "2023-cis"),
        ("values: {}", "forms"),
        ("- form", "key: value"),
        (f"forms: [{{form: {FORM}, vaules: {{}}}}]", "values"),
    ],
)
def test_an_expectation_that_names_what_is_not_there_is_refused_with_line_and_remedy(
    expected, text, told
):
    with pytest.raises(CampaignError, match=told):
        expected(text)


def test_files_are_counted_by_format_and_by_every_mess_they_show(expected):
    expectation = expected(f"form: {FORM}\nunit: chifeng\nvalues: {{units: 3, public: 5}}")
    forms = compare(expectation, [read(found("units", 3), found("public", 6), unit="chifeng")])
    files = [
        FileScore("a.docx", "docx", ("numbered", "cover"), 0.5, 40, forms),
        FileScore("b.xls", "xls", ("numbered",), 1.5, 60, forms),
    ]
    total = tally(files)
    assert (total.files, total.fields, total.percent) == (2, 4, 50)
    assert (total.forms, total.units) == ((2, 2), (2, 2))
    assert (total.seconds, total.slowest, total.peak_mb) == (2, 1.5, 60)
    assert {name: t.files for name, t in by_format(files).items()} == {"docx": 1, "xls": 1}
    assert {name: t.files for name, t in by_mess(files).items()} == {"cover": 1, "numbered": 2}
    assert tally([]).percent == 100


@pytest.fixture
def score(monkeypatch, capsys):
    """Return a function that runs the command and returns status, stdout and stderr."""

    def run(*words) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["shoubiao", "score", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return run


@pytest.fixture
def folder(tmp_path):
    plain = CASES / "forms/2023-neimenggu/nm-plain.docx"
    (tmp_path / "赤峰.docx").write_bytes(plain.read_bytes())
    return tmp_path


def test_a_draft_of_an_expectation_holds_what_was_read_and_scores_full(folder, score):
    assert score(folder, "--propose")[0] == 0
    draft = (folder / "赤峰.docx.yaml").read_text(encoding="utf-8")
    assert draft.startswith("# Drafted from the program's own reading: check every line")
    assert "participants: 1006" in draft
    assert "unit: chifeng" in draft
    status, out, _ = score(folder, "--at-least", "100")
    assert status == 0
    assert "100.00" in out
    assert score(folder, "--propose")[0] == 0
    assert (folder / "赤峰.docx.yaml").read_text(encoding="utf-8") == draft


def test_a_wrong_value_ends_with_1_and_is_named_with_file_and_place(folder, score):
    score(folder, "--propose")
    note = folder / "赤峰.docx.yaml"
    draft = note.read_text(encoding="utf-8")
    note.write_text(draft.replace("participants: 1006", "participants: 13"), encoding="utf-8")
    status, out, _ = score(folder)
    assert status == 1
    assert "wrong 赤峰.docx 表1 第3行第2列 participants: expected 13, read 1006" in out
    status, out, _ = score(folder, "--json")
    file, *groups = map(json.loads, out.splitlines())
    assert (status, file["wrong"], file["format"], file["mess"]) == (1, 1, "docx", ["plain"])
    assert [fault["field"] for fault in file["faults"]] == ["participants"]
    assert [group["by"] for group in groups] == ["format", "mess", "total"]
    assert file["peak_mb"] > 5


def test_too_few_right_ends_with_1_even_when_nothing_is_wrong(folder, score):
    score(folder, "--propose")
    note = folder / "赤峰.docx.yaml"
    draft = note.read_text(encoding="utf-8")
    form = draft.replace("units: 17", "units: {any: [1, 17]}")
    note.write_text(f"{form}extra: [{{label: 线上直播, value: 4}}]\n", encoding="utf-8")
    assert score(folder)[0] == 0
    assert score(folder, "--at-least", "99.5")[0] == 1


def test_a_folder_without_expectations_or_with_one_too_many_is_said_in_a_sentence(folder, score):
    for place in (folder, folder / "none"):
        status, _, err = score(place)
        assert status == 2
        assert err.startswith("shoubiao: ")
    (folder / "b.docx.yaml").write_text("forms: []", encoding="utf-8")
    status, _, err = score(folder)
    assert (status, "there is no b.docx beside it" in err) == (2, True)
