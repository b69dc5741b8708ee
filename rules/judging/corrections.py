"""How the words of a mail say that its attachment should say something else.

附件中参加单位应为20个; 更正：第3行应为45; 附件里的数字有误，以邮件正文为准. What only replaces
an earlier mail (上次的有误，以这一份为准) says nothing against what came with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from parsers.message.quotation import spoken_lines
from parsers.values.amounts import Amount, scan_amount
from parsers.values.characters import squeezed
from parsers.values.numerals import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 200  # characters of a sentence that is looked at
MOST = 200  # sentences of a mail
_HINT = re.compile(r"[应正实改更换变调纠修订勘不非按误错反串漏多少准以]")  # one in all of the below
_SENTENCES = re.compile(r"[。;!\n]+|(?<=\?)")
_CLAUSES = re.compile(r"[，,]")
_QUESTION = re.compile(r"\?|[吗吧]$|是否|请问|是不是|对不对")
_IF = re.compile(r"(?<!例)如(?![下上实期图此何])|若|倘|要是|万一|假设")
_TEMPLATE = re.compile(r"模板|空白表|空表|样表|通知(?:中|里|的|附件|要求|上)")
_NOT_IN_IT = re.compile(
    r"(?:截止|期限|时限|时间|附件\d?|邮件)$"
    r"|(?:(?:文件|附件|邮件)名称?|命名|主题|邮箱|格式|收件人|后缀|密码)(?:有误|[写填弄打]错了?)?[，,]?$"
    r"|(?:名单|总结|报告(?![会厅团员]))[^，,]{0,8}$"
)
_AT = re.compile(
    r"附[件表]|(?:表|表格|文件|文档|excel|word|sheet[0-9]*)(?:[中里内上的第]|[0-9])"
    r"|第[0-9一二三四五六七八九十]{1,3}[行列栏项格页处]|[a-z]{1,2}[0-9]{1,3}(?:格|单元格|应)|单元格|备注栏|数量栏",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:更正|勘误|订正|补正|修正|改正|(?:正确|准确)的?(?:数[字据值量]?|内容|情况)?)"
    r"(?:一下|如下|见下|说明|内容|为|是)*:"
)
_SHOULD = (
    r"(?:应当?该?|正确的?(?:数[字据值量]?)?应?该?)(?:[填写报]{1,2}|按|改|更正|修改)?(?:[为是成作系]|(?=:))"
    r"|应当?该?(?:填[写报]?|写|报|改|按)(?=[0-9])"
    r"|(?:其实|实际上?|事实上|实)应?该?(?:数[字据量]?)?[为是]|[更订修]正[为成]"
)
_CHANGE = r"(?:修改|更改|变更|调整|纠正|改正?|换)[为成作]"
_SAYS = re.compile(rf"(?P<should>{_SHOULD})|(?P<change>{_CHANGE})")
_BARE = re.compile(r"实际(?:上)?(?:有|数[字据量]?)?(?=[0-9])")
_NOT_THAT = re.compile(
    r"(?:不是|而非)[^是]{1,10}?[，,]?(?:而|应)?是(?=[0-9])"
    r"|(?<!不)是(?=[0-9][^，,是]{0,8}[，,]?而?(?:不是|非)[0-9])"
)
_COUNT_IT = re.compile(
    r"按照?(?P<number>[0-9][0-9.,万千百]*)[^\W\d]{0,3}(?:来|进行)?(?:登记|统计|计?算|录入|汇总|上报|修改|更正)"
)
_ASKS = re.compile(r"请|麻烦|帮|劳驾|拜托|能否|可否|代为")
_WRONG = re.compile(
    r"有误(?!差)|有[一两几]?[个处]?(?:笔误|错误|差错|错)|[写填算弄搞打录报敲看抄][错反串漏]|错了|误[写填报录打]"
    r"|不(?:实$|实[，,]|准确|正确|准$|准[，,]|对$|对[，,])|[多少漏][写填报算统打计](?:[了个入]|$)"
)
_NOT_WRONG = re.compile(r"(?:没有?|未|无|避免|防止)[^，,]{0,6}(?:有误|错)|无误")
_BODY_COUNTS = re.compile(
    r"(?:[以按]照?(?:我们?|本|此|这封|该)?(?:的|在)?(?:电子)?(?:邮件|来?信)?的?"
    r"(?:正文|文字|邮件内容|邮?[信件][中里内]|下[面方]|以下|下[列述]|上述|此处)|以下)[^，,附表]{0,10}"
    r"(?:为准|登记|统计|录入|汇总|计算)"
)
_DONE = re.compile(
    r"已经?[^，,不未]{0,12}(?:更正|改|修|订正|纠正|调整|补|换|撤)"
    r"|改[好过]|[改正][好完后过]的?|(?:更正|修改|修正|订正|改正|完善|核实|核对)(?:后|过|版|稿|件|的)"
    r"|(?:重新?|再次?|另|补)[^，,]{0,3}(?:[发报传寄做附送交]|上传|上报|提交|填)|[修新]订?版|最新"
    r"|以(?:附件|附表|表格?|这[一次份个版封]|[本此](?:[次版份表件封]|附件|邮件[，,]|邮件为)|最后|最终|后)[^，,]{0,10}为准"
    r"|(?:根据|依据|按照?)[^，,]{0,12}(?:要求|意见|通知|电话|提示|反馈|建议)"
    r"|作废|替[换代]|覆盖|[见以]附件|撤[回销]"
)
_EARLIER = re.compile(
    r"[上前][一两几]?(?:[封次份版回期]|个版)|前[面天述]|上[午周月]|昨|今早|早上|刚[才刚发报]|[之此先以早日]前|先前"
    r"|原[来先报表件附填数统上邮发稿]|首[次版]|第一[次版封份]|旧"
)
_THIS_COUNTS = re.compile(r"以[此这本]")
DATED = re.compile(r"[0-9]{1,4}(?:年|月|日|号|时|点|:|-[0-9])|[0-9]{1,3}[楼层室天]")
COUNTED = re.compile(
    r"人[数次员]|场[次数]|次数|数[量字据值目]|金额|经费|预算|单位数?|总数|合计|[份册块个期条篇辆家台]数|面积"
)
_OPENERS = ":\"“”'‘’「(=[【约共"
_VALUE = re.compile(r"[^，,;。:()（）\"“”'‘’「」【】\[\]]{1,30}")


class Kind(StrEnum):
    """What a sentence says; `wrong` names nothing that would be right."""

    NUMBER = "number"
    WORDS = "words"
    LIST = "list"  # a line under 更正如下:
    BODY = "body"  # the mail's own words count
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Correction:
    """One sentence against the attachment.

    `about` is what stands before the value that is right. `plain`: it speaks of the attachment
    itself, and nothing in the mail of an earlier one. `sure`: of something counted in it, not of
    any number that a letter may tell of. `at` is the sentence's number in the mail.
    """

    kind: Kind
    sentence: str
    about: str = ""
    amount: Amount | None = None
    words: str = ""
    plain: bool = False
    sure: bool = True
    at: int = 0


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence, and what was said before it: of the attachment, that a list follows."""

    text: str
    known: bool
    opened: bool
    plain: bool


def find_corrections(text: str, subject: str = "") -> tuple[Correction, ...]:
    """Return what the sender's own words say against what is attached."""
    if not _HINT.search(text):  # as in most mails: 请查收
        return ()
    sentences = sentences_of(text, subject)
    earlier = any(_DONE.search(s) or _EARLIER.search(s) for s in sentences)
    return tuple(_told(sentences, earlier=earlier))


def sentences_of(text: str, subject: str) -> list[str]:
    """Return a mail's own sentences without blanks, numerals simplified."""
    lines = (simplified(squeezed(line)) for line in spoken_lines(text, subject)[:MOST])
    return [s[:LONGEST] for line in lines for s in _SENTENCES.split(line) if s][:MOST]


def _told(sentences: list[str], *, earlier: bool) -> Iterator[Correction]:
    opened, before = False, ""
    for at, text in enumerate(sentences):
        opens = _OPENS.search(text) is not None
        if not _IF.search(text) and not _TEMPLATE.search(text):
            known, here = _AT.search(before + text) is not None, _AT.search(text) is not None
            said = _Said(text, known, opened or opens, plain=here and not earlier)
            told = list(_values(said)) or _bare(said, earlier=earlier)
            yield from (replace(correction, at=at) for correction in told)
        opened, before = opened or opens, text


def _values(said: _Said) -> Iterator[Correction]:
    """Yield each value that a sentence says is the right one."""
    after = 0
    for start, at in sorted(set(_turns(said))):
        if start >= after and (value := _valued(said, said.text[after:start], at)):
            yield value
            after = at


def _turns(said: _Said) -> Iterator[tuple[int, int]]:
    """Yield where the words stand that make what follows the right value, and where it begins."""
    for match in _SAYS.finditer(said.text):
        about = said.text[: match.start()]
        changed = said.known or said.opened or _ASKS.search(about) or _WRONG.search(about)
        told = changed if match["change"] else not _is_asked(said.text, match.end())
        if told and not _NOT_IN_IT.search(about):
            yield match.span()
    yield from (match.span() for match in _NOT_THAT.finditer(said.text))
    yield from ((match.start(), match.start("number")) for match in _COUNT_IT.finditer(said.text))
    if said.known and not _QUESTION.search(said.text):
        yield from (match.span() for match in _BARE.finditer(said.text))


def _is_asked(text: str, at: int) -> bool:
    """Say whether the clause around a place asks: 应为20个吗; 应为20个，帮忙改一下吧 does not."""
    before, behind = _CLAUSES.split(text[:at])[-1], _CLAUSES.split(text[at:])[0]
    return "请问" in text or _QUESTION.search(before + behind) is not None


def _valued(said: _Said, about: str, at: int) -> Correction | None:
    rest = said.text[at:].lstrip(_OPENERS)
    amount = None if DATED.match(rest) else scan_amount(rest)
    if amount is not None:
        sure = said.known or said.opened or COUNTED.search(about) is not None
        return Correction(Kind.NUMBER, said.text, about, amount, plain=said.plain, sure=sure)
    words = _VALUE.match(rest) if said.known or said.opened else None
    return Correction(Kind.WORDS, said.text, about, None, words[0], said.plain) if words else None


def _bare(said: _Said, *, earlier: bool) -> Iterator[Correction]:
    """Yield a sentence without such a value: a list, or that something is wrong."""
    if _BODY_COUNTS.search(said.text):
        yield Correction(Kind.BODY, said.text, plain=not earlier)
    elif said.opened:
        yield Correction(Kind.LIST, said.text)
    elif said.plain and _is_wrong(said.text) and not _THIS_COUNTS.search(said.text):
        yield Correction(Kind.WRONG, said.text, plain=True)


def _is_wrong(text: str) -> bool:
    wrong = _WRONG.search(text) is not None and _NOT_WRONG.search(text) is None
    return wrong and _QUESTION.search(text) is None
