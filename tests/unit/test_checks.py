"""Each check, once where it is content and once where it has something to say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import rules.checks
from parsers.document import Place
from rules.campaign import CampaignFile, Requirement, Window
from rules.checks import CHECKS, check_reading
from rules.finding import Severity
from rules.form import AddsUp, AnyOf, FieldType, Form, FormField, InRange, InWindow, NotAbove
from rules.reading import FieldReading, Reading, Status

CAMPAIGN = CampaignFile(
    id="c",
    title="科技活动周",
    requirements=(Requirement(key="r", title="表", due=date(2023, 6, 15), form="f"),),
    window=Window(**{"from": date(2023, 5, 20), "to": date(2023, 5, 31)}),
)
NAMES = {
    "unit": FieldType.TEXT,
    "people": FieldType.COUNT,
    "experts": FieldType.COUNT,
    "cost": FieldType.MONEY,
    "when": FieldType.PERIOD,
    "phone": FieldType.PHONE,
    "fax": FieldType.PHONE,
    "ticks": FieldType.CHOICE,
    "story": FieldType.TEXT,
    "boys": FieldType.COUNT,
    "girls": FieldType.COUNT,
    "pupils": FieldType.COUNT,
}
OPTIONAL = {"experts", "fax", "story"}
FORM = Form(
    id="f",
    title="统计表",
    blank="f.docx",
    unit_field="unit",
    fields=tuple(
        FormField(
            key=key,
            label=f"{key}标签",
            type=kind,
            required=key not in OPTIONAL,
            unit={"people": "人", "cost": "万元"}.get(key),
            choices=("甲", "乙") if kind is FieldType.CHOICE else (),
            greatest=100000 if key == "people" else None,
        )
        for key, kind in NAMES.items()
    ),
    checks=(
        NotAbove(check="not-above", field="experts", limit="people"),
        InWindow(check="in-window", field="when", days=1),
        InRange(check="in-range", field="cost", least=0.1, greatest=500),
        AnyOf(check="any-of", fields=("people", "experts")),
        AddsUp(check="adds-up", total="pupils", parts=("boys", "girls")),
    ),
)
GOOD = {
    "unit": "赤峰市科技局",
    "people": 1200,
    "experts": 300,
    "cost": 5.0,
    "when": "2023-05-20/2023-05-31",
    "phone": "0471-6328711",
    "fax": "无",
    "ticks": ("甲",),
    "story": "活动",
    "boys": 30,
    "girls": 40,
    "pupils": 70,
}
PLACE = Place(table=1, row=3, column=2)


def answer(key, value=None, status=Status.FOUND, **more):
    return FieldReading(key, f"{key}标签", status, value, str(value or ""), PLACE, **more)


def reading(*changed):
    changes = {one.key: one for one in changed}
    fields = tuple(changes.get(key) or answer(key, value) for key, value in GOOD.items())
    return Reading("c", "f", "统计表", fields)


def findings(*changed):
    return check_reading(reading(*changed), FORM, CAMPAIGN)


def test_a_well_filled_form_has_no_findings():
    assert findings() == ()


MISSING, AMBIGUOUS, UNREADABLE = Status.MISSING, Status.AMBIGUOUS, Status.UNREADABLE

WRONG = [
    # what was read, code, severity, details
    (answer("unit", status=MISSING), "unit-missing", "error", {}),
    (answer("people", status=MISSING, label_found=False), "label-missing", "error", {}),
    (answer("people", status=MISSING), "required", "error", {}),
    (answer("phone", "无", nil=True), "required", "warning", {}),
    (
        answer("people", status=AMBIGUOUS, notes=("duplicate-label",)),
        "duplicate-label",
        "error",
        {},
    ),
    (answer("people", status=AMBIGUOUS, notes=("range",)), "ambiguous", "error", {"why": "range"}),
    (answer("experts", status=AMBIGUOUS, notes=("range",)), "ambiguous", "error", {}),
    (
        answer("people", status=AMBIGUOUS, notes=("unit-contradicts",), given_unit="人次"),
        "ambiguous",
        "error",
        {"why": "unit-contradicts", "expected": "人", "given": "人次"},
    ),
    (
        answer("people", status=AMBIGUOUS, notes=("not-whole",)),
        "type",
        "error",
        {"expected": "count"},
    ),
    (answer("people", status=UNREADABLE, notes=("words",)), "type", "error", {"expected": "count"}),
    (answer("when", status=UNREADABLE, notes=("words",)), "type", "error", {"expected": "period"}),
    (
        answer("when", status=UNREADABLE, notes=("impossible-date",)),
        "unreadable",
        "error",
        {"why": "impossible-date"},
    ),
    (answer("phone", status=UNREADABLE, notes=("shape",)), "shape", "error", {"type": "phone"}),
    (answer("fax", status=UNREADABLE, notes=("shape",)), "shape", "warning", {"type": "phone"}),
    (answer("ticks", status=MISSING), "choice", "error", {"chosen": []}),
    (answer("ticks", ("甲", "乙")), "choice", "error", {"chosen": ["甲", "乙"]}),
    (answer("people", 100001), "range", "error", {"least": None, "greatest": 100000}),
    (answer("people", status=UNREADABLE, notes=("negative",)), "range", "error", {"least": 0}),
    (answer("cost", 50000.0), "range", "warning", {"least": 0.1, "greatest": 500}),
    (
        answer("experts", 1201),
        "not-above",
        "error",
        {"limit_label": "people标签", "limit_value": 1200},
    ),
    (
        answer("when", "2023-05-18/2023-05-31"),
        "window",
        "warning",
        {"first": "2023-05-20", "last": "2023-05-31"},
    ),
    (answer("when", "2023-05-20,2023-06-02"), "window", "warning", {}),
    (
        answer("cost", 5.0, notes=("converted",), given_unit="元"),
        "unit-of-measure",
        "note",
        {"expected": "万元", "given": "元", "value": 5.0},
    ),
    (answer("pupils", 71), "not-the-sum", "warning", {"sum": 70}),
    (answer("people", 500, notes=("approximate",)), "approximate", "note", {"value": 500}),
]


@pytest.mark.parametrize(("wrong", "code", "severity", "details"), WRONG)
def test_a_finding_says_what_is_wrong_and_where(wrong, code, severity, details):
    found = [f for f in findings(wrong) if f.field == wrong.key]
    assert [(f.code, f.severity) for f in found] == [(code, Severity(severity))]
    assert (found[0].label, found[0].place, found[0].raw) == (wrong.label, PLACE, wrong.raw)
    assert details.items() <= dict(found[0].details).items()


@pytest.mark.parametrize(
    "fine",
    [
        answer("experts", status=MISSING),
        answer("experts", status=MISSING, label_found=False),
        answer("fax", status=MISSING),
        answer("experts", 1200),
        answer("people", 0, nil=True),
        answer("cost", 0.0, nil=True),
        answer("when", "2023-05-19/2023-06-01"),
        answer("people", 100000),
        answer("story", "无", nil=True),
    ],
)
def test_what_the_form_allows_gives_nothing(fine):
    assert [f for f in findings(fine) if f.field == fine.key] == []


def test_any_of_wants_one_field_that_is_filled_and_not_nil():
    nothing = (answer("people", 0, nil=True), answer("experts", 0, nil=True))
    told = findings(*nothing)
    assert [(f.code, f.severity, f.field) for f in told] == [
        ("required", Severity.WARNING, "people")
    ]
    assert told[0].details["labels"] == ["people标签", "experts标签"]
    assert findings(nothing[1]) == ()
    missing = findings(answer("people", status=MISSING), nothing[1])
    assert [(f.severity, f.field) for f in missing] == [(Severity.ERROR, "people")]


def test_findings_come_in_the_forms_order():
    wrong = (answer("phone", status=MISSING), answer("unit", status=MISSING))
    assert [f.field for f in findings(*wrong)] == ["unit", "phone"]


def test_a_field_of_another_edition_of_the_form_is_left_alone():
    read = reading()
    odd = Reading("c", "f", "统计表", (*read.fields, answer("new", status=MISSING)))
    assert check_reading(odd, FORM, CAMPAIGN) == ()


def test_an_optional_unit_field_is_only_a_warning():
    fields = tuple(
        f.model_copy(update={"required": False}) if f.key == "unit" else f for f in FORM.fields
    )
    form = FORM.model_copy(update={"fields": fields})
    told = check_reading(reading(answer("unit", status=MISSING)), form, CAMPAIGN)
    assert [(f.code, f.severity) for f in told] == [("unit-missing", Severity.WARNING)]


def test_every_file_of_the_folder_is_in_the_tuple_and_has_a_wrong_case():
    folder = Path(rules.checks.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    listed = [check.__module__.rpartition(".")[2] for check in CHECKS]
    assert sorted(files) == sorted(listed)
    for check in CHECKS:
        cases = [reading(case[0]) for case in WRONG]
        cases.append(reading(answer("people", 0, nil=True), answer("experts", 0, nil=True)))
        assert any(tuple(check(case, FORM, CAMPAIGN)) for case in cases), check.__module__
        assert not tuple(check(reading(), FORM, CAMPAIGN)), check.__module__
