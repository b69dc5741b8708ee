"""The shipped forms filled in by different hands: each is known among all, and read as meant."""

# ruff: noqa: E501 - tables of what is written, a line each

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
from docx import Document as Page

from parsers.document import Cell, Document, Paragraph, Place, Table
from parsers.formats import read_document
from parsers.mail import Mail, Party
from parsers.message.files import read_file
from rules.folder.load import SHIPPED, load_campaigns
from rules.form import FieldType
from rules.judging.arrival import Arrival, NoHistory
from rules.judging.judge import judge
from rules.reader.fill_form import fill_form
from rules.recognise import read_forms
from tests.unit.noting import carried

CAMPAIGNS = load_campaigns(SHIPPED)
BY_ID = {campaign.id: campaign for campaign in CAMPAIGNS}
FORMS = [(campaign.id, form) for campaign in CAMPAIGNS for form in campaign.forms]
TWINS = {"2023-cis", "2023-national"}  # one title for both tables: the mailbox decides
ELSEWHERE = [
    (*of, box) for of in FORMS for box in BY_ID if ({of[0], box}, of[1]) != (TWINS, "statistics")
]
ALIKE = ("2023-cis", "2023-national", "2023-sixian", "2023-taiyuan", "2023-xinjiang")
NOON = datetime(2023, 6, 7, 4, tzinfo=UTC)

# how the same values are written by different hands
COUNTS = ((320, "320"), (1234, "1,234"), (1500, "１５００"), (80, "约80"), (0, "无"), (12, "十二"))
MONEYS = ((3.5, "3.5"), (5.0, "50000元"), (12.6, "12.6万元"), (0.0, "/"), (0.8, "8000元"))


def values_for(campaign: str, form_id: str, seed: int) -> tuple[dict[str, str], dict[str, object]]:
    """Return what a person types into each field, and what it means."""
    dice = random.Random(f"{campaign}{form_id}{seed}")
    typed: dict[str, str] = {}
    meant: dict[str, object] = {}
    for field in BY_ID[campaign].forms[form_id].fields:
        if field.within is not None and field.type is not FieldType.TEXT:
            continue
        meant[field.key], typed[field.key] = one_value(field, dice, BY_ID[campaign])
    return typed, meant


def one_value(field, dice, campaign) -> tuple[object, str]:
    if field.type in {FieldType.COUNT, FieldType.NUMBER}:
        return dice.choice(COUNTS)
    if field.type is FieldType.MONEY:
        number, written = dice.choice(MONEYS)
        return (number, written) if field.unit == "万元" else (5000, "5000元")
    if field.type is FieldType.CHOICE:
        chosen = dice.sample(field.choices, dice.randint(1, 3))
        return tuple(c for c in field.choices if c in chosen), "、".join(chosen)
    words = {
        FieldType.PERIOD: ("2023-05-20/2023-05-22", "2023年5月20日至22日"),
        FieldType.PHONE: ("13900000001", "13900000001"),
        FieldType.EMAIL: ("kepu@example.cn", "kepu@example.cn"),
        FieldType.POSTCODE: ("024000", "024000"),
    }
    said = dice.choice(campaign.roster.units).name if field.key != "in_kind" else "捐赠图书200册"
    return words.get(field.type, (said, said))


@cache
def filled(campaign: str, form_id: str, seed: int = 0, tick: str = "☑") -> bytes:
    typed, _ = values_for(campaign, form_id, seed)
    return fill_form(BY_ID[campaign], BY_ID[campaign].forms[form_id], typed, tick=tick)


def recognised(document: Document, box: str | None = None) -> tuple[str, str]:
    (found,) = read_forms(document, CAMPAIGNS, prefer=frozenset({box} if box else ()))
    return found.campaign.id, found.form.id


@pytest.mark.parametrize("tick", "☑√■☒✔")
@pytest.mark.parametrize(("campaign", "form_id"), FORMS)
def test_every_form_filled_in_is_known_among_all_and_every_field_read(campaign, form_id, tick):
    seed = ord(tick)
    document = read_document(filled(campaign, form_id, seed, tick), "docx")
    (found,) = read_forms(document, CAMPAIGNS)
    assert (found.campaign.id, found.form.id) == (campaign, form_id)
    _, meant = values_for(campaign, form_id, seed)
    read = {key: found.reading.get(key).value for key in meant}
    assert read == meant
    assert found.reading.extra == ()


@pytest.mark.parametrize(("campaign", "form_id"), FORMS)
def test_every_blank_is_read_as_a_blank(campaign, form_id):
    document = read_document(BY_ID[campaign].blanks[form_id], "docx")
    (found,) = read_forms(document, CAMPAIGNS)
    assert (found.campaign.id, found.form.id, found.reading.blank) == (campaign, form_id, True)


@pytest.mark.parametrize(("campaign", "form_id", "box"), ELSEWHERE)
def test_a_form_under_its_title_is_its_own_campaigns_whatever_the_mailbox(campaign, form_id, box):
    document = read_document(filled(campaign, form_id), "docx")
    assert recognised(document, box) == (campaign, form_id)


def retitled(campaign: str, title: str) -> Document:
    """Return a filled table under another title, or under none."""
    copy = Page(io.BytesIO(filled(campaign, "statistics")))
    for paragraph in copy.paragraphs:
        if paragraph.text.startswith("附件") or "统计表" in paragraph.text:
            paragraph.runs[0].text = title if "统计表" in paragraph.text else ""
            for run in paragraph.runs[1:]:
                run.text = ""
    buffer = io.BytesIO()
    copy.save(buffer)
    return read_document(buffer.getvalue(), "docx")


@pytest.mark.parametrize("title", ["", "2023年科技活动周开展情况统计表", "2023年清徐县科技活动周开展情况统计表", "科技活动周情况统计表"])  # fmt: skip
@pytest.mark.parametrize("campaign", ALIKE)
def test_a_table_whose_title_does_not_tell_goes_to_its_mailboxs_campaign(campaign, title):
    assert recognised(retitled(campaign, title), campaign) == (campaign, "statistics")


@pytest.mark.parametrize("campaign", ALIKE)
def test_last_years_table_is_known_and_said_to_be_last_years(campaign):
    title = BY_ID[campaign].forms["statistics"].title.replace("2023", "2022")
    (found,) = read_forms(retitled(campaign, title), CAMPAIGNS, prefer=frozenset({campaign}))
    assert (found.campaign.id, found.other_year) == (campaign, True)


def test_boxes_in_rows_under_their_label_are_read_as_those_in_lines_are():
    lines = ("2023年全国科技活动周开展情况统计表", "单位名称：传感器分会", "组织活动单位是中国仪器仪表学会：",
             "□科普教育基地    √分支机构      □科技志愿团队     □地方仪器仪表学会",
             "□会员所在单位    √与本学会相关的其他组织或科技工作者，请注明__某某大学__")  # fmt: skip
    rows = ("举办活动次数", "承接科技部活动任务个数", "中央财政经费投入情况", "市级财政经费投入情况", "企业赞助经费情况",
            "其他经费情况", "线下活动群众参与数量", "线上活动群众参与数量", "参与媒体数量", "宣传报道数量")  # fmt: skip
    cells = [
        Cell(n, 1, text, Place(sheet="Sheet1", ref=f"A{n}")) for n, text in enumerate(lines, 1)
    ]
    for n, label in enumerate(rows, len(lines) + 1):
        cells += [
            Cell(n, 2, label, Place(sheet="Sheet1", ref=f"B{n}")),
            Cell(n, 3, "5", Place(sheet="Sheet1", ref=f"C{n}")),
        ]
    sheet = Document("xlsx", (Table(1, tuple(cells), "Sheet1"),))
    in_lines = tuple(Paragraph(text, Place(paragraph=n)) for n, text in enumerate(lines, 1))
    table = Table(1, tuple(replace(c, row=c.row - len(lines)) for c in cells if c.column > 1))
    for document in (sheet, Document("docx", (*in_lines, table))):
        (found,) = read_forms(document, CAMPAIGNS, prefer=frozenset({"2023-cis"}))
        read = {key: found.reading.get(key).value for key in ("unit", "platform", "platform_other")}
        assert read == {
            "unit": "传感器分会",
            "platform": ("分支机构", "与本学会相关的其他组织或科技工作者"),
            "platform_other": "某某大学",
        }


def test_a_choice_the_blank_does_not_offer_is_not_ticked_elsewhere():
    campaign = BY_ID["2023-cis"]
    for wrong in ("志愿团队", "分支机构、国际组织", ""):
        with pytest.raises(KeyError):
            fill_form(campaign, campaign.forms["project"], {"platform": wrong})


def decide(sender_of: str, unit: str, form_of: str, box: str, form_id: str = "statistics"):
    """Judge a mail of a unit with a campaign's form that names the unit, sent to a mailbox."""
    one = BY_ID[sender_of].roster.get(unit)
    form = BY_ID[form_of].forms[form_id]
    typed, _ = values_for(form_of, form_id, 0)
    data = fill_form(BY_ID[form_of], form, typed | {form.unit_field: one.name})
    mail = Mail("<1@example.cn>", "材料", Party("", one.addresses[0]), text="请查收。", files=tuple(read_file(data, "表.docx")))  # fmt: skip
    came = Arrival(box, NOON)
    decision = judge(mail, came, CAMPAIGNS, NoHistory())
    mail, noted = carried(mail, came, CAMPAIGNS)
    assert judge(mail, came, CAMPAIGNS, NoHistory(), noted) == decision
    return decision


@pytest.mark.parametrize(
    ("sender_of", "unit", "form_of"),
    [
        ("2023-taiyuan", "xiaodian", "2023-national"),
        ("2023-neimenggu", "tongliao", "2023-national"),
        ("2023-xinjiang", "changji", "2023-taiyuan"),
        ("2023-sixian", "weather", "2023-national"),
    ],
)
def test_another_campaigns_form_from_a_mailboxs_own_unit_goes_back_with_the_right_one_named(
    sender_of, unit, form_of
):
    box = BY_ID[sender_of].file.boxes[0]
    decision = decide(sender_of, unit, form_of, box)
    (finding,) = decision.findings
    assert (decision.outcome.value, decision.campaign, decision.unit.id) == (
        "returned",
        sender_of,
        unit,
    )
    assert (finding.code, finding.details["campaign"], finding.details["form"]) == ("wrong-template", sender_of, "statistics")  # fmt: skip
    assert decision.submissions == ()


def test_a_form_sent_to_another_campaigns_mailbox_counts_for_the_campaign_it_is_of():
    decision = decide("2023-xinjiang", "changji", "2023-xinjiang", "nmkepu@126.com")
    (submission,) = decision.submissions
    assert (decision.outcome.value, submission.campaign, submission.unit) == ("accepted", "2023-xinjiang", "changji")  # fmt: skip
    (said,) = decision.findings
    assert (said.code, said.details) == ("other-mailbox", {"mailbox": "nckjfwzx2020@163.com"})


def test_a_mailbox_printed_in_capitals_still_decides_between_two_forms_of_one_title():
    decision = decide("2023-cis", "sensors", "2023-cis", "lsh@cis.org.cn")
    assert (decision.outcome.value, decision.campaign) == ("accepted", "2023-cis")
