"""Mailboxes and campaigns: one for several, one mail for several things owed, the wrong one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.clock import SimulatedClock
from bot.commands.offices import campaigns_of
from bot.office import open_office
from bot.settings import Account, Settings, SettingsError
from parsers.mail import Mail, Party
from parsers.message.files import read_file
from parsers.writing.plain_docx import write_plain_docx
from rules.folder.load import SHIPPED, load_campaigns
from rules.form import FieldType
from rules.judging.arrival import Arrival, NoHistory
from rules.judging.judge import judge
from rules.reader.fill_form import fill_form
from tests.unit.made_office import at

NATIONAL, XINJIANG, TAIYUAN, CIS = "2023-national", "2023-xinjiang", "2023-taiyuan", "2023-cis"
BOX = "kjhdz@example.cn"
NOON = datetime(2023, 6, 7, 4, tzinfo=UTC)
SHARED = tuple(c.collected_in([BOX]) for c in load_campaigns(SHIPPED))
SENTENCES = [f"第{n}项活动走进社区和学校，参加的群众很多，反响热烈。" for n in range(20)]


def account(**more) -> Account:
    given = {"address": BOX, "kind": "maildir", "maildir": "mail", "provider": "custom"}
    return Account.model_validate(given | more)


def filled(campaign_id: str, unit: str, form_id: str = "statistics") -> bytes:
    (campaign,) = (c for c in SHARED if c.id == campaign_id)
    form = campaign.forms[form_id]
    numbers = {f.key: "12" for f in form.fields if f.type in {FieldType.COUNT, FieldType.MONEY}}
    return fill_form(campaign, form, numbers | {form.unit_field: unit, "in_kind": "图书200册"})


def decide(sender: str, *files: tuple[str, bytes], campaigns=SHARED, box: str = BOX):
    read = tuple(one for name, data in files for one in read_file(data, name))
    mail = Mail("<1@example.cn>", "材料", Party("", sender), text="请查收。", files=read)
    return judge(mail, Arrival(box, NOON), campaigns, NoHistory())


@pytest.mark.parametrize(
    ("campaign_id", "sender", "unit"),
    [
        (NATIONAL, "hebei@keji.example.cn", "河北省科学技术厅"),
        (XINJIANG, "changji@xjkj.example.cn", "昌吉回族自治州科学技术局"),
        (TAIYUAN, "qingxu@tykj.example.cn", "清徐县科学技术局"),
    ],
)
def test_of_campaigns_that_share_a_mailbox_each_gets_its_own_forms(campaign_id, sender, unit):
    decision = decide(sender, ("表.docx", filled(campaign_id, unit)))
    (submission,) = decision.submissions
    assert (decision.outcome.value, submission.campaign, decision.unit.name) == (
        "accepted",
        campaign_id,
        unit,
    )


def test_one_mail_serves_two_requirements_of_its_campaign():
    report = write_plain_docx("昌吉州2023年科技活动周总结报告", SENTENCES)
    form = filled(XINJIANG, "昌吉回族自治州科学技术局")
    decision = decide("changji@xjkj.example.cn", ("统计表.docx", form), ("总结报告.docx", report))
    found = {(s.requirement, s.standing.value) for s in decision.submissions}
    assert found == {("statistics", "accepted"), ("report", "accepted")}
    assert decision.campaign == XINJIANG


def test_an_operator_adds_a_mailbox_to_a_campaign_whose_notice_prints_none(tmp_path):
    settings = Settings(data=tmp_path, accounts=(account(campaigns=(NATIONAL, CIS)),))
    with open_office(settings, SimulatedClock(at(5, 8))) as office:
        boxes = {c.id: c.file.mailboxes for c in office.campaigns if BOX in c.file.boxes}
        assert office.writes_from(office.campaign(NATIONAL)) == BOX
    assert boxes == {NATIONAL: (BOX,), CIS: ("Lsh@cis.org.cn", BOX)}


def test_commands_that_only_look_know_the_operators_mailboxes_too(tmp_path):
    config = tmp_path / "shoubiao.toml"
    config.write_text(
        f'[[accounts]]\naddress = "{BOX}"\nprovider = "126"\npassword = "x"\n'
        f'campaigns = ["{NATIONAL}"]\n'
    )
    (campaign,) = campaigns_of(config, NATIONAL)
    assert campaign.file.mailboxes == (BOX,)


def test_a_campaign_that_is_not_there_cannot_be_collected(tmp_path):
    settings = Settings(data=tmp_path, accounts=(account(campaigns=("2023-natonal",)),))
    with pytest.raises(SettingsError, match=r"2023-natonal; known here: 2023-cis, 2023-national"):
        open_office(settings)
