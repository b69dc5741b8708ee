"""Whether a mail says plainly that its unit has nothing to report (无, 零报告), and of what.

Every sentence of it has to be such a statement, a courtesy or a signature: what says anything
more is for a person to read.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from parsers.message.quotation import own_lines
from rules.calendar import due_instant, is_late
from rules.decision import Submission
from rules.finding import Finding, Severity
from rules.judging.courtesy import PARTS, SIGNED
from rules.outcome import Standing
from rules.who.names import match_name, sure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.mail import Mail
    from rules.campaign import Campaign, Requirement
    from rules.decision import UnitMatch
    from rules.judging.arrival import Arrival, History

BELIEVED = frozenset({"sender", "thread", "coordinator"})
"""How a unit must be known whose word is taken: a name in a signature is not enough."""

MOST = 300  # characters; a longer letter says more than nothing
_STEM = re.compile(r"(?:备案|统计|登记|申报|情况|汇总)*表$")
KIND = re.compile(r"[\u4e00-\u9fff]{2}表$")
"""How a title ends by which a form is called for short: 统计表 of 情况统计表."""
_WHO = (
    r"(?:我|本)(?:们)?(?:单位|局|厅|委|院|校|馆|所|部|处|办|站|中心|协会|学会|公司|基地"
    r"|市|县|区|旗|盟|州|省|乡|镇|街道)?"
)
_WHEN = r"(?:20\d\d年?度?|今年|本年度?|本次|此次|这次|本期)?"
_NOT = r"(?:均|都|确实|也)?(?:无|没有|未开展|未举办|未组织|没有开展|没有举办|没有组织|不涉及)"
_NIL = r"(?:均|都)?(?:为|是|报|作|按|实行|进行)*(?:无|零报告|没有|零|0)(?:报告|上报|报送|处理)?"
_WORDS = (
    *("科技活动周", "科普活动", "科技周", "活动", "项目", "材料", "内容", "情况", "资料", "数据"),
    *("相关", "有关", "此类", "此项", "该项", "任何", "可", "应", "需要", "需", "以上", "上述"),
    *("填报", "上报", "报送", "报", "备案", "重点", "方面", "各项", "全部", "所有", "的", "表"),
)
COURTESY = re.compile(
    r"(?:尊敬的)?(?:各位)?[\u4e00-\u9fff]{0,4}(?:领导|老师|同志|处长|科长|主任)(?:们)?[:：]?"
    r"(?:您好|你好|好)?[:：]?$|[\u4e00-\u9fff]{0,4}(?:您|你|大家)好[:：]?$"
    r"|特此(?:报告|说明|函告|告知|回复|报送|零报告)$|(?:敬)?请(?:您)?(?:查收|知悉|审阅|悉知|收悉|查阅)$"
    r"|(?:谢谢|感谢|多谢)(?:您|你|支持|理解)?$|收到$|好的$|此致$|敬礼$|顺[祝颂].{1,4}$|祝.{1,6}$|辛苦了$|打扰了$"
    r"|现(?:将有关情况)?(?:回复|报告|说明)如下[:：]?$"
)
_NAME = re.compile(r"(?!.*[报补再稍暂请把将撤改换发交送做没不未了后])[\u4e00-\u9fff]{2,4}$")
_ALL = re.compile(r"全部|各项|所有|以上|上述|均|都")


def declare(
    mail: Mail, campaign: Campaign, unit: UnitMatch, arrival: Arrival, history: History
) -> tuple[Submission, ...]:
    """Return a submission of 无 for each requirement the mail declares nothing for.

    None at all where the unit is not surely known, or has sent a form or file that stands: that
    a mail takes back numbers is for a person to see.
    """
    if unit.by not in BELIEVED or mail.sender is None:
        return ()
    nothing = find_nil(mail, campaign, unit.id)
    if any(history.stands(campaign.id, unit.id, r.key) for r in nothing):
        return ()
    said = " ".join(statements(mail, campaign, unit.id))
    return tuple(_submission(campaign, r, unit, arrival, said) for r in nothing)


def _submission(
    campaign: Campaign, requirement: Requirement, unit: UnitMatch, arrival: Arrival, said: str
) -> Submission:
    findings: tuple[Finding, ...] = (
        Finding("nil-declared", Severity.NOTE, details={"said": said}),
    )
    owner = campaign.roster.get(unit.id)
    if is_late(arrival.received_at, campaign.file, requirement, owner):
        due = due_instant(campaign.file, requirement, owner)
        findings += (Finding("late", Severity.NOTE, details={"due": due.isoformat()}),)
    return Submission(
        campaign.id, requirement.key, unit.id, "", Standing.NIL, (), findings=findings
    )


def find_nil(mail: Mail, campaign: Campaign, unit: str) -> tuple[Requirement, ...]:
    """Return the requirements that a unit's mail declares nothing for; none if it is not plain.

    Only those whose `nil` the campaign allows. A mail with files or tables declares nothing.
    """
    allowed = [r for r in campaign.file.requirements if r.nil]
    if not allowed or mail.links or any(not file.inline for file in mail.files):
        return ()
    said = statements(mail, campaign, unit)
    return _meant(" ".join(said), mail.subject, campaign, allowed) if said else ()


def statements(mail: Mail, campaign: Campaign, unit: str) -> tuple[str, ...]:
    """Return the words that say there is nothing; () when the mail says anything else."""
    text = "\n".join(own_lines(mail.text)).strip()
    found = _plainly(text, campaign, unit)
    if found == () and not is_reply(mail.subject):
        found = _plainly(mail.subject, campaign, unit)
    return found or ()


def _plainly(text: str, campaign: Campaign, unit: str) -> tuple[str, ...] | None:
    """Return the statements of a text; () when there is only courtesy, None for other words."""
    if len(text) > MOST:
        return None
    nothing = _statement(campaign)
    found: list[str] = []
    for part in filter(None, PARTS.split(unicodedata.normalize("NFKC", text))):
        words = part.strip("“”\"'.:：~")
        if nothing.fullmatch(words) or nothing.fullmatch(_without_unit(words, campaign, unit)):
            found.append(words)
        elif not _is_frame(words, campaign, unit, signed=bool(found)):
            return None
    return tuple(found)


def _is_frame(words: str, campaign: Campaign, unit: str, *, signed: bool) -> bool:
    """Say whether words are courtesy or, behind the statement, a signature."""
    if not words or COURTESY.match(words) or SIGNED.match(words):
        return True
    return (signed and _NAME.match(words) is not None) or _is_unit(words, campaign, unit)


def _is_unit(words: str, campaign: Campaign, unit: str) -> bool:
    match = sure(match_name(words, campaign.roster)) if len(words) <= 30 else None
    return match is not None and match.id == unit and match.score > 0.9


def _without_unit(words: str, campaign: Campaign, unit: str) -> str:
    """Take the unit's own name from the front: 赤峰市科技局无重点项目."""
    for end in range(min(len(words), 30), 3, -1):
        if _is_unit(words[:end], campaign, unit):
            return words[end:]
    return words


def _statement(campaign: Campaign) -> re.Pattern[str]:
    named = sorted(
        {re.escape(n) for r in campaign.file.requirements for n in names_of(r, campaign)},
        key=len,
        reverse=True,
    )
    thing = rf"(?:[《“\"]?(?:{'|'.join((*named, *_WORDS))})[》”\"]?)*"
    return re.compile(
        rf"(?:{_WHO})?{_WHEN}(?:{_NOT}{thing}|{thing}[:：]?{_NIL})"
        rf"|{thing}[:：]?(?:{_WHO})?{_WHEN}{_NOT}{thing}"
    )


def thing_of(requirement: Requirement) -> str:
    """Return what a requirement is about, as one says that there is none: 重点项目."""
    return _STEM.sub("", requirement.title) or requirement.title


def names_of(requirement: Requirement, campaign: Campaign) -> tuple[str, ...]:
    """Return by which words a letter names a requirement: titles, short of 备案表, keywords."""
    form = campaign.forms.get(requirement.form or "")
    titles = [requirement.title, *((form.title, *form.aliases) if form else ())]
    stems = [_STEM.sub("", title) for title in titles]
    kinds = [kind[0] for title in titles if (kind := KIND.search(title))]
    names = (*titles, *stems, *kinds, *requirement.keywords)
    return tuple(dict.fromkeys(n for n in names if len(n) > 1))


def _meant(
    said: str, subject: str, campaign: Campaign, allowed: Sequence[Requirement]
) -> tuple[Requirement, ...]:
    named = _named(said, campaign) or ([] if _ALL.search(said) else _named(subject, campaign))
    if named:
        return tuple(named) if all(r in allowed for r in named) else ()
    if _ALL.search(said) or len(allowed) == 1:
        everything = len(allowed) == len(campaign.file.requirements)
        return tuple(allowed) if everything or len(allowed) == 1 else ()
    return ()


def _named(text: str, campaign: Campaign) -> list[Requirement]:
    def mentions(names: Iterable[str]) -> bool:
        return any(name in text for name in names)

    return [r for r in campaign.file.requirements if mentions(names_of(r, campaign))]


def is_reply(subject: str) -> bool:
    """Say whether a subject is that of the mail it answers or passes on."""
    return re.match(r"\s*(?:re|回复|答复|转发|fwd?|fw)\s*[:：]", subject, re.IGNORECASE) is not None
