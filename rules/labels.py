"""What a printed label says once spacing, numbering, brackets and unit of measure are set apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from parsers.short_texts import remembered
from parsers.values.measures import UNITS, as_measure

LONGEST = 60  # characters; a longer text is no label

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_BRACKETS = str.maketrans("〔【[{〈〕】]}〉", "((((()))))")
_PUNCTUATION = re.compile(r"[^\w%+/()]|_")
_GROUP = re.compile(r"\(([^()]*)\)")
_NUMBERING = re.compile(
    r"^(?:"
    r"[（(【]\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[)）】]"
    r"|(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[)）、．.](?![0-9０-９])"
    r"|[①-⒛㈠-㈩]\s*[.、．]?"
    r"|[0-9０-９]{1,2}[\s　]+(?=[^\W\d])"
    r"|[*＊★●◆▲·•\-—]"
    r")[\s　]*"
)
_SEALS = re.compile(r"盖章|公章|签章|签字|签名|印章|必填|选填|全称|手写")
_ONE_UNIT = r"[^\s/,，、()（）]{1,3}"
_TAIL_UNIT = re.compile(  # 资料发放/份、册
    rf"(?:[/,，](?={_ONE_UNIT}、)|[/,，、](?={_ONE_UNIT}$))\s*({_ONE_UNIT}(?:、{_ONE_UNIT})*)$"
)
# 参与人数 单位：万人, but 参加单位：个 is a label of its own
_SAID_UNIT = re.compile(
    r"(?<=\w)(?:[\s,，、;；]+(?:计量|金额|货币)?|计量|金额|货币)单位\s*[:：]\s*([^\s:：()（）]{1,6})$"
)


@dataclass(frozen=True, slots=True)
class Label:
    """`core` is every word of the label, `plain` leaves the brackets' words out; lower case.

    `unit` is the unit of measure the label names in brackets (人次, 万元), as written.
    """

    core: str
    plain: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """One way to take a text apart: a label, and what follows it in the same cell.

    `how` says what divides them: "whole", "colon", "bracket", "space" or "digit".
    """

    label: Label
    rest: str
    how: str


@remembered
def squeeze(text: str) -> str:
    """Return the text in half-width lower case without any blanks, brackets made round."""
    half = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _BLANKS.sub("", half).translate(_BRACKETS).lower()


@remembered
def words(text: str) -> str:
    """Return only the letters and digits of a text, half-width."""
    return re.sub(r"[\W_]", "", squeeze(text))


@remembered
def read_label(text: str) -> Label:
    """Take a label apart; an empty core when the text holds no word."""
    bare = without_numbering(text.strip())
    said = _SAID_UNIT.search(bare) if "单位" in bare else None
    unit = as_measure(squeeze(said[1])) if said else None
    squeezed = squeeze(bare[: said.start()] if said and unit else bare).rstrip(":;,。.")
    for inner in _GROUP.findall(squeezed):
        unit = as_measure(inner) or unit
    kept = _GROUP.sub(_keep_words, squeezed)
    if unit is None and (tail := _TAIL_UNIT.search(kept)) and as_measure(tail[1]):
        unit, kept = as_measure(tail[1]), kept[: tail.start()]
    plain = _GROUP.sub("", kept)
    return Label(_core(kept), _core(plain) or _core(kept), unit)


def _keep_words(match: re.Match[str]) -> str:
    inner = match[1]
    return "" if as_measure(inner) or _SEALS.search(inner) else match[0]


def _core(text: str) -> str:
    return re.sub(r"[/()]", "", _PUNCTUATION.sub("", text))


@remembered
def without_numbering(text: str) -> str:
    """Return a text without the number or mark it begins with: 21、线上直播."""
    while (match := _NUMBERING.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    return text


def asks_seal(text: str) -> bool:
    """Say whether a label asks for a seal, and so for an organisation: 单位（盖章）."""
    return _SEALS.search(text[:LONGEST]) is not None


_TRANSLATION = re.compile(
    r"^[0-9]{1,2}(?=[^\W\d])"
    r"|(?<=[^\W\d_a-z])(?:tel|telephone|phone|mobile|fax|e?mail|contact|name|address|time|date)$"
)


@remembered
def trimmed(core: str) -> str:
    """Return a core without a row's number before it, a translation after it: 12联系电话tel.

    负责人姓名 asks for 负责人.
    """
    if core.endswith("人姓名"):
        core = core.removesuffix("姓名")
    if not core or core.isascii() or not (core[0].isdigit() or core[-1].isascii()):
        return core
    return _TRANSLATION.sub("", core)


def is_numbered(text: str) -> bool:
    """Say whether a text begins with a number of its own: `2.`, `（一）`, `③`."""
    return _NUMBERING.match(text.strip()) is not None


# a number with its unit in the brackets where the blank prints the unit alone
_FILLED = re.compile(
    rf"(?<=[^\W\d])\s*(?:[:：]\s*)?[(（〔【\[]\s*([0-9０-９][0-9０-９,，.．]*\s*[余多]?[十百千万]?\s*(?:{UNITS}))\s*[)）〕】\]]\s*$"
)


@remembered
def heads(text: str) -> tuple[Head, ...]:
    """Return every way a cell's text may be a label alone, or a label and its value."""
    found: list[Head] = []
    if len(text) <= LONGEST:
        if (filled := _FILLED.search(text)) is not None:  # 参加活动人员（1200人）
            found.append(Head(read_label(text[: filled.start()]), filled[1], "bracket"))
        found.append(Head(read_label(text), "", "whole"))
    label, rest = _at_colon(text)
    if rest:
        nothing = _NOTHING.fullmatch(rest) is not None  # 参加单位：— has no word after its colon
        found.insert(0 if nothing else len(found), Head(read_label(label), rest, "colon"))
    return (*found, *_undivided(text))


_OPENS = re.compile(r"[(（〔【\[〈]")
_ENCLOSED = re.compile(
    r"[(（〔【\[〈]([^()（）〔〕【】\[\]〈〉]+)[)）〕】\]〉][\s:：。.]*",
)


@remembered
def enclosed(text: str) -> Head | None:
    """Return the label and what a bracket after it encloses, if nothing follows: 单位：（某局）."""
    label, rest = _at_colon(text)
    if not rest and (opens := _OPENS.search(text[:LONGEST])):  # 联系人（张三）
        label, rest = text[: opens.start()], text[opens.start() :]
    inner = _ENCLOSED.fullmatch(rest)
    return Head(read_label(label), inner[1].strip(), "colon") if inner else None


_NOTHING = re.compile(r"[-—－–―─/／\\]+[。.]?")
_AFTER_COLON = " \t\n\r\u3000:："


def _at_colon(text: str) -> tuple[str, str]:
    """Part a text at its colon; nothing behind it where there is none."""
    colon = colon_at(text)
    return (text, "") if colon is None else (text[:colon], text[colon + 1 :].strip(_AFTER_COLON))


@remembered
def colon_at(text: str) -> int | None:
    """Return where the first colon outside brackets stands, if a label may end there."""
    depth = 0
    for index, char in enumerate(text[: LONGEST + 1]):
        depth += (char in "(（〔【[") - (char in ")）〕】]")
        if char in ":：" and depth <= 0 and index and not text[index + 1 :].startswith("//"):
            return index
    return None


_AFTER_GROUP = re.compile(r"(?:(?<!\s)\s+)?(?:[—–\-→>＞·]+|[:：/])\s*")


@remembered
def after_group(text: str) -> tuple[str, str]:
    """Part 活动经费投入数量（单位：万元）——其他经费情况 at its first dash or colon."""
    for match in _AFTER_GROUP.finditer(text):
        before = text[: match.start()]
        if is_closed(before) and before.strip():
            return before, text[match.end() :]
    return "", ""


_DIVIDERS = (
    ("bracket", re.compile(r"[)）〕】]\s*(?=[^\s:：])")),
    ("space", re.compile(r"(?<=\S)[\s　]+(?=\S)")),
    ("digit", re.compile(r"(?<=[^\W\d])(?=[0-9０-９])")),
)


def is_closed(text: str) -> bool:
    """Say whether every bracket that opens in a text closes in it."""
    return sum(text.count(c) for c in "(（〔【[") <= sum(text.count(c) for c in ")）〕】]")


_JOINTS = "/、及和与或"  # 填报单位（盖章）/联系人 goes on as a label


def _undivided(text: str) -> list[Head]:
    found: list[Head] = []
    for how, divider in _DIVIDERS:
        for match in list(divider.finditer(text[:LONGEST]))[:8]:
            rest = text[match.end() :].strip()
            if match.end() and rest and rest[0] not in _JOINTS and is_closed(text[: match.end()]):
                found.append(Head(read_label(text[: match.end()]), rest, how))
    return found


FILLERS: tuple[tuple[str, str | None], ...] = (
    ("参与数量", None), ("总人次", "人次"), ("人次数", "人次"), ("人次", "人次"),
    ("总人数", "人"), ("人数", "人"), ("场次数", "场"), ("总场次", "场"), ("场次", "场"),
    ("总次数", "次"), ("次数", "次"), ("篇数", "篇"), ("家数", "家"), ("期数", "期"),
    ("条数", "条"), ("份数", "份"), ("块数", "块"), ("辆数", "辆"), ("总数量", None),
    ("数量", None), ("总数", None), ("个数", "个"), ("总量", None), ("总额", None),
    ("金额", None), ("预算", None), ("情况", None), ("统计", None), ("数", None),
)  # fmt: skip


@remembered
def skeleton(core: str) -> tuple[str, str | None]:
    """Return a label without its last word of mere quantity, and the unit that word implied."""
    for filler, unit in FILLERS:
        if core.endswith(filler) and len(core) - len(filler) >= 2:
            return core[: -len(filler)], unit
    return core, None
