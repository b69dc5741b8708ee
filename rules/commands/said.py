"""What a mail orders, as written: the verb, the words behind it, the code; wherever they stand.

Clients put 回复：, Re: or 转发： before a subject, filters put [外部邮件] there, some lose brackets
or spread a long word over spaces; people type full-width, or write the order into the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.message.quotation import own_lines
from parsers.values.characters import plain
from rules.commands.code import tidy
from rules.commands.command import ACTS, CONFIRM, OWN, WORDS, Verb
from rules.who.spellings import in_simple_script

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 500  # characters of a line that are looked at
SHOWN = 40  # of somebody's own words, in a subject
_REPLY = re.compile(
    r"\s*(?:re|fw|fwd|aw|sv|回复|回覆|答复|答覆|回信|转发|轉寄|转寄|自动转发|转|回)"
    r"\s*(?:[\[(]\s*\d+\s*[\])])?\s*:\s*",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\s*(?:re|aw|sv|回|答)[^:]{0,8}:", re.IGNORECASE)
_TAG = re.compile(r"\s*[\[(【〔][^\[\]()【】〔〕]{1,20}[\])】〕]\s*|\s*\*+[^*]{1,20}\*+\s*")
_CODE = re.compile(
    r"[\[(【〔「{<]\s*([0-9A-Za-z](?:[0-9A-Za-z]|[\s-](?=[\s0-9A-Za-z-])){14,60})\s*[\])】〕」}>]"
    r"|(?<![0-9A-Za-z])([0-9A-Za-z]{25})(?![0-9A-Za-z])"
)
_POLITE = re.compile(
    r"\s*(?:好的?|可以|同意|收到|请|麻烦[您你]?|劳驾|帮忙|帮我|[您你]好)[\s,，、。.!]*(?:请|麻烦[您你]?|帮忙)?\s*"
)
_TURNED = re.compile(  # 第2号办结, 全部放行
    r"\s*(第?\s*\d{1,9}\s*[号封]|全部)(?:邮件|来信|信)?\s*(?:请)?\s*"
    rf"({'|'.join(w for verb in ACTS for w in WORDS[verb])})"
)
_GREETING = re.compile(r"[^\d]{0,10}好[!。,，~\s]*")
_ENDS = re.compile(r"[\s:,，、。|/·→>\-—\[(【〔#\d第]")
_ASKED = re.compile(r"请确认\s*:\s*")
_DONE = re.compile(r"第\s*(\d{1,9})\s*号办理")
_YES = r"[^不别勿没未无?？吗]{0,10}"
_CONFIRMS = re.compile(rf"请?(?:{CONFIRM}){_YES}")
_UNDOES = re.compile(rf"请?(?:{'|'.join(WORDS[Verb.UNDO])}){_YES}")
_TOLD = ACTS - {Verb.PAUSE, Verb.RESUME}  # say nothing without more words
_BY_LENGTH = sorted(
    ((word, verb) for verb, words in WORDS.items() for word in words),
    key=lambda pair: -len(pair[0]),
)


@dataclass(frozen=True, slots=True)
class Said:
    """An order as written. `joined`: the words follow the verb without anything between them.

    `code` is tidy, "" without one; whether it is good is another question.
    """

    verb: Verb
    words: str = ""
    code: str = ""
    joined: bool = False


def read_said(subject: str, text: str) -> Said | None:
    """Return what a mail orders, by its subject or the first line of its own; None: nothing."""
    first = _first_line(text)
    reply = _reply(subject, first)
    if reply is not None:
        return reply
    head, body = _order(subject), _order(first)
    if head is not None and not head.words and not head.code and head.verb in _TOLD:
        return body if body and body.verb is head.verb else _told_below(head, first, body)
    if head is None or body is None:
        return head or body
    same = (head.verb, _squeezed(head.words)) == (body.verb, _squeezed(body.words))
    if same:
        return head if head.code else body
    return body if head.code else head  # two orders: the typed one is asked back


def more_orders(said: Said, subject: str, text: str) -> tuple[str, ...]:
    """Return what else a mail orders that would change something, in its subject or further on."""
    lines = (_parted(subject)[0].strip(), *tuple(_own(text))[1:])
    orders = ((line, _order(line)) for line in lines)
    wanted = (said.verb, _squeezed(said.words))
    return tuple(
        line
        for line, order in orders
        if order and order.verb in ACTS and (order.verb, _squeezed(order.words)) != wanted
    )


_SENTENCES = re.compile(r"(?<=[。！!；;?？\n])")
_QUESTION = re.compile(
    r"[?？]|[吗呢]$|请问|怎么|怎样|如何|为什么|能不能|能否|可不可以|可否|是否|要不要|是不是"
)
_TOLD_ALREADY = re.compile(  # by what 查询 and 模板 answer: 我们还欠什么没报？
    r"(?:还|哪些|哪几|什么|多少|有没有|是否|是不是)[^?？]{0,12}(?:欠|缺|差|没|未|要报|要交|收到|报[了过齐全完]|交[了过齐全完])"
    r"|收到[^?？]{0,6}(?:没有?|了吗|吗|了没)|(?:状态|进度|空表|模[板版])"
)


def asks_more(text: str) -> bool:
    """Say whether 附件2怎么填？ or the like stands in a text, which 查询 and 模板 do not answer."""
    parts = (part for line in _own(text) for part in _SENTENCES.split(line))
    return any(_QUESTION.search(p) and not _TOLD_ALREADY.search(p) for p in parts)


def answers_question(subject: str) -> bool:
    """Say whether a subject is that of a reply to a letter of ours that asks for 确认."""
    return _ASKED.search(plain(subject[:LONGEST])) is not None


def own_words(subject: str, text: str) -> str:
    """Return how a mail's own words begin; a subject that is no answer's stands for them."""
    first = _first_line(text) or ("" if _ANSWER.match(plain(subject)) else subject.strip())
    return first if len(first) <= SHOWN else f"{first[:SHOWN]}…"


def _reply(subject: str, first: str) -> Said | None:
    """Read 确认 or 撤销 as the reply to a letter of ours, whose subject says what is meant."""
    line, code = _parted(first)
    line = _POLITE.sub("", line, count=1) if _POLITE.match(line) else line
    told, mark = _parted(subject)
    if _CONFIRMS.fullmatch(line) and (asked := _ASKED.search(told)):
        order = _order(told[asked.end() :])
        return order and Said(order.verb, order.words, code or mark)
    if _UNDOES.fullmatch(line) and (done := _DONE.search(told)):
        return Said(Verb.UNDO, f"第{done[1]}号", code or mark)
    return None


def _told_below(head: Said, first: str, body: Said | None) -> Said:
    """Read 办结 in the subject and 第2号 under it; another order under it is another one."""
    line, code = _parted(first)
    return replace(head, words=line.strip(" :,，、。")) if body is None and not code else head


def _order(text: str) -> Said | None:
    line, code = _parted(text)
    polite = False
    while True:
        line = _TURNED.sub(r"\2 \1 ", line.lstrip(), count=1)
        found = _verb(line)
        if found is not None:
            verb, rest = found
            if polite and verb in OWN:  # 您好，模板打不开: a question of a unit's
                return None
            joined = bool(rest) and not _ENDS.match(rest) and not code.startswith(rest)
            return Said(verb, rest.strip(" :,，、。"), code, joined)
        before = _REPLY.match(line) or _TAG.match(line)
        if before is None:
            before, polite = _POLITE.match(line), True
        if before is None:
            return None
        line = line[before.end() :]


def _verb(line: str) -> tuple[Verb, str] | None:
    low = line.lower()
    found = next((pair for pair in _BY_LENGTH if low.startswith(pair[0])), None)
    return (found[1], line[len(found[0]) :]) if found else None


def _parted(text: str) -> tuple[str, str]:
    """Return a plain line without its code, and the code."""
    line = in_simple_script(plain(text[:LONGEST]).replace("\n", " "))
    found = _CODE.search(line)
    if found is None:
        return line, ""
    return f"{line[: found.start()]} {line[found.end() :]}".strip(), tidy(found[1] or found[2])


def _first_line(text: str) -> str:
    """Return the first line of a mail's own words that is not a greeting."""
    return next(_own(text), "")


def _own(text: str) -> Iterator[str]:
    lines = (line.strip() for line in own_lines(text[: LONGEST * 20]))
    return (line for line in lines if line and not _GREETING.fullmatch(plain(line)))


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)
