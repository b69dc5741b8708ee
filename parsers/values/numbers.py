"""What a cell says where a count, a number or an amount of money is asked."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from parsers.values.amounts import Amount, numerals_in, scan_amount
from parsers.values.answer import (
    FOUND,
    Asked,
    ValueRead,
    ambiguous,
    found,
    missing,
    unreadable,
)
from parsers.values.characters import has_wide_digits, is_empty, is_nil, plain
from parsers.values.measures import UNITS, asked_units, factor, is_money, one_word, scale
from parsers.values.measures import size_of as sized
from parsers.values.numerals import CHINESE, numeral, simplified
from parsers.values.numerals import size_of as size_named
from parsers.values.puzzles import puzzle

LONGEST = 200  # characters of a cell that is still an amount
GREATEST = Decimal(10) ** 15
_GAPS = re.compile(r"[_＿\t\u3000]+")  # two spaces, so that 5__300 is not 5 300
_BLANK = re.compile(
    rf"(?=((?:{UNITS}|亿|百元|大?约|共计?|合计|累计|余|[\s_.。…:;，,、()（）\[\]【】/])*))\1"
)
DIGITS = re.compile(r"0|[1-9][0-9]{0,8}")
SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
_IN_BRACKETS = re.compile(
    rf"^\(\s*([^()]*[^()\s])\s*\)(?=\s*(?:$|[^\s0-9{CHINESE}.,，]))"  # (1)300 is not 1300
)
_QUOTED = re.compile(r"[\[【〔「“\"‘'《]\s*([^\[\]【】〔〕「」“”\"‘’'《》]*\S)\s*[\]】〕」”\"’'》]")
# of a note below the table: 340①, 12*, 1200（注1）
_NOTE_MARK = re.compile(
    r"(?<=[0-9人次个场册份元块米条项期台套辆])\s*(?:[①-⑳*※#▲△]+|\(注\s?[0-9①-⑳]?\))$"
)
_PARTS = re.compile(r"[\s,，;；、]*\(?(?:其中|包括|包含|含)[:\s]?")
# 每场, 未核实, 不含线上, 申请中 and the like say more about a number than what it counts.
_WORDS_ASIDE = re.compile(r"\((?![^()]*[每各均不未除减增比暂待估中去上或])[^\W\d_]{1,12}\)")
_FREE = re.compile(r"(?:无需|不需要?|没有|无|零|不产生)(?:任何)?(?:活动)?(?:经费|费用)")
_IN_WAN = re.compile(r"(?<=[0-9])\s?[wW](?![A-Za-z0-9])")


def read_typed(text: str, asked: Asked) -> ValueRead:
    """Read one number in the asked unit from what is typed, or say why it can't be read."""
    if asked.kind != "money" and DIGITS.fullmatch(text):
        return fitted(Decimal(text), asked.kind, (), None)  # as nearly all are
    bare = one_word(plain(_GAPS.sub("  ", text)))
    if is_empty(bare):
        return missing()
    if is_nil(bare) or (asked.kind == "money" and _FREE.fullmatch(bare)):
        return found(0 if asked.kind == "count" else 0.0, nil=True)
    if len(bare) > LONGEST:
        return unreadable("too-long")
    if _BLANK.fullmatch(bare):
        return missing()
    return _stated(text, simplified(unbracketed(_IN_WAN.sub("万", bare))), asked)


def unbracketed(text: str) -> str:
    """（300）人, 【300】 and “300” are 300: the blank's brackets to write in; 340① has a note."""
    text = _NOTE_MARK.sub("", text)
    if quoted := _QUOTED.fullmatch(text):
        return quoted[1]
    return _IN_BRACKETS.sub(r"\1", text)


def _stated(raw: str, text: str, asked: Asked) -> ValueRead:
    if SCIENTIFIC.search(text):
        return unreadable("precision-lost")
    text = _without_label(text, asked.label)
    amount = scan_amount(text)
    if amount is None:
        return puzzle(text)
    rest = text[amount.end :]
    over = (asked.unit or "").partition("/")[2]
    if over and rest.strip() == f"/{over}":  # 120万元/年 where 万元/年 is asked
        rest = ""
    if rest.strip() and not _PARTS.match(rest) and not _adds_up(rest, amount):
        return _again(text, amount, asked) or puzzle(text)
    if asked.kind == "count" and re.fullmatch(r"[0-9]{1,3}\.000", amount.numeral):
        return ambiguous("separator")
    if any(part > amount.number for part in _numbers_in(rest)):
        return ambiguous("two-numbers")
    extra = ("breakdown",) if rest.strip() else ()
    return _judged(amount, asked, (*_script(raw, amount), *extra))


def _adds_up(rest: str, amount: Amount) -> bool:
    """Say whether a bracket gives the parts of the number: 500（线上300，线下200）."""
    parts = _numbers_in(rest) if re.fullmatch(r"\s*\([^()]*\)", rest) else []
    return len(parts) > 1 and sum(parts) == amount.number


def _numbers_in(text: str) -> list[Decimal]:
    read = [numeral(written) for written in numerals_in(text)]
    return [number[0] for number in read if number is not None]


def _without_label(text: str, label: str) -> str:
    """Drop words of the form's own label around the number: 发放资料300份, 12块展板."""
    name = _letters(label)
    for size in range(min(len(text), len(name)), 1, -1):
        if text[:size] in name and not numerals_in(text[:size]):
            text = text[size:].lstrip(" :")
            break
    for size in range(min(len(text), len(name)), 1, -1):
        if text[-size:] in name and not numerals_in(text[-size:]):
            return text[:-size].rstrip()
    return text


@lru_cache(maxsize=1024)
def _letters(label: str) -> str:
    return re.sub(r"[\s()]", "", simplified(plain(label)))


def _again(text: str, amount: Amount, asked: Asked) -> ValueRead | None:
    """Read the same amount twice, once in brackets: 伍万元整（¥50000）."""
    rest = text[amount.end :].strip()
    if not (rest.startswith("(") and rest.endswith(")")):
        return None
    other = scan_amount(rest[1:-1])
    if other is None or other.end != len(rest) - 2:
        return _aside(rest, amount, asked)
    if amount.units and ratio_of(other.units, _wanted(asked)) is None:
        return _judged(amount, asked, ("words",))  # 7次（300人次）
    here, there = _judged(amount, asked, ()), _judged(other, asked, ())
    both = here.status == there.status == FOUND and here.value == there.value
    return here if both else ambiguous("two-numbers")


def _aside(rest: str, amount: Amount, asked: Asked) -> ValueRead | None:
    """Leave words in brackets out where the number names its own unit: 25000元（化肥）."""
    if amount.number == 0 and rest.startswith("(") and not numerals_in(rest):
        return _judged(amount, asked, ("words",))  # 0（未开展）
    harmless = amount.units and _WORDS_ASIDE.fullmatch(rest) and not numerals_in(rest)
    return _judged(amount, asked, ("words",)) if harmless else None


def _script(raw: str, amount: Amount) -> tuple[str, ...]:
    wide = ("full-width",) if has_wide_digits(raw) else ()
    chinese = ("chinese-numeral",) if not re.search(r"[0-9]", amount.numeral) else ()
    return wide + chinese


def _is_no_count(units: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Say whether a number in these units counts nothing, whatever is asked: 5%, 8万元."""
    return "%" in units or (not wanted and any(map(is_money, units)))


def _judged(amount: Amount, asked: Asked, notes: tuple[str, ...]) -> ValueRead:
    wanted = _wanted(asked)
    units = _of_money(amount.units, asked) or _implied(amount, asked.kind, wanted)
    given = _written(amount, units, wanted)
    if amount.bound:
        return ambiguous("bound", given_unit=given)
    if asked.kind == "money" and not asked.unit and not units and not _is_sized(amount):
        return ambiguous("no-unit")
    ratio = ratio_of(units, wanted) if units else _resized(amount, wanted)
    if ratio is None or (asked.kind == "count" and _is_no_count(units, wanted)):
        return ambiguous("unit-contradicts", given_unit=given)
    notes += ("approximate",) if amount.approximate else ()
    notes += ("words",) if amount.words else ()
    notes += ("unit-given",) if given else ()
    renamed = given is not None and factor(given, wanted) not in (None, 1)
    number, said = amount.number * ratio, (amount.number, amount.mantissa)
    notes += ("converted",) if renamed and number not in said else ()
    return fitted(number, asked.kind, notes, given)


def _wanted(asked: Asked) -> tuple[str, ...]:
    return asked_units(asked.unit) or (("元",) if asked.kind == "money" else ())


def _of_money(units: tuple[str, ...], asked: Asked) -> tuple[str, ...]:
    """5万块 of money is 5万块钱."""
    return ("块钱",) if asked.kind == "money" and units == ("块",) else units


def ratio_of(units: tuple[str, ...], wanted: tuple[str, ...]) -> Decimal | None:
    """How many asked units one given unit is; None when they contradict."""
    if not wanted or not units:
        return Decimal(1)
    ratios = {factor(unit, wanted) for unit in units}
    return ratios.pop() if len(ratios) == 1 else None


def _resized(amount: Amount, wanted: tuple[str, ...]) -> Decimal:
    """5万 under 万人次 or 万 says the size once more: it is 5, and a bare 5 is 5 as well."""
    size = sized(wanted[0])[0] if len(wanted) == 1 and _is_sized(amount) else ""
    return Decimal(1) / (size_named(size) or 1)


def _is_sized(amount: Amount) -> bool:
    """Whether 万 or 亿 is written: 5万 of money is 5万元, a bare 5 may be 元 or 万元."""
    return amount.number != amount.mantissa or amount.number == 0


def _implied(amount: Amount, kind: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """5万 under 万元 means 5万元."""
    scales = [scale(unit) for unit in wanted]
    large = any(s is not None and s[0] == "money" and s[1] > 1 for s in scales)
    return ("元",) if large and kind == "money" and _is_sized(amount) and amount.number else ()


def _written(amount: Amount, units: tuple[str, ...], wanted: tuple[str, ...]) -> str | None:
    """Name the unit as the cell writes it: 5万元 is in 万元 where money is asked."""
    given = "".join(dict.fromkeys(units)) or None
    if given in ("元", "圆") and wanted and amount.numeral[-1] in "万亿":
        return f"{amount.numeral[-1]}元"
    return given


def fitted(number: Decimal, kind: str, notes: tuple[str, ...], given: str | None) -> ValueRead:
    """Give the number the asked kind's type; a count is whole and not below zero."""
    if abs(number) >= GREATEST:
        return unreadable("too-long")
    if kind != "count":
        return found(float(number), *notes, nil=number == 0, given_unit=given)
    if number != number.to_integral_value():
        return ambiguous("not-whole", given_unit=given)
    if number < 0:
        return unreadable("negative")
    return found(int(number), *notes, nil=number == 0, given_unit=given)
