"""The grammar of one amount in a cell: lead words, a numeral, its units, words after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from parsers.values.measures import UNITS
from parsers.values.numerals import CHINESE, SIZES, numeral, size_of

_ABOUT_BEFORE = (
    "大约|约为|约有|约计|约合|约|大概|估计|预计|预估|预期|将近|接近|近|超过|超|突破|逾|高达"
    "|不少于|不低于|至少|≥|>=|>|≈|~"
)
_BOUND = "不足|不到|不超过|不多于|最多|至多|少于|低于|小于|以内|以下|≤|<=|<"
_PLAIN_BEFORE = (
    "人民币|RMB|价值|折价|共计|总计|合计|小计|累计|总共|一共|共有|合共|折合|折款|单位自筹|自筹资金|自筹"
    "|财政资金|财政拨款|财政|共|计|为|有|是|达到|达|[¥￥:=]"
)
_ABOUT_AFTER = r"左右|上下|以上|有余|之多|余|多|来|\+"
_PLAIN_AFTER = "整|(?<=[元圆])正|[。.；;，,、!！]$"
_HARMLESS = (
    "线上线下|线上|线下|含线上|含线下|含线上线下|现场|累计|合计|总计|全年|本年"
    "|估计|见备注|详见备注|见附件|详见附件|附后|预计|预估|估算|约数|自筹|单位自筹|财政|财政拨款|财政资金"
)
NUMERAL = (
    rf"(?:[0-9](?:[0-9,，' ]*[0-9])?(?:\.[0-9]+)?|[{CHINESE}]+(?:点[零〇一二三四五六七八九]+)?)"
    rf"(?:\s?[余多来]?\s?[{SIZES}]+(?:[{CHINESE}0-9]*[{CHINESE}0-9])?)?"
)
_LEAD = rf"(?:{_ABOUT_BEFORE}|{_BOUND}|{_PLAIN_BEFORE}|\s)"
_BESIDE = rf"人民币|RMB|{_ABOUT_AFTER}|{_BOUND}|{UNITS}"
_TAIL = rf"(?:{_BESIDE}|\((?:{_BESIDE}|[/、])+\)|[/、](?={UNITS})|{_PLAIN_AFTER}|\s)"
_AMOUNT = re.compile(
    # atomic by look-ahead: Python 3.11.2 (Debian 12) errs after a possessive repeat
    rf"(?=(?P<lead>{_LEAD}*))(?P=lead)(?P<sign>[-+]?)(?P<numeral>{NUMERAL})"
    rf"(?=(?P<tail>{_TAIL}*))(?P=tail)"
    rf"(?P<aside>\((?:{_HARMLESS})\))?"
)
_ABOUT = re.compile(rf"{_ABOUT_BEFORE}|{_ABOUT_AFTER}")
_LIMIT = re.compile(_BOUND)
_UNIT = re.compile(UNITS)
_ONE_OF = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10**4), "亿": Decimal(10**8)}
_INNER_ABOUT = re.compile(r"^(.+?)\s?[余多来]\s?([万亿]+)$")


@dataclass(frozen=True, slots=True)
class Amount:
    """One number with the units beside it. `mantissa` is the number before its 万."""

    number: Decimal
    mantissa: Decimal
    numeral: str
    units: tuple[str, ...]
    approximate: bool
    bound: bool
    words: bool
    end: int


def scan_amount(text: str, start: int = 0) -> Amount | None:
    """Read one amount at `start` of plain text with simplified numerals; None if there is none.

    The amount may end before the text does: the caller decides what the rest means.
    """
    match = _AMOUNT.match(text, start)
    if match is None:
        return None
    value, about = _valued(match["numeral"], match["tail"], match["lead"])
    if value is None:
        return None
    sign = -1 if match["sign"] == "-" else 1
    beside = match["lead"] + "\0" + match["tail"]
    return Amount(
        number=sign * value[0],
        mantissa=sign * value[1],
        numeral=match["numeral"],
        units=_units(match["tail"]) or _currency(match["lead"] + match["tail"]),
        approximate=about or _ABOUT.search(beside) is not None,
        bound=_LIMIT.search(beside) is not None,
        words=match["aside"] is not None,
        end=match.end(),
    )


def _units(tail: str) -> tuple[str, ...]:
    return tuple(_UNIT.findall(tail.replace("人民币", "")))


def _currency(beside: str) -> tuple[str, ...]:
    return ("元",) if re.search("[¥￥]|人民币|RMB", beside) else ()


def _valued(text: str, tail: str, lead: str) -> tuple[tuple[Decimal, Decimal] | None, bool]:
    """20余万, 十多万, 千余 and 近千 are approximate; the number is read without the word."""
    if text in _ONE_OF and (tail[:1] in ("余", "多") or re.search("[近约]$", lead)):
        return (_ONE_OF[text], _ONE_OF[text]), True
    if inner := _INNER_ABOUT.match(text):
        head, size = numeral(inner[1]), size_of(inner[2])
        if head is None or size is None or not head[0]:
            return None, True
        return (head[0] * size, head[1]), True
    return numeral(text), False


def numerals_in(text: str) -> list[str]:
    """Every numeral of the text, in order."""
    return re.findall(NUMERAL, text)
