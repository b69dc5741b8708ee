"""The higher level's form is filled from the units' numbers by a mapping that is checked."""

from __future__ import annotations

import shutil
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.formats import read_document
from rules.folder.load import SHIPPED, campaign_folders, load_campaign, read_campaign
from rules.folder.upward import load_upward
from rules.reading import FieldReading, Reading, Status
from rules.recognise import read_forms
from rules.upward_sums import Copy, add_up, fill_upward

NEIMENGGU = load_campaign(SHIPPED / "2023-neimenggu")
NATIONAL = load_campaign(SHIPPED / "2023-national")
MAPPED = [
    campaign
    for campaign in map(load_campaign, campaign_folders(SHIPPED))
    if campaign.upward is not None
]


def copy(unit, campaign=NEIMENGGU, **values):
    """Return one unit's copy; a field that is not given was left empty."""
    form = campaign.forms["statistics"]
    fields = tuple(
        FieldReading(
            field.key,
            field.label,
            Status.FOUND if field.key in values else Status.MISSING,
            0 if values.get(field.key) == "无" else values.get(field.key),
            nil=values.get(field.key) in {"无", 0},
        )
        for field in form.fields
    )
    return Copy(unit, f"{unit}科技局", Reading(campaign.id, form.id, form.title, fields))


def filled(campaign, copies):
    """Return what the filled form says when it is read again: label → value."""
    docx = fill_upward(campaign.upward, add_up(campaign.upward, copies))
    found = read_forms(read_document(docx, "docx"), (NATIONAL,))
    assert [one.form.id for one in found] == ["statistics"]
    return {answer.key: answer for answer in found[0].reading.fields}


@pytest.fixture
def folder(tmp_path):
    """Return a folder with neimenggu's mapping to spoil; the national form lies beside it."""
    shutil.copytree(SHIPPED / "2023-national", tmp_path / "2023-national")
    (tmp_path / "2023-neimenggu").mkdir()
    shutil.copy(SHIPPED / "2023-neimenggu/upward.yaml", tmp_path / "2023-neimenggu")
    return tmp_path / "2023-neimenggu"


def spoil(folder, old, new):
    path = folder / "upward.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def loaded(folder, forms=NEIMENGGU.forms):
    return load_upward(folder, NEIMENGGU.file, forms, SHIPPED)


def problems(folder):
    upward, found = loaded(folder)
    return upward, [(problem.code, problem.line) for problem in found]


def test_every_campaign_under_the_national_notice_has_its_way_up():
    assert [campaign.id for campaign in MAPPED] == [
        "2023-cis", "2023-neimenggu", "2023-sixian", "2023-taiyuan", "2023-xinjiang",
    ]  # fmt: skip


def test_fields_of_the_national_form_are_sums_of_own_ones_in_the_units_it_asks_for():
    copies = [
        copy("赤峰", courses=12, lectures=3, village_visits=5, films=2, farm_supplies=52000.0),
        copy("通辽", courses=8, lectures=0, village_visits=1, films=0, medicines=8300.5),
        copy("乌海", public=9000),
    ]  # fmt: skip
    said = filled(NEIMENGGU, copies)
    assert said["held"].value == 31
    assert said["in_kind"].raw == "6.03005万元"
    assert said["offline"].value == 9000
    assert said["unit"].value == "内蒙古自治区科学技术厅"


def test_what_nobody_filled_in_and_what_nothing_maps_to_stays_empty_and_is_not_nought():
    said = filled(NEIMENGGU, [copy("赤峰", courses=12)])
    assert said["held"].value == 12
    for key in ("workers", "offline", "in_kind", "central", "media"):
        assert said[key].status is Status.MISSING


def test_a_nought_that_was_declared_is_a_nought():
    assert filled(NEIMENGGU, [copy("赤峰", public=0)])["offline"].value == 0


def test_each_value_knows_how_many_units_are_in_it_and_how_many_of_them_only_in_part():
    copies = [
        copy("赤峰", courses=1, lectures=1, village_visits=1, films=1),
        copy("通辽", courses=1),
        copy("乌海"),
    ]
    held = add_up(NEIMENGGU.upward, copies)[0]
    assert (held.value, held.units, held.partly) == (Decimal(5), 2, 1)


def test_several_copies_of_one_unit_are_one_unit():
    held = add_up(NEIMENGGU.upward, [copy("赤峰", courses=1), copy("赤峰", courses=2)])[0]
    assert (held.value, held.units) == (Decimal(3), 1)


def test_words_are_gathered_with_their_units_until_they_are_too_long_for_a_cell():
    campaign = load_campaign(SHIPPED / "2023-taiyuan")
    few = [copy("小店", campaign, in_kind="捐赠图书200册"), copy("迎泽", campaign, in_kind="无")]
    assert filled(campaign, few)["in_kind"].raw == "小店科技局：捐赠图书200册"
    many = [
        copy(f"第{n}", campaign, in_kind="捐赠图书、光盘和创新操作室设备若干") for n in range(20)
    ]
    value = next(v for v in add_up(campaign.upward, many) if v.line.target.key == "in_kind")
    assert value.left_to_a_person
    assert filled(campaign, many)["in_kind"].status is Status.MISSING


def test_both_ways_are_listed_what_has_no_counterpart():
    upward = NEIMENGGU.upward
    assert "参与媒体数量" in [field.label for field in upward.open]
    assert "资料发放" in [field.label for field in upward.left]
    mapped = {line.target.key for line in upward.lines}
    assert len(mapped) + len(upward.open) + 1 == len(upward.form.fields)


@pytest.mark.parametrize("campaign", MAPPED, ids=lambda campaign: campaign.id)
def test_a_filled_form_keeps_every_printed_word_and_says_every_number(campaign):
    form = campaign.forms["statistics"]
    numbers = {f.key: 3 + n for n, f in enumerate(form.fields) if f.type in {"count", "money"}}
    said = filled(campaign, [copy("赤峰", campaign, **numbers)])
    for value in add_up(campaign.upward, [copy("赤峰", campaign, **numbers)]):
        if value.text and value.line.target.type != "text":
            assert said[value.line.target.key].value == float(value.value)
    blank = read_document(campaign.upward.sheet.blanks["statistics"], "docx")
    made = read_document(fill_upward(campaign.upward, add_up(campaign.upward, ())), "docx")
    words = [c.text for t in blank.tables for c in t.cells]
    assert [c.text for t in made.tables for c in t.cells] == words


@settings(max_examples=30, deadline=None)
@given(st.lists(st.decimals("0", "1000000", places=2), min_size=1, max_size=8))
def test_money_up_is_exactly_the_money_below_whatever_its_unit(amounts):
    copies = [copy(str(n), farm_supplies=float(one)) for n, one in enumerate(amounts)]
    value = next(v for v in add_up(NEIMENGGU.upward, copies) if v.line.unit == "万元")
    assert value.value * 10000 == sum(amounts)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("form: 2023-national/statistics", "form: 2023-nation/statistics", "upward-no-campaign", 4),
        ("form: 2023-national/statistics", "form: 2023-national/figures", "upward-no-form", 4),
        ("form: 2023-national/statistics", "form: statistics", "wrong-name", 4),
        ("from: statistics", "from: report", "upward-from", 5),
        ("field: 举办活动次数", "field: 举办活动总次数目", "upward-field", 9),
        ("sum: [下乡, 培训班", "sum: [上乡, 培训班", "upward-field", 10),
        ("sum: [下乡, 培训班", "sum: [填报单位, 培训班", "upward-not-a-number", 10),
        ("sum: [下乡, 培训班", "sum: [药品赠送, 培训班", "upward-measure", 10),
        ("sum: 公众参与", "text: 填报单位", "upward-text", 20),
        ("    unit: 万元\n", "", "upward-measure", 13),
        ("    sum: 公众参与\n", "", "upward-nothing", 19),
        ("field: 科技工作者参与数量", "field: 举办活动次数", "upward-twice", 16),
        ("    sum: 公众参与\n", "    sums: 公众参与\n", "unknown-key", 20),
    ],
)
def test_a_mistake_in_the_mapping_is_told_with_its_line(folder, old, new, code, line):
    spoil(folder, old, new)
    _, found = problems(folder)
    assert (code, line) in found


def test_without_the_higher_campaign_the_own_one_still_collects_and_the_gap_is_told(folder):
    spoil(folder, "2023-national/", "2031-national/")
    upward, found = loaded(folder)
    assert upward is None
    assert [(problem.code, problem.is_warning) for problem in found] == [
        ("upward-no-campaign", True)
    ]


def test_the_higher_form_may_lie_in_the_campaigns_own_folder(folder):
    shutil.copytree(folder.parent / "2023-national" / "forms", folder / "upward")
    shutil.rmtree(folder.parent / "2023-national")
    spoil(folder, "2023-national/", "upward/")
    upward, found = loaded(folder)
    assert found == ()
    assert upward.form.title == NATIONAL.forms["statistics"].title


def test_a_name_of_two_fields_has_to_be_a_key(folder):
    form = NEIMENGGU.forms["statistics"]
    fields = tuple(
        field.model_copy(update={"aliases": ("培训课",)}) if "培训" in field.label else field
        for field in form.fields
    )
    spoil(folder, "sum: [下乡, 培训班", "sum: [下乡, 培训课")
    forms = {"statistics": form.model_copy(update={"fields": fields})}
    _, found = loaded(folder, forms)
    assert [problem.code for problem in found] == ["upward-ambiguous"]
    assert "courses、trainees" in found[0].remedy


def test_a_higher_form_whose_blank_has_no_place_for_a_number_is_told_before_it_is_wanted(folder):
    forms = folder.parent / "2023-national" / "forms"
    shutil.copy(SHIPPED / "2023-neimenggu/forms/project.docx", forms / "statistics.docx")
    yaml = (forms / "statistics.yaml").read_text(encoding="utf-8")
    head, _, _ = yaml.partition("fields:")
    wrong = head.replace(
        "2023年全国科技活动周开展情况统计表", "2023年内蒙古科技活动周活动项目备案表"
    )
    field = "  - {key: held, label: 附件, type: count, where: below}\n"
    (forms / "statistics.yaml").write_text(
        wrong.replace("unit_field: unit\n", "") + "fields:\n" + field, encoding="utf-8"
    )
    (folder / "upward.yaml").write_text(
        "form: 2023-national/statistics\nfrom: statistics\nfields: [{field: held, sum: 培训班}]\n",
        encoding="utf-8",
    )
    _, found = loaded(folder)
    assert [problem.code for problem in found] == ["upward-no-place"]


def test_a_broken_higher_form_is_named_with_its_own_first_mistake(folder):
    path = folder.parent / "2023-national" / "forms" / "statistics.yaml"
    path.write_text("id: statistics\n", encoding="utf-8")
    _, found = loaded(folder)
    assert [problem.code for problem in found] == ["upward-form-broken"]
    assert "title" in found[0].message


def test_a_campaign_collected_in_more_mailboxes_keeps_its_way_up():
    assert NEIMENGGU.collected_in(["kepu@example.cn"]).upward is NEIMENGGU.upward


def test_a_campaign_with_a_broken_mapping_does_not_load_and_names_its_line(tmp_path):
    folder = shutil.copytree(SHIPPED / "2023-taiyuan", tmp_path / "2023-taiyuan")
    spoil(folder, "from: statistics", "from: figures")
    campaign, found = read_campaign(folder)
    assert campaign is None
    assert found[0].place == "2023-taiyuan/upward.yaml:4"
