"""What a text in a blank is there for: a label, a place to write, a hint how, or a note."""

from __future__ import annotations

import re

from parsers.values.measures import as_measure
from rules.labels import squeeze
from rules.learn.boxes import has_boxes

_DATE_BLANK = re.compile(
    r"(?:(?:19|20)\d\d(?=年.*月)|[年月日时分至到起止\-—~_.。/、,，:：()（）\s])*"
)
_SEAL = re.compile(r"[(（]?(?:加?盖(?:单位)?(?:公?章)|公章|签章|印章|签字|签名|手签)[)）]?[:：]?")
_RULED = re.compile(r"[_＿—\-\s.…/:：()（）]+")
_WRAPPED = re.compile(r"[(（【\[《].*[)）】\]》][。.]?", re.DOTALL)
_ASKING = re.compile(
    r"请|如[:：]|例如|例[:：]|可[另附]|限\d|不超过|不少于|\d+字|填写|简要|包括|说明[:：]"
)
_NOTE = re.compile(r"(?:注|备注|说明|填表说明|填报说明|注意事项|填写说明)(?:\d|[:：]|$)")
_MORE = re.compile(r"(?:可|自行|另)(?:自行)?(?:增加|添加|增添|加行|增行|续行|扩展|另附|补充)")
_CLAUSES = re.compile(r"[,，。;；]")
_UNITS = re.compile(r"(?:计量|金额|货币)?单位:(.+)")
_SUMS = frozenset({"合计", "总计", "小计", "共计", "总数", "累计"})
LONG, LONGEST = (
    26,
    45,
)  # letters; a text of clauses longer than the first is no label, nor any past the last


def is_blank(text: str) -> bool:
    """Say whether nothing but lines to write on, empty dates, seals or a unit is printed."""
    bare = _SEAL.sub("", squeeze(text))
    if _DATE_BLANK.fullmatch(bare) or _RULED.fullmatch(bare):
        return True
    return as_measure(re.sub(r"[_\s]", "", bare).strip("()（）")) is not None


def is_hint(text: str) -> bool:
    """Say whether the text tells how to answer: in brackets, a request, or sentences."""
    flat = squeeze(text)
    if not flat or has_boxes(text):
        return False
    if _WRAPPED.fullmatch(text.strip()) and as_measure(flat.strip("()")) is None:
        return True
    if len(flat) > LONGEST or (len(flat) > LONG and _CLAUSES.search(flat)):
        return True
    return _ASKING.match(flat) is not None


def is_place(text: str) -> bool:
    """Say whether an answer goes where this text is printed."""
    return is_blank(text) or is_hint(text) or has_boxes(text) or asks_in_parts(text)


def states_units(text: str) -> bool:
    """Say whether a text states the units of a whole table: 单位：场、人次."""
    stated = _UNITS.fullmatch(squeeze(text).strip("()"))
    return stated is not None and all(
        as_measure(part) is not None for part in re.split(r"[、,/和]", stated[1]) if part
    )


def asks_in_parts(text: str) -> bool:
    """Say whether a cell asks for several things: 联系人： over 电话：, or 专利____项."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.endswith((":", "：")) for line in lines):
        return True
    return re.search(r"[_＿]{3,}", text) is not None and ":" not in squeeze(text)


def is_note(text: str) -> bool:
    """Say whether the text is a note under or in a form: 注：…, 说明."""
    return _NOTE.match(squeeze(text)) is not None


def is_sum(text: str) -> bool:
    """Say whether a row is the sum of those over it."""
    return squeeze(text).strip(":()") in _SUMS


def may_add_rows(text: str) -> bool:
    """Say whether a note allows rows of one's own: 可自行增加相关项目."""
    return _MORE.search(squeeze(text)) is not None


def unit_in(text: str) -> str | None:
    """Return the unit of measure printed in a place to write: `____万元`."""
    return as_measure(re.sub(r"[_＿\s]", "", squeeze(text)).strip("()"))
