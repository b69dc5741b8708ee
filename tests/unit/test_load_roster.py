"""A roster that an admin edited in a spreadsheet: read by its headings, judged by its cells."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from rules.campaign import Requirement
from rules.folder import load
from rules.rosters.addresses import parse_addresses
from rules.rosters.cells import column_name, parse_names
from rules.rosters.clashes import unit_core
from rules.rosters.headings import HEADINGS
from rules.rosters.load import read_roster, read_sheet

SHIPPED_ROSTER = load.SHIPPED / "2023-neimenggu/roster.xlsx"
OWED = (
    Requirement(key="project", title="重点项目备案表", due=date(2023, 5, 12), form="project"),
    Requirement(key="statistics", title="情况统计表", due=date(2023, 6, 15), form="statistics"),
)
HEAD = ("编号", *(name for name in HEADINGS if name != "编号"))  # in any order


def workbook(*rows, head=HEAD, above=()) -> bytes:
    """Write a roster of rows given as mappings from heading to value."""
    book = Workbook()
    for line in above:
        book.active.append(line)
    book.active.append(head)
    for row in rows:
        book.active.append([row.get(name) for name in head])
    return saved(book)


def saved(book) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def unit(number=1, **more):
    row = {"编号": f"u{number}", "单位": f"第{number}中学", "邮箱": f"u{number}@example.cn"}
    return row | {name.replace("_", "/"): value for name, value in more.items()}


def found(data):
    return [(p.code, p.cell) for p in read_roster(data, OWED)[1]]


def only(row):
    (one,) = read_roster(workbook(row), OWED)[0].units
    return one


def test_the_shipped_roster_is_without_fault():
    data = SHIPPED_ROSTER.read_bytes()
    requirements = load.load_campaign(SHIPPED_ROSTER.parent).file.requirements
    assert read_roster(data, requirements)[1] == ()
    roster = read_roster(data, requirements)[0]
    chifeng = roster.get("chifeng")
    assert chifeng is not None
    assert (chifeng.name, chifeng.category) == ("赤峰市科学技术局", "盟市")
    assert chifeng.owes == ()
    university = roster.get("imu")
    assert university is not None
    assert university.owes == ("project",)
    assert len([u for u in roster.units if u.category == "盟市"]) == 12


def test_every_person_in_the_shipped_roster_is_invented():
    for one in load.load_campaign(SHIPPED_ROSTER.parent).roster.units:
        assert all(address.endswith(".example.cn") for address in one.addresses)
        assert one.phone.startswith("1390000")


def test_headings_are_found_by_name_in_any_order_under_a_title():
    head = ("备注", "单 位", "电子邮箱", "地址", "编号")
    data = workbook(
        {"编号": "wuhai", "单 位": "乌海市科学技术局", "电子邮箱": "A@Example.cn", "地址": "x"},
        head=head,
        above=(("2023年应报名单",), (), ("填表说明: 每行一个单位",)),
    )
    (one,) = read_roster(data, OWED)[0].units
    assert (one.id, one.name, one.addresses) == ("wuhai", "乌海市科学技术局", ("a@example.cn",))


def test_empty_rows_and_hidden_sheets_are_no_units():
    book = load_workbook(io.BytesIO(workbook({}, unit(1), {}, unit(2))))
    book.create_sheet("旧", 0).sheet_state = "hidden"
    book["旧"].append(HEAD)
    book["旧"].append(["old", "旧单位"])
    assert [u.id for u in read_roster(saved(book), OWED)[0].units] == ["u1", "u2"]


def test_lists_may_be_separated_as_people_do():
    one = only(
        unit(简称_别名="一中、 第一中；县一中", 邮箱="a@example.cn; b@example.cn，c@example.cn")
    )
    assert one.aliases == ("一中", "第一中", "县一中")
    assert one.addresses == ("a@example.cn", "b@example.cn", "c@example.cn")


def test_a_number_stays_the_text_it_shows():
    one = only(unit(编号=7, 手机=13900000001))
    assert (one.id, one.phone) == ("7", "13900000001")


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        (None, ()),
        ("重点项目备案表", ("project",)),
        ("《情况统计表》、project", ("statistics", "project")),
        ("情况 统计表", ("statistics",)),
        ("全部", ("project", "statistics")),
        ("无", ()),
    ],
)
def test_what_is_owed_is_named_by_title_or_key(written, keys):
    assert only(unit(应报材料=written)).owes == keys
    assert only(unit(免报=written)).exempt == keys


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2023-06-20", {"project": "2023-06-20", "statistics": "2023-06-20"}),
        (datetime(2023, 6, 20), {"project": "2023-06-20", "statistics": "2023-06-20"}),  # noqa: DTZ001
        ("2023-05-20", {"project": "2023-05-20"}),  # the other is due later anyway
        ("情况统计表 2023-06-20", {"statistics": "2023-06-20"}),
        ("情况统计表2023年6月20日", {"statistics": "2023-06-20"}),
        ("statistics 2023/6/20", {"statistics": "2023-06-20"}),
        (
            "重点项目备案表 2023.5.19；情况统计表至2023-06-20",
            {"project": "2023-05-19", "statistics": "2023-06-20"},
        ),
    ],
)
def test_an_extension_is_a_day_for_one_or_for_all(written, days):
    extended = only(unit(展期至=written)).extended
    assert {key: day.isoformat() for key, day in extended.items()} == days


def test_a_bare_extension_is_for_what_the_unit_owes():
    one = only(unit(应报材料="情况统计表", 展期至="2023-06-20"))
    assert dict(one.extended) == {"statistics": date(2023, 6, 20)}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (unit(2, 编号="第二"), ("wrong-id", "A3")),
        (unit(2, 编号="u1"), ("copied-id", "A3")),
        ({"编号": "u2", "邮箱": "a@example.cn"}, ("name-missing", "B3")),
        (unit(2, 单位="赤峰市科技局"), ("duplicate-unit", "B3")),
        (unit(2, 单位="赤峰市 科学技术局"), ("duplicate-unit", "B3")),
        (unit(2, 简称_别名="县二中、赤峰市科技局"), ("alias-of-two", "C3")),
        (unit(2, 简称_别名="赤科局"), ("alias-of-two", "C3")),
        (unit(2, 邮箱="u2.example.cn"), ("wrong-address", "G3")),
        (unit(2, 邮箱="u2@example"), ("wrong-address", "G3")),
        (unit(2, 邮箱="u2@example.cn, 张三"), ("wrong-address", "G3")),
        (unit(2, 邮箱=""), ("no-address", "G3")),
        (unit(2, 邮箱="U1@example.cn"), ("shared-address", "G3")),
        (unit(2, 应报材料="统计报表"), ("unknown-requirement", "I3")),
        (unit(2, 免报="总结"), ("unknown-requirement", "J3")),
        (unit(2, 展期至="6月底"), ("wrong-extension", "K3")),
        (unit(2, 展期至="2023-06-31"), ("wrong-extension", "K3")),
        (unit(2, 展期至="总结 2023-06-30"), ("wrong-extension", "K3")),
        (unit(2, 展期至="2023-05-01"), ("early-extension", "K3")),
    ],
)
def test_a_mistake_is_named_with_its_cell(row, problem):
    first = unit(1, 单位="赤峰市科学技术局", 简称_别名="赤科局")
    assert problem in found(workbook(first, row))


def test_a_clash_names_the_other_cell_too():
    data = workbook(unit(1, 简称_别名="科技局"), unit(2, 简称_别名="科技局"))
    (problem,) = read_roster(data, OWED)[1]
    assert str(problem) == (
        "roster.xlsx C3: 简称/别名: “科技局” would mean “第1中学” (C2) as well. "
        "Remedy: take it out of one of the two."
    )


def test_neighbouring_names_are_not_taken_for_one_unit():
    names = ("内蒙古农业大学", "内蒙古工业大学", "内蒙古大学", "内蒙古师范大学")
    rows = [unit(n, 单位=name) for n, name in enumerate(names)]
    assert found(workbook(*rows)) == []


def test_warnings_do_not_stop_a_roster_but_errors_do():
    assert read_sheet(workbook(unit(1, 邮箱=None)), OWED).errors == ()
    problems = read_sheet(workbook(unit(1, 邮箱="x"), unit(1)), OWED).errors
    assert [problem.code for problem in problems] == ["wrong-address", "duplicate-unit"]


def test_a_misspelt_heading_is_told_and_an_own_column_is_left_alone():
    head = ("编号", "单位", "邮箱", "应极材料", "邮编", "办公室面积")
    (problem,) = read_roster(workbook(unit(1), head=head), OWED)[1]
    assert (problem.code, problem.cell) == ("unknown-heading", "D1")
    assert "应报材料" in problem.remedy


def test_a_heading_that_stands_twice_is_told():
    data = workbook(unit(1), head=("编号", "单位", "邮箱", "电子邮箱"))
    assert found(data) == [("duplicate-heading", "D1")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "roster-unreadable"),
        (b"PK\x03\x04 broken", "roster-unreadable"),
        ("编号,单位\na,b\n".encode("gb18030"), "no-address"),
        (workbook(head=("甲", "乙")), "roster-without-heading"),
        (workbook(), "roster-empty"),
    ],
)
def test_a_file_that_is_no_roster_gets_an_answer(data, code):
    (problem,) = read_roster(data, OWED)[1]
    assert problem.code == code
    assert problem.remedy


def test_a_row_hidden_by_a_filter_is_told_but_counts():
    book = load_workbook(io.BytesIO(workbook(unit(1), unit(2))))
    book.active.row_dimensions[3].hidden = True
    assert found(saved(book)) == [("hidden-row", "B3")]
    assert len(read_roster(saved(book), OWED)[0].units) == 2


@pytest.mark.parametrize(
    ("told", "cell"),
    [
        ({"单位": "红山区科学技术局（已撤并）"}, "B2"),
        ({"单位": "红山区科学技术局(2023年并入松山区科技局)"}, "B2"),
        ({"单位": "红山区科学技术局【已更名】"}, "B2"),
        ({"单位": "红山区科学技术局已撤销"}, "B2"),
        ({"备注": "该单位已并入松山区科技局"}, None),
        ({"备注": "2023年已撤销"}, None),
    ],
)
def test_a_unit_that_the_sheet_calls_closed_or_renamed_is_told_and_still_counts(told, cell):
    roster, problems = read_roster(workbook(unit(**told)), OWED)
    assert [(p.code, p.is_warning) for p in problems] == [("ended-unit", True)]
    assert cell in {None, problems[0].cell}
    assert len(roster.units) == 1


@pytest.mark.parametrize(
    "told",
    [
        {"单位": "红山区行政审批局（政务服务局）"},
        {"单位": "撤乡并镇工作办公室"},
        {"单位": "不动产登记注销中心"},
        {"备注": "原科技局，已更名，名称以此为准"},
        {"备注": "由两所学校合并而成"},
    ],
)
def test_a_name_or_remark_that_only_sounds_like_it_is_left_alone(told):
    assert not read_roster(workbook(unit(**told)), OWED)[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("内蒙古自治区科学技术厅", "内蒙古科技厅"),
        ("内蒙古自治区卫生健康委员会", "内蒙古卫健委"),
        ("（赤峰市）科学技术局", "赤峰市科技局"),
    ],
)
def test_long_and_short_forms_of_a_name_are_one_unit(one, other):
    assert unit_core(one) == unit_core(other)


@given(st.text(max_size=60))
def test_no_cell_text_breaks_the_lists(text):
    good, bad = parse_addresses(text)
    assert all("@" in address for address in good)
    assert all(bad)
    assert all(name.strip() == name != "" for name in parse_names(text))


def test_columns_are_lettered_as_in_a_spreadsheet():
    assert [column_name(n) for n in (1, 26, 27, 52, 53, 703)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]
