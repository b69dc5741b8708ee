"""A file that came as a link only is announced, not received, and the sender is told so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parsers.mail import CloudLink, File, Mail, Party
from rules.finding import Finding, Severity
from rules.folder.load import SHIPPED, load_campaign
from rules.judging.announced import find_announced
from rules.judging.arrival import Arrival, NoHistory
from rules.judging.judge import judge
from templates.findings import tell

CAMPAIGN = load_campaign(SHIPPED / "2023-neimenggu")
NOW = datetime(2023, 6, 10, 2, 0, tzinfo=UTC)
ENDS = datetime(2023, 7, 22, 9, 33, tzinfo=UTC)
LINK = CloudLink("活动视频.mp4", "812.5M", ENDS, "wx.mail.qq.com", "qq")


def mail(sender: str, *files: File) -> Mail:
    party = Party("刘思雨", sender)
    return Mail("<a@example.cn>", "报送视频", party, text="见附件", files=files, links=(LINK,))


def decided(given: Mail):
    return judge(given, Arrival("nmkepu@126.com", NOW), (CAMPAIGN,), NoHistory())


def known_sender() -> str:
    return next(address for unit in CAMPAIGN.roster.units for address in unit.addresses)


def test_a_mail_that_holds_only_a_link_is_answered_to_a_known_unit():
    decision = decided(mail(known_sender()))
    assert (decision.outcome, decision.reason) == ("returned", "announced-only")
    assert [finding.code for finding in decision.findings] == ["cloud-link"]
    assert decision.answer


def test_a_strangers_link_waits_for_a_person():
    decision = decided(mail("nobody@elsewhere.example.com"))
    assert (decision.outcome, decision.answer) == ("held", False)


def test_a_link_beside_material_is_a_warning_and_keeps_nothing_from_being_accepted():
    photo = File("现场照片.jpg", "0" * 64, 100, "image")
    decision = decided(mail(known_sender(), photo))
    assert decision.outcome == "accepted"
    assert [finding.code for finding in decision.findings] == ["cloud-link"]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (LINK, ("活动视频.mp4", "812.5M", "2023年7月22日 17:33")),
        (CloudLink("", "", None, "pan.baidu.com", "baidu"), ("链接过期",)),
    ],
    ids=["full", "bare"],
)
def test_the_letter_says_what_is_announced_and_until_when(link: CloudLink, said: tuple[str, ...]):
    (finding,) = find_announced(Mail(None, "", None, links=(link,)), CAMPAIGN)
    assert isinstance(finding, Finding)
    assert finding.severity is Severity.WARNING
    assert all(words in str(tell(finding)) for words in said)
