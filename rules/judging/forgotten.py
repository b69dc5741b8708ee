"""Whether a mail hands in what is not with it: 附件请查收, and no file came.

Every sentence of it has to say so, or be a courtesy or a signature: what says anything more is
for a person to read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.message.quotation import own_lines
from rules.decision import Decision
from rules.finding import Finding, Severity
from rules.judging.courtesy import PARTS, is_courtesy, says_who
from rules.judging.nothing import BELIEVED, COURTESY, is_reply
from rules.outcome import Outcome

if TYPE_CHECKING:
    from parsers.mail import Mail
    from rules.campaign import Campaign
    from rules.decision import UnitMatch
    from rules.judging.arrival import History

MOST = 300  # characters; a longer letter says more than that
LONGEST = 60  # of one part of a sentence
_HANDS_IN = re.compile(
    r"附件|附表|附上|附后|随信|随函|见附|查收|查阅|审阅|核收|签收|报送|上报|呈报|报上|呈上|提交|发给|发送|发来|发去"
)
_NAMES = re.compile(
    r"[表书单]$|总结$|报告$|材料$|回执$|填[好写报完]|完成|按照?[\u4e00-\u9fff]{0,8}(?:要求|通知)"
)
_WISH = re.compile(
    r"(?:敬|烦|恳)?请(?:您|贵[\u4e00-\u9fff]{1,3}|领导|老师)?(?:予以)?(?:查收|查阅|审阅|审核|核收|签收|收阅|阅处)"
)
_GREETS = re.compile(r"[\u4e00-\u9fff]{0,8}(?:您|你|大家|领导|老师|同志)们?好?[:：]?")
_MORE = re.compile(  # asks, denies, tells of another mail or way, corrects, gives a number
    r"[?？]|[吗呢么]|问|没|未|不|无|零|否|怎|哪|何|几|多少|能|可以|打开|改|换|删|撤|取消|作废|重|补|再|另|曾|过|已经"
    r"|已[报发寄交送提上]|之前|先前|前天|昨|刚|上次|此前|前面|稍|随后|明天|后天|周[一二三四五六日末]|马上|尽快|微信|QQ|快递|邮寄|传真|光盘"
    r"|网盘|链接|纸质|请(?!假)|\d{3,}",
    re.IGNORECASE,
)
_DATED = re.compile(r"20\d\d\s*年?度?|第?\d{1,2}[届号次月日]|附件\s*\d{1,2}")


def forgotten_files(
    mail: Mail, campaign: Campaign, unit: UnitMatch, history: History
) -> Decision | None:
    """Send a mail back that came without what it hands in; None: it is a mail like any other.

    So is one of a unit that owes no form any more: it may speak of what came before.
    """
    if unit.by not in BELIEVED or not forgot_files(mail, campaign):
        return None
    forms = (r for r in campaign.file.requirements if r.form is not None)
    if all(history.stands(campaign.id, unit.id, r.key) for r in forms):
        return None
    missing = (Finding("attachment-missing", Severity.ERROR),)
    return Decision(
        Outcome.RETURNED, "no-attachment", campaign=campaign.id, unit=unit, findings=missing
    )


def forgot_files(mail: Mail, campaign: Campaign) -> bool:
    """Say whether the mail's words hand something in, and neither file nor link came with them."""
    if mail.files or mail.links or mail.body is not None:
        return False
    lines = own_lines(mail.text)
    text = "\n".join(lines).strip()
    if len(text) > MOST or _MORE.search(_DATED.sub("", mail.subject)):
        return False
    parts = [part for line in lines for part in PARTS.split(line) if part]
    said = [part for part in parts if not (_is_polite(part) or says_who(part))]
    if said:
        return any(map(_HANDS_IN.search, said)) and all(map(_is_of_it, said))
    own = not is_reply(mail.subject) and not text
    return own and any(
        word in mail.subject for r in campaign.file.requirements for word in (r.title, *r.keywords)
    )


def _is_polite(part: str) -> bool:
    polite = (_GREETS.fullmatch(part), COURTESY.match(part) if not _HANDS_IN.search(part) else None)
    return is_courtesy(part) or any(polite)


def _is_of_it(part: str) -> bool:
    """Say whether a part of a sentence hands in, or names what is handed in, and no more."""
    if len(part) > LONGEST or not (_HANDS_IN.search(part) or _NAMES.search(part)):
        return False
    return _MORE.search(_DATED.sub("", _WISH.sub("", part))) is None
