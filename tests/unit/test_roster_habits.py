"""Rosters as clerks really save them, and what is told of what cannot be right."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from parsers.formats import read_document
from rules.campaign import Requirement
from rules.roster import Roster, Unit
from rules.rosters import clashes
from rules.rosters.addresses import corrected, parse_addresses
from rules.rosters.clashes import one_mistyped, unit_core
from rules.rosters.diff import compare, fingerprint
from rules.rosters.load import read_sheet, sheet_of
from rules.rosters.phones import read_phones
from rules.rosters.recognise import likeness

OWED = (
    Requirement(key="project", title="重点项目备案表", due=date(2023, 5, 12), form="project"),
    Requirement(key="statistics", title="情况统计表", due=date(2023, 6, 15), form="statistics"),
)
HEAD = ("单位", "简称/别名", "上级", "联系人", "邮箱", "手机", "应报材料", "免报", "展期至", "编号")


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet(*rows, head=HEAD):
    book = Workbook()
    book.active.append(head)
    for row in rows:
        book.active.append([row.get(name) for name in head])
    return saved(book)


def row(name, address="a@example.cn", **more):
    return {"单位": name, "邮箱": address} | more


def codes(data):
    return [(one.code, one.cell) for one in read_sheet(data, OWED).problems]


@pytest.fixture(scope="module")
def messy():
    """Return a sheet with a title, two rows of headings, sections, merges, notes and sums."""
    book = Workbook()
    page = book.active
    lines = (
        ("2023年科技活动周应报单位名单",),
        (),
        ("序号", "单位名称（全称）", "*简称", "主管部门", "联系人信息", None, None, "应报送材料",
         "延期至", "邮编"),
        (None, None, None, None, "联系人", "手机号码", "电子邮箱（可多个）"),
        ("一、盟市",),
        (1, "赤峰市科学技术局", "赤科局", "内蒙古科技厅", "刘思雨", 1.39e10,
         "a@example.cn；ｂ＠example.cn", None, datetime(2023, 6, 20), "024000"),  # noqa: DTZ001
        (2, " 乌海市 科学技术局 ", None, None, "高建国", "０４７３－１２３４５６７",
         "mailto:c@example.cn\n高建国<d@example.cn>", "情况统计表", "6月25日"),
        (3, "3、通辽市科学技术局", None, None, "甲", "13900000003", "e@example.cn", None, 45100),
        (None, None, None, None, "乙", "13900000004", "f@example.cn"),
        (),
        (4, "包头市科学技术局", None, None, None, None, "g@example.cn",
         "重点项目备案表 情况统计表", "情况统计表延期到2023.6.28"),
        ("注：本表由各单位核对，如有变动请联系办公室。",),
        (None, "合计", "4家"),
    )  # fmt: skip
    for line in lines:
        page.append(line)
    for ref in ("A1:J1", "E3:G3", "A5:J5", "D6:D7", "B8:B9", *(f"{c}3:{c}4" for c in "ABCDHIJ")):
        page.merge_cells(ref)
    return read_sheet(saved(book), OWED)


def test_a_sheet_as_clerks_make_one_is_read_row_by_row(messy):
    assert messy.problems == ()
    assert [(u.name, u.parent, u.contact) for u in messy.roster.units] == [
        ("赤峰市科学技术局", "内蒙古科技厅", "刘思雨"),
        ("乌海市科学技术局", "内蒙古科技厅", "高建国"),
        ("通辽市科学技术局", "", "甲、乙"),
        ("包头市科学技术局", "", ""),
    ]
    assert messy.own == {"邮编": {messy.roster.units[0].id: "024000"}}


def test_addresses_phones_and_days_mean_what_people_mean(messy):
    first, second, third, last = messy.roster.units
    assert first.addresses == ("a@example.cn", "b@example.cn")
    assert (first.phone, second.phone) == ("13900000000", "0473-1234567")
    assert second.addresses == ("c@example.cn", "d@example.cn")
    assert third.addresses == ("e@example.cn", "f@example.cn")
    assert set(first.extended.values()) == {date(2023, 6, 20)}
    assert dict(second.extended) == {"statistics": date(2023, 6, 25)}
    assert set(third.extended.values()) == {date(2023, 6, 23)}
    assert last.owes == ("project", "statistics")
    assert dict(last.extended) == {"statistics": date(2023, 6, 28)}


@pytest.mark.parametrize(
    "written",
    ["2023年6月20日", "2023/6/20 0:00", "20230620", "6月20日", "６月２０日前", "至2023.6.20止",
     "23年6月20日", "45097", "展期到6月20日", "二〇二三年六月二十日"],
)  # fmt: skip
def test_a_day_may_be_written_in_any_way(written):
    (unit,) = read_sheet(sheet(row("一中", 展期至=written)), OWED).roster.units
    assert set(unit.extended.values()) == {date(2023, 6, 20)}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_copy_saved_as_text_is_a_roster_too(encoding, delimiter):
    lines = (HEAD[0:1] + HEAD[4:6], ("赤峰市科技局", "a@example.cn", "13900000001"))
    text = "".join(delimiter.join(line) + "\r\n" for line in (*lines, ("乌海市", "b@x.cn", "")))
    units = read_sheet(text.encode(encoding), OWED).roster.units
    assert (units[0].name, units[0].addresses) == ("赤峰市科技局", ("a@example.cn",))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a@126.con", "a@126.com"),
        ("a@163,com", "a@163.com"),
        ("a#qq.com", "a@qq.com"),
        ("a@qqcom", "a@qq.com"),
        ("13900001234126.com", "13900001234@126.com"),
        ("a@163.cm", "a@163.com"),
        ("a@gmial.com", "a@gmail.com"),
        ("a@163.com", None),
        ("a@kjj.chifeng.gov.cn", None),
        ("张三", None),
    ],
)
def test_a_mistyped_address_is_told_with_what_was_meant(written, meant):
    assert corrected(written) == meant


def test_a_full_width_sign_is_no_fault():
    assert parse_addresses("ａ＠１２６．ｃｏｍ") == (("a@126.com",), ())


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (row("一中", "a@126.con"), ("misspelt-address", "E3")),
        (row("一中", "a@162.com"), ("doubtful-address", "E3")),
        (row("一中", 手机="1.39E+10"), ("rounded-phone", "F3")),
        (row("一中", 手机="1390000123"), ("doubtful-phone", "F3")),
        (row("赤峰科学技术局"), ("similar-unit", "A3")),
        (row("一中", 上级="赤峰科学技术局"), ("mistyped-parent", "C3")),
        (row("一中", 编号="chifeng"), ("copied-id", "J3")),
    ],
)
def test_what_cannot_be_right_is_told_with_its_cell(more, code):
    assert code in codes(sheet(row("赤峰市科学技术局", "b@x.cn", 编号="chifeng"), more))


def test_a_parent_outside_the_roster_is_told_only_where_others_are_inside():
    outside = sheet(row("一中", 上级="市教育局"), row("二中", "b@x.cn", 上级="市教育局"))
    assert codes(outside) == []
    mixed = sheet(row("一中", 上级="二中"), row("二中", "b@x.cn", 上级="市教育局"))
    assert codes(mixed) == [("unknown-parent", "C3")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("赤峰市科技局", "赤峰科技局", True),
        ("内蒙古师范大学", "内蒙古范师大学", True),
        ("第一中学校园", "第十一中学校园", False),
        ("内蒙古农业大学", "内蒙古工业大学", False),
        ("和平区教育局", "和平县教育局", False),
    ],
)
def test_names_alike_are_told_apart_by_what_tells_units_apart(one, other, same):
    assert one_mistyped(unit_core(one), unit_core(other)) is same


def test_words_beside_a_number_are_kept_for_people():
    assert read_phones("８２００１８１转２３ 王丽").text == "8200181转23 王丽"


BEFORE = Roster(
    (
        Unit(
            "chifeng", "赤峰市科学技术局", ("赤科局",), addresses=("a@x.cn",), phone="13900000001"
        ),
        Unit("wuhai", "乌海市科学技术局", addresses=("b@x.cn",), exempt=("project",)),
        Unit("baotou", "包头市科学技术局", addresses=("c@x.cn",)),
    )
)


def copied(*rows, head=HEAD):
    document = read_document(sheet(*rows, head=head), "xlsx")
    return sheet_of(document, OWED, "x.xlsx", BEFORE)


@pytest.mark.parametrize(
    ("name", "address", "unit"),
    [
        ("赤峰市科技局", "z@x.cn", "chifeng"),  # the same name, spelt otherwise
        ("赤科局", "z@x.cn", "chifeng"),  # an alias
        ("赤峰市科技和工信局", "a@x.cn", "chifeng"),  # another name at the same address
    ],
)
def test_a_unit_in_a_copy_without_ids_is_the_one_it_was(name, address, unit):
    assert copied(row(name, address)).roster.units[0].id == unit


def test_columns_sorted_alone_do_not_exchange_units():
    rows = (row("乌海市科学技术局", "b@x.cn", 编号="chifeng"),
            row("赤峰市科学技术局", "a@x.cn", 编号="wuhai"))  # fmt: skip
    assert [unit.id for unit in copied(*rows).roster.units] == ["wuhai", "chifeng"]


def test_a_row_copied_to_make_a_new_unit_gets_an_id_of_its_own():
    first, second = row("赤峰市科学技术局", "a@x.cn", 编号="chifeng"), row("新区", "n@x.cn")
    sheet_read = copied(first, second | {"编号": "chifeng"})
    known, new = sheet_read.roster.units
    assert (known.id, new.id[:2]) == ("chifeng", "u-")
    assert sheet_read.errors == ()


def test_what_a_copy_has_no_column_for_stays_as_it_was():
    read = copied(row("乌海市科学技术局", "new@x.cn"), head=("单位", "邮箱"))
    (unit,) = read.roster.units
    assert (unit.exempt, unit.addresses) == (("project",), ("new@x.cn",))


def test_a_comparison_tells_the_gravest_first():
    rows = (row("赤峰市新局", "a@x.cn", 编号="chifeng", 免报="情况统计表"), row("新区", "n@x.cn"),
            row("乌海市科学技术局", "b@x.cn；d@x.cn", 免报="重点项目备案表"))  # fmt: skip
    after = copied(*rows).roster
    kinds = [(change.kind.value, change.unit) for change in compare(BEFORE, after, OWED)]
    assert [kind for kind, _ in kinds[:4]] == ["removed", "added", "renamed", "exempted"]
    assert kinds[0] == ("removed", "baotou")
    assert ("addresses", "wuhai") in kinds
    assert compare(after, after, OWED) == ()
    assert fingerprint(after) != fingerprint(BEFORE)
    assert fingerprint(Roster(BEFORE.units[::-1])) == fingerprint(BEFORE)


def test_a_roster_is_known_by_what_is_in_it():
    known = [row(unit.name, unit.addresses[0]) for unit in BEFORE.units]
    assert likeness(read_document(sheet(*known), "xlsx"), BEFORE) == 1.0
    anew = sheet(row("别家"), row("又一家", "b@x.cn"))  # in the bot's own workbook
    assert 0 < likeness(read_document(anew, "xlsx"), BEFORE) < 0.1
    form = sheet(
        {"单位": "场", "数量": 3}, {"单位": "人次", "数量": 5}, head=("内容", "单位", "数量")
    )
    assert likeness(read_document(form, "xlsx"), BEFORE) == 0


def test_of_thousands_of_numbered_units_each_is_compared_with_few_others(monkeypatch):
    compared = []
    true = clashes.one_mistyped
    monkeypatch.setattr(clashes, "one_mistyped", lambda *two: compared.append(two) or true(*two))
    named = [f"新华区第{number}小学" for number in range(3000)] + ["新华街区第7小学"]
    rows = [(row, Unit(id=f"u{row}", name=name)) for row, name in enumerate(named, 2)]
    (clash,) = clashes.find_clashes(rows)
    assert (clash.code, clash.values["other"]) == ("similar-unit", "新华区第7小学")
    assert len(compared) < 10


def test_units_on_another_sheet_are_said_not_to_count_and_a_copy_of_the_same_is_not():
    book = Workbook()
    for title, names in (("盟市", "甲乙"), ("区县", "丙丁"), ("旧名单", "甲乙")):
        page = book.create_sheet(title)
        for line in (
            ("单位", "邮箱", "手机"),
            *((f"{n}旗科技局", f"{ord(n)}@x.cn") for n in names),
        ):
            page.append(line)
    (told,) = read_sheet(saved(book), OWED).problems
    assert told.code == "units-elsewhere"
    assert dict(told.values) == {"sheet": "区县", "read": "盟市", "count": 2}
    assert told.is_warning
