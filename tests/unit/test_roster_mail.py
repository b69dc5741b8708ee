"""A mailed roster: told before it counts, in force once confirmed, taken back whole."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook

from bot.campaigns.reloading import reload
from bot.campaigns.rostering import roster_book
from rules.commands.command import Command, Verb
from tests.unit.made_office import CAMPAIGN
from tests.unit.ordered import BOSS, STRANGER, desk, links
from tests.unit.ordered import text_of_letter as raw_text


@pytest.fixture
def at_desk(tmp_path):
    with desk(tmp_path) as opened:
        reload(opened.office)
        yield opened


def text_of_letter(message):
    return raw_text(message).replace("\r\n", "\n")


def file_of(at_desk):
    return at_desk.campaign.folder / "roster.xlsx"


def asked(at_desk):
    """Return the roster as whoever asks for it gets it."""
    return roster_book(at_desk.campaign)


def edited(data, **cells):
    """Write into cells named by unit and heading: {"赤峰市科学技术局/邮箱": "x"}."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    for place, value in cells.items():
        unit, _, heading = place.partition("/")
        if heading:
            sheet.cell(rows[unit], columns[heading]).value = value
        elif value is None:
            sheet.delete_rows(rows[unit])
        else:
            sheet.append([value.get(name) for name in columns])
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


EDITS = {
    "赤峰市科学技术局/单位": "赤峰市科技和工信局",
    "乌海市科学技术局/免报": "情况统计表",
    "包头市科学技术局/展期至": "情况统计表 6月20日",
    "通辽市科学技术局/邮箱": "new@tongliao.example.cn；tongliao@kepu.example.cn",
    "new": {"单位": "内蒙古自治区水利厅", "邮箱": "slt@kepu.example.cn", "编号": "chifeng"},
    "内蒙古医科大学": None,
}


def mail_in(at_desk, data, name="2023名单（改）.xls", sender=BOSS):
    return at_desk.send(sender, "改好的名单", "请更新", [(name, data)])


def test_what_would_change_is_told_and_nothing_changes_before_it_is_confirmed(at_desk):
    before = file_of(at_desk).read_bytes()
    row = mail_in(at_desk, edited(asked(at_desk), **EDITS))
    assert (row.outcome, row.reason) == ("ignored", "roster-asked")
    letter = at_desk.letter("roster-proposed", row)
    text = text_of_letter(letter)
    for said in (
        "移出名单（1个单位）\n- 内蒙古医科大学",
        "新增（1个单位）\n- 内蒙古自治区水利厅：slt@kepu.example.cn",
        "更名（1个单位）\n- 赤峰市科技和工信局：原名赤峰市科学技术局",
        "免报（1个单位）\n- 乌海市科学技术局：情况统计表",
        "- 包头市科学技术局：情况统计表：2023年6月15日改为2023年6月20日",
        "- 通辽市科学技术局：增加new@tongliao.example.cn",
    ):
        assert said in text, text
    assert "请确认：启用名单 第2版 [" in letter["Subject"]
    assert file_of(at_desk).read_bytes() == before
    assert at_desk.unit("chifeng").name == "赤峰市科学技术局"


def test_whoever_asks_for_the_roster_gets_it_as_it_is_in_force(at_desk):
    at_desk.send(BOSS, "名单")
    (attached,) = at_desk.letter("command-told").iter_attachments()
    assert attached.get_filename() == "应报名单-0607.xlsx"
    assert attached.get_content() == asked(at_desk)


def test_a_reply_of_one_word_puts_it_in_force_and_another_takes_it_back(at_desk):
    before = file_of(at_desk).read_bytes()
    at_desk.form("kjj@chifeng.example.cn", "赤峰市科技局")
    mail_in(at_desk, edited(asked(at_desk), **EDITS))
    order = at_desk.send(BOSS, f"回复：{at_desk.letter('roster-proposed')['Subject']}", "确认")
    assert order.reason == "command", text_of_letter(at_desk.letter("command-unclear"))
    assert at_desk.unit("chifeng").name == "赤峰市科技和工信局"
    assert at_desk.standing("chifeng") == "accepted"
    assert at_desk.unit("wuhai").exempt == ("statistics",)
    assert at_desk.unit("immu") is None
    assert {u.id for u in at_desk.campaign.roster.units if "水利" in u.name}.isdisjoint({"chifeng"})
    (undo,) = links(at_desk.letter("command-done", order))
    at_desk.press(undo)
    assert file_of(at_desk).read_bytes() == before
    assert at_desk.unit("chifeng").name == "赤峰市科学技术局"
    assert at_desk.unit("immu") is not None
    versions = at_desk.ledger.rosters(CAMPAIGN)
    assert [(one.number, one.how) for one in versions] == [(1, "first"), (2, "mail"), (3, "undo")]
    assert versions[1].actor == BOSS


def test_a_removed_unit_that_has_handed_something_in_is_pointed_out(at_desk):
    at_desk.form("kjj@chifeng.example.cn", "赤峰市科技局")
    mail_in(at_desk, edited(asked(at_desk), 赤峰市科学技术局=None))
    text = text_of_letter(at_desk.letter("roster-proposed"))
    assert "- 赤峰市科学技术局（已经报来情况统计表，移出后不再计入汇总）" in text


def test_a_decision_by_mail_is_in_the_roster_that_is_sent_and_survives_its_return(at_desk):
    order = Command(Verb.EXEMPT, unit="chifeng", requirement="statistics")
    at_desk.press(at_desk.button(order))
    data = asked(at_desk)
    mail_in(at_desk, edited(data, **{"赤峰市科学技术局/联系人": "苗雨"}))
    text = text_of_letter(at_desk.letter("roster-proposed"))
    assert "联系人：刘思雨改为苗雨" in text
    assert "免报" not in text
    at_desk.send(BOSS, f"回复：{at_desk.letter('roster-proposed')['Subject']}", "确认")
    assert at_desk.unit("chifeng").exempt == ("statistics",)
    assert at_desk.ledger.amendments(CAMPAIGN) == ()


def test_a_roster_that_was_overtaken_is_not_put_in_force(at_desk):
    mail_in(at_desk, edited(asked(at_desk), **EDITS))
    subject = at_desk.letter("roster-proposed")["Subject"]
    at_desk.press(at_desk.button(Command(Verb.EXEMPT, unit="wuhai", requirement="statistics")))
    order = at_desk.send(BOSS, f"回复：{subject}", "确认")
    assert "又有了别的改动" in text_of_letter(at_desk.letter("command-unclear", order))
    assert at_desk.unit("chifeng").name == "赤峰市科学技术局"


def test_faults_are_told_with_their_cells_and_nothing_waits(at_desk):
    cells = {"乌海市科学技术局/邮箱": "wuhai@126.con", "包头市科学技术局/免报": "情况统计"}
    row = mail_in(at_desk, edited(asked(at_desk), **cells))
    assert row.reason == "roster-faulty"
    text = text_of_letter(at_desk.letter("roster-faulty", row))
    assert "F12格：“wuhai@126.con”不是邮箱地址。\n   怎么改：是不是“wuhai@126.com”。" in text
    assert "I3格：要报的材料里没有“情况统计”。\n   怎么改：是不是“情况统计表”。" in text
    assert [one.how for one in at_desk.ledger.rosters(CAMPAIGN)] == ["first"]


def test_an_unchanged_roster_is_said_to_be_so(at_desk):
    row = mail_in(at_desk, asked(at_desk))
    assert row.reason == "roster"
    assert at_desk.letter("roster-proposed", row)["Subject"].startswith("名单没有变化：")


def test_only_a_code_sent_to_somebody_on_record_puts_it_in_force(at_desk):
    row = mail_in(at_desk, edited(asked(at_desk), **EDITS), sender=STRANGER)
    assert row.reason != "roster-asked"
    mail_in(at_desk, edited(asked(at_desk), **EDITS))
    letter = at_desk.letter("roster-proposed")
    assert letter.recipient == BOSS
    at_desk.send(STRANGER, letter["Subject"].partition("请确认：")[2])
    at_desk.send(BOSS, "启用名单 第2版 [ABCDEFGHJKMNPQRSTVWXYZ012]")
    assert at_desk.unit("chifeng").name == "赤峰市科学技术局"


def test_a_list_of_contacts_without_our_columns_changes_contacts_only(at_desk):
    at_desk.press(at_desk.button(Command(Verb.EXEMPT, unit="wuhai", requirement="statistics")))
    book = Workbook()
    book.active.append(["通讯录"])
    book.active.append(["序号", "单位名称", "联系人", "电子邮箱"])
    for number, unit in enumerate(at_desk.campaign.roster.units, start=1):
        person = "新联系人" if unit.id == "baotou" else unit.contact
        book.active.append([number, unit.aliases[0], person, "；".join(unit.addresses)])
    mail_in(at_desk, saved(book), "通讯录.et")
    text = text_of_letter(at_desk.letter("roster-proposed"))
    assert "联系人：王晓岚改为新联系人" in text
    assert "有1处改动" in text
    assert "移出" not in text


def test_a_folder_that_may_not_be_written_is_told_of(at_desk, monkeypatch):
    mail_in(at_desk, edited(asked(at_desk), **EDITS))
    monkeypatch.setattr("bot.orders.roster.is_writable", lambda *_: False)
    order = at_desk.send(BOSS, f"回复：{at_desk.letter('roster-proposed')['Subject']}", "确认")
    assert "不允许改写" in text_of_letter(at_desk.letter("command-unclear", order))


def test_a_worker_that_died_before_it_wrote_the_file_is_made_good(at_desk, monkeypatch):
    mail_in(at_desk, edited(asked(at_desk), **EDITS))
    with monkeypatch.context() as dead:
        dead.setattr("bot.campaigns.rostering.settle", lambda *_: False)
        at_desk.send(BOSS, f"回复：{at_desk.letter('roster-proposed')['Subject']}", "确认")
    assert at_desk.unit("chifeng").name == "赤峰市科学技术局"
    reload(at_desk.office)
    assert at_desk.unit("chifeng").name == "赤峰市科技和工信局"
    assert [one.how for one in at_desk.ledger.rosters(CAMPAIGN)] == ["first", "mail"]


def test_a_roster_saved_into_the_folder_is_a_version_with_what_changed(at_desk):
    path = file_of(at_desk)
    path.write_bytes(edited(path.read_bytes(), **{"乌海市科学技术局/手机": "13900009999"}))
    reload(at_desk.office)
    first, second = at_desk.ledger.rosters(CAMPAIGN)
    (change,) = second.changes
    assert (first.how, second.how) == ("first", "file")
    assert (change.unit, change.column, change.after) == ("wuhai", "手机", "13900009999")
    assert at_desk.ledger.roster_data(second.id) == path.read_bytes()


def test_a_unit_without_an_id_keeps_its_own_when_an_edit_renames_it(at_desk):
    path = file_of(at_desk)
    data = edited(path.read_bytes(), new={"单位": "内蒙古自治区水利厅", "邮箱": "slt@x.example.cn"})
    path.write_bytes(data)
    reload(at_desk.office)
    (unit,) = (u for u in at_desk.campaign.roster.units if u.name == "内蒙古自治区水利厅")
    path.write_bytes(edited(data, **{"内蒙古自治区水利厅/单位": "自治区水务管理局"}))
    reload(at_desk.office)
    assert at_desk.unit(unit.id).name == "自治区水务管理局"
    (change,) = at_desk.ledger.rosters(CAMPAIGN)[-1].changes
    assert (change.kind, change.before) == ("renamed", "内蒙古自治区水利厅")
