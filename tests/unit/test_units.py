"""Which unit a mail speaks for, as tables over a roster of 盟市 bureaus, 厅局 and universities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail import Party
from rules.roster import Roster, Unit
from rules.who.keys import names_of
from rules.who.learned import Learned
from rules.who.names import match_name, sure
from rules.who.units import identify_unit, match_sender

BUREAU = "内蒙古自治区科学技术厅"
ROSTER = Roster(
    (
        Unit("hohhot", "呼和浩特市科学技术局", parent=BUREAU, addresses=("hs@example.cn",)),
        Unit("baotou", "包头市科学技术局", ("包头市",), BUREAU, addresses=("bt@example.cn",)),
        Unit("chifeng", "赤峰市科学技术局", ("赤峰市",), BUREAU, addresses=("cf_kjj@163.com",)),
        Unit("tongliao", "通辽市科学技术局", ("通辽市",), BUREAU, addresses=("TL@example.cn",)),
        Unit("xilingol", "锡林郭勒盟科学技术局", (), BUREAU, addresses=("xm@example.cn",)),
        Unit("xingan", "兴安盟科学技术局", (), BUREAU),
        Unit("alxa", "阿拉善盟科学技术局", (), BUREAU),
        Unit("manzhouli", "满洲里市工信和科技局", ("满洲里市科技局",), BUREAU),
        Unit("erenhot", "二连浩特市教育科技局", ("二连浩特市教科局",), BUREAU),
        Unit("education", "内蒙古自治区教育厅", ("自治区教育厅",)),
        Unit("health", "内蒙古自治区卫生健康委员会", ("自治区卫健委",)),
        Unit("forestry", "内蒙古自治区林业和草原局"),
        Unit("museum", "内蒙古自治区科学技术馆", ("内蒙古科技馆",)),
        Unit("imu", "内蒙古大学", ("内大",), addresses=("kjc@imu.example.edu.cn",)),
        Unit("imau", "内蒙古农业大学", ("内农大",), addresses=("kj@imau.example.edu.cn",)),
        Unit("imust", "内蒙古科技大学", ("内科大",)),
        Unit("immu", "内蒙古医科大学", ("内医大",)),
    )
)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("赤峰市科学技术局", "chifeng"),
        ("赤峰市科技局", "chifeng"),
        ("赤峰科技局", "chifeng"),
        ("赤峰市", "chifeng"),
        ("  赤 峰 市 科 技 局 ", "chifeng"),
        ("填报单位：赤峰市科技局", "chifeng"),
        ("填报单位（盖章）：赤峰市科技局（盖章）", "chifeng"),
        ("单位(盖章)：赤峰市科技局", "chifeng"),
        ("赤峰市科学技术局（公章）", "chifeng"),
        ("赤峰市科技局办公室", "chifeng"),
        ("赤峰市科技局政策法规科", "chifeng"),
        ("内蒙古自治区赤峰市科学技术局", "chifeng"),
        ("内蒙古赤峰市科技局", "chifeng"),
        ("包头", "baotou"),
        ("锡林郭勒盟", "xilingol"),
        ("锡林郭勒", "xilingol"),
        ("呼和浩特", "hohhot"),
        ("锡林郭勒盟科技局", "xilingol"),
        ("锡林郭勒科技局", "xilingol"),
        ("锡林郭勒盟科学技木局", "xilingol"),
        ("兴安盟科技局", "xingan"),
        ("满洲里市工业和信息化和科技局", "manzhouli"),
        ("满洲里市科技局", "manzhouli"),
        ("二连浩特市教育和科技局", "erenhot"),
        ("二连浩特市教科局", "erenhot"),
        ("自治区教育厅", "education"),
        ("内蒙古教育厅", "education"),
        ("教育厅", "education"),
        ("内蒙古自治区教育厅科学技术处", "education"),
        ("内蒙古卫健委", "health"),
        ("自治区卫生健康委员会", "health"),
        ("自治区林草局", "forestry"),
        ("内蒙古科学技术馆", "museum"),
        ("内蒙古大学", "imu"),
        ("內蒙古大学", "imu"),
        ("内大", "imu"),
        ("内蒙古大学物理科学与技术学院", "imu"),
        ("内蒙古大学科研处", "imu"),
        ("内蒙古科技大学", "imust"),
        ("内农大", "imau"),
        ("赤峯市科學技術局", "chifeng"),
        ("赤峰市科学技术局 刘思雨", "chifeng"),
    ],
)
def test_a_name_is_known_however_it_is_written(text, unit):
    answer = sure(match_name(text, ROSTER))
    assert answer is not None
    assert answer.id == unit


@pytest.mark.parametrize(
    "text",
    [
        "",
        "____",
        "科技局",
        "河北省教育厅",
        "中国农业大学",
        "农业大学",
        "赤峰市第二中学",
        "赤峰市松山区科技局",
        "赤峰市科协",
        "赤峰市教育局",
        "中共赤峰市委宣传部",
        "赤水市科技局",
        "包头师范学院",
        "呼和浩特职业学院",
        "呼和浩特应用技术学院",
        "呼和浩特市应用技术学院",
        "包头市人民政府",
        "内蒙古自治区赤峰市松山区科学技术局",
        "内蒙古科技大学包头师范学院",
        "内蒙古大学附属中学",
        "内蒙古大学附属医院",
        "内蒙古科技厅",
        "大学",
        "某某公司",
        "赤峰市科技局、通辽市科技局",
        "锡林浩特市科技局",
        "无",
        "内蒙古自治区科学技术厅",  # the superior, one letter from 科学技术馆
        "赤峰县科技局",
        "赤峰市科学技术局下属生产力促进中心",
    ],
)
def test_another_organisation_is_never_taken_for_a_unit(text):
    assert sure(match_name(text, ROSTER)) is None


def test_a_doubtful_name_gives_candidates_for_a_person():
    assert [m.id for m in match_name("赤锋市科技局", ROSTER)][:1] == ["chifeng"]
    assert {m.id for m in match_name("赤峰市科技局、通辽市科技局", ROSTER)} == {
        "chifeng",
        "tongliao",
    }


COUNTIES = Roster(
    tuple(
        Unit(name, name)
        for name in (
            "石家庄市桥西区教育局",
            "邢台市桥西区教育局",
            "邢台市清河县教育局",
            "张家口市宣化区教育和体育局",
            "冀州市教育局",
            "通州区教育委员会",
            "锡林郭勒盟东乌珠穆沁旗科学技术局",
            "呼和浩特市第十四中学",
        )
    )
)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("清河县教育局", "邢台市清河县教育局"),
        ("邢台市清河县教体局", "邢台市清河县教育局"),
        ("清河县教育和体育局", "邢台市清河县教育局"),
        ("宣化区教体局", "张家口市宣化区教育和体育局"),
        ("张家口市宣化区教育局", "张家口市宣化区教育和体育局"),
        ("清河縣教育局", "邢台市清河县教育局"),
        ("通州区教委", "通州区教育委员会"),
        ("邢台桥西区教育局", "邢台市桥西区教育局"),
        ("东乌珠穆沁旗科技局", "锡林郭勒盟东乌珠穆沁旗科学技术局"),
        ("桥西区教育局", None),
        ("张家口市桥西区教育局", None),
        ("保定市清河县教育局", None),
        ("清河区教育局", None),
        ("邢台市教育局", None),
        ("邢台市", None),
        ("冀州区教育局", None),
        ("通州市教育局", None),
        ("清河县第二小学", None),
        ("锡林郭勒盟西乌珠穆沁旗科学技术局", None),
        ("呼和浩特市第十五中学", None),
    ],
)
def test_a_place_of_the_same_name_elsewhere_or_of_another_kind_is_another_place(text, unit):
    found = sure(match_name(text, COUNTIES))
    assert (found.name if found else None) == unit


def test_an_alias_of_two_units_names_neither():
    both = Roster((Unit("a", "甲市科学技术局", ("科教局",)), Unit("b", "乙市教育局", ("科教局",))))
    assert sure(match_name("科教局", both)) is None
    assert {m.id for m in match_name("科教局", both)} == {"a", "b"}


NOBODY = Party("", "someone@qq.com")


def ask(*, forms=(), sender=NOBODY, known=(), files=(), subject="", text=""):
    return identify_unit(forms, sender, Learned(known), files, subject, text, ROSTER)


@pytest.mark.parametrize(
    ("evidence", "unit", "by"),
    [
        ({"forms": ["赤峰市科技局"]}, "chifeng", "form"),
        ({"forms": ["赤峰市第二中学"], "sender": Party("", "cf_kjj@163.com")}, "chifeng", "sender"),
        ({"forms": [""], "sender": Party("", "tl@EXAMPLE.cn")}, "tongliao", "sender"),
        ({"known": [("someone@qq.com", "alxa")]}, "alxa", "sender"),
        ({"sender": Party("", "lab@imu.example.edu.cn")}, "imu", "sender"),
        ({"files": ["赤峰市科技局统计表.docx"]}, "chifeng", "filename"),
        ({"files": ["赤峰市统计表.docx"]}, "chifeng", "filename"),
        ({"files": ["锡林郭勒盟-统计表.docx"]}, "xilingol", "filename"),
        ({"files": ["附件2-统计表（通辽市）.xlsx"]}, "tongliao", "filename"),
        (
            {"files": ["统计表.docx"], "subject": "锡林郭勒盟科技局报送统计表"},
            "xilingol",
            "subject",
        ),
        ({"subject": "关于报送赤峰市科技局统计表的函"}, "chifeng", "subject"),
        ({"text": "见附件。\n\n张三\n兴安盟科技局办公室\n13900000000"}, "xingan", "signature"),
        ({"sender": Party("阿拉善盟科技局", "a@qq.com")}, "alxa", "signature"),
        (
            {"forms": ["赤峰市科技局、通辽市科技局"], "sender": Party("", "tl@example.cn")},
            "tongliao",
            "sender",
        ),
        ({"forms": ["赤峰市科技局、赤峰市科协"]}, "chifeng", "form"),
        ({"forms": ["赤峰市科学技术局 赤峰市气象局"]}, "chifeng", "form"),
    ],
)
def test_evidence_is_taken_in_order(evidence, unit, by):
    answer = ask(**evidence)
    assert answer.unit is not None
    assert (answer.unit.id, answer.unit.by) == (unit, by)
    assert answer.disagrees is None


@pytest.mark.parametrize(
    "evidence",
    [
        {},
        {"forms": ["赤峰市第二中学"]},
        {"sender": Party("", "new@example.cn")},  # several units use the domain
        {"sender": Party("", "x@163.com")},  # a public provider
        {"forms": ["赤峰市科技局、通辽市科技局"]},
        {"files": ["赤峰市科技局.docx", "通辽市科技局.docx"]},
        {"files": ["赤峰市第二中学备案表.docx"]},
        {"text": "赤峰市科技局：\n您好，见附件。"},
        {"text": "谢谢\n> 赤峰市科技局"},
        {"text": "谢谢\n------------------ 原始邮件 ------------------\n赤峰市科技局"},
        {"sender": None},
    ],
)
def test_nobody_is_picked_without_clear_evidence(evidence):
    assert ask(**evidence).unit is None


def test_form_and_sender_that_name_different_units_disagree_and_the_form_wins():
    answer = ask(forms=["赤峰市科技局"], sender=Party("", "tl@example.cn"))
    assert answer.unit is not None
    assert answer.unit.id == "chifeng"
    assert answer.disagrees is not None
    assert [m.id for m in answer.disagrees] == ["chifeng", "tongliao"]


def test_a_higher_office_may_send_for_its_unit():
    school = Unit("school", "赤峰市第二中学", parent="赤峰市科学技术局")
    roster = Roster((*ROSTER.units, school))
    sender = Party("", "cf_kjj@163.com")
    answer = identify_unit(["赤峰市第二中学"], sender, Learned(), (), "", "", roster)
    assert answer.unit is not None
    assert (answer.unit.id, answer.disagrees) == ("school", None)


def test_candidates_are_shown_when_the_form_names_two_units():
    answer = ask(forms=["赤峰市科技局", "通辽市科技局"])
    assert answer.unit is None
    assert {m.id for m in answer.candidates} == {"chifeng", "tongliao"}


def test_an_address_two_units_share_names_neither():
    shared = ("x@example.cn",)
    roster = Roster((Unit("a", "甲局", addresses=shared), Unit("b", "乙局", addresses=shared)))
    matches = match_sender(Party("", "x@example.cn"), Learned(), roster)
    assert {m.id for m in matches} == {"a", "b"}
    assert sure(matches) is None


@given(st.text(alphabet="赤峰市通辽科学技术局大学内蒙古自治区、（） 办公室", max_size=20))
def test_any_text_gives_an_answer(text):
    matches = match_name(text, ROSTER)
    assert all(0 <= m.score <= 1 for m in matches)
    assert list(matches) == sorted(matches, key=lambda m: -m.score)


def test_a_county_is_not_one_of_its_many_bureaus():
    county = Roster((Unit("kj", "泗县科学技术局"), Unit("jt", "泗县教育体育局", ("县教体局",))))
    assert match_name("泗县", county) == ()
    assert sure(match_name("泗县教体局", county)) is not None
    assert sure(match_name("县教体局", county)) is not None


def test_a_roster_finds_its_units_by_id_address_and_domain_in_its_own_order():
    first, second = (
        Unit("a", "甲局", addresses=("X@One.cn", "y@two.cn")),
        Unit("b", "乙局", addresses=("x@one.cn",)),
    )
    roster = Roster((first, second, Unit("a", "丙局")))
    assert roster.get("a") is first
    assert roster.get("c") is None
    assert roster.users_of("x@ONE.cn") == {"a", "b"}
    assert roster.users_at("two.cn") == {"a"}
    assert roster.of(frozenset({"b", "a"}))[:2] == (first, second)
    assert roster.of(frozenset()) == ()


def test_a_name_mistyped_is_likened_to_all_names_of_the_roster():
    found = match_name("呼和浩特市科学技木局", ROSTER)
    assert found[0].id == "hohhot"
    assert found[0].score < 1


@given(st.lists(st.sampled_from(["赤峰市科技局", "呼和浩特", "关于", "，", "报送", "科", " "])))
def test_looking_by_two_letters_misses_no_name_that_stands_in_a_text(words):
    text, names = "".join(words), names_of(ROSTER)
    inside = [key for key in names.inner if key.text in text]
    assert [key for key in names.begun_in(text) if key.text in text] == inside
