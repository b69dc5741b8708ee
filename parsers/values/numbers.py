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
from parsers.values.measures import UNITS, asked_units, factor, one_word, scale
from parsers.values.numerals import CHINESE, simplified, size_of

LONGEST = 200  # characters of a cell that is still an amount
GREATEST = Decimal(10) ** 15
_GAPS = re.compile(r"[_＿\t\u3000]+")  # two spaces, so that 5__300 is not 5 300
_BLANK = re.compile(
    rf"(?:{UNITS}|亿|百元|大?约|共计?|合计|累计|余|[\s_.。…:;，,、()（）\[\]【】/])*+"
)
_VAGUE = re.compile(
    r"若干|[几数][十百千万亿个名场次]|上[百千万]|十几|许多|很多|大量|多[次场人]|待|未定|同上|另[行附]|见附"
)
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
_RANGE = re.compile(rf"[0-9{CHINESE}][^0-9、,，;；\n]{{0,3}}(?:-|—|~|至|到)+\s*[0-9{CHINESE}]")
_IN_BRACKETS = re.compile(
    rf"^\(\s*([^()]*[^()\s])\s*\)(?=\s*(?:$|[^\s0-9{CHINESE}.,，]))"  # (1)300 is not 1300
)
_PARTS = re.compile(r"[\s,，;；、]*\(?其中[:\s]?")


def read_number(text: str, asked: Asked) -> ValueRead:
    """Read one number in the asked unit, or say why it can't be read."""
    if asked.moment is not None:
        return ambiguous("date-format")
    if asked.number is not None:
        return _stored(text, asked, asked.number)
    return _typed(text, asked)


def _typed(text: str, asked: Asked) -> ValueRead:
    bare = one_word(plain(_GAPS.sub("  ", text)))
    if is_empty(bare):
        return missing()
    if is_nil(bare):
        return found(0 if asked.kind == "count" else 0.0, nil=True)
    if len(bare) > LONGEST:
        return unreadable("too-long")
    if _BLANK.fullmatch(bare):
        return missing()
    return _stated(text, simplified(_unbracketed(bare)), asked)


def _unbracketed(text: str) -> str:
    """（300）人 and （300） are 300: the blank's brackets to write in."""
    return _IN_BRACKETS.sub(r"\1", text)


def _stated(raw: str, text: str, asked: Asked) -> ValueRead:
    if _SCIENTIFIC.search(text):
        return unreadable("precision-lost")
    text = _without_label(text, asked.label)
    amount = scan_amount(text)
    if amount is None:
        return _puzzle(text)
    rest = text[amount.end :]
    if rest.strip() and not _PARTS.match(rest):
        return _again(text, amount, asked) or _puzzle(text)
    if asked.kind == "count" and re.fullmatch(r"[0-9]{1,3}\.000", amount.numeral):
        return ambiguous("separator")
    extra = ("breakdown",) if rest.strip() else ()
    return _judged(amount, asked, (*_script(raw, amount), *extra))


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
        return None
    here, there = _judged(amount, asked, ()), _judged(other, asked, ())
    both = here.status == there.status == FOUND and here.value == there.value
    return here if both else ambiguous("two-numbers")


def _puzzle(text: str) -> ValueRead:
    """Say why a text that holds more or less than one amount is not a number."""
    count = len(numerals_in(text))
    if _RANGE.search(text):
        return ambiguous("range")
    if _VAGUE.search(text):
        return ambiguous("vague")
    if count == 0 or (not re.search(r"[0-9]", text) and len(text) > 12):
        return unreadable("words")
    return _which_puzzle(text, count)


def _which_puzzle(text: str, count: int) -> ValueRead:
    if re.fullmatch(rf"[{CHINESE}]{{2,}}", text):
        return ambiguous("range")
    if re.search(r"[0-9][,，'][0-9]", text) or re.search(r"[0-9]\.[0-9]+\.", text):
        return ambiguous("separator")
    if re.search(r"[A-Za-z]", text):
        return unreadable("words")
    if count > 1 or re.search(r"[0-9]\s+[0-9]", text):
        return ambiguous("two-numbers")
    return ambiguous("words")


def _script(raw: str, amount: Amount) -> tuple[str, ...]:
    wide = ("full-width",) if has_wide_digits(raw) else ()
    chinese = ("chinese-numeral",) if not re.search(r"[0-9]", amount.numeral) else ()
    return wide + chinese


def _judged(amount: Amount, asked: Asked, notes: tuple[str, ...]) -> ValueRead:
    wanted = asked_units(asked.unit) or (("元",) if asked.kind == "money" else ())
    units = amount.units or _implied(amount, asked.kind, wanted)
    given = _written(amount, units, wanted)
    if amount.bound:
        return ambiguous("bound", given_unit=given)
    if asked.kind == "money" and not asked.unit and not units and not _is_sized(amount):
        return ambiguous("no-unit")
    ratio = _ratio(units, wanted)
    if ratio is None or ("%" in units and asked.kind == "count"):
        return ambiguous("unit-contradicts", given_unit=given)
    notes += ("approximate",) if amount.approximate else ()
    notes += ("words",) if amount.words else ()
    notes += ("unit-given",) if given else ()
    renamed = given is not None and factor(given, wanted) not in (None, 1)
    notes += ("converted",) if renamed and ratio != 1 else ()
    return fitted(amount.number * ratio, asked.kind, notes, given)


def _ratio(units: tuple[str, ...], wanted: tuple[str, ...]) -> Decimal | None:
    """How many asked units one given unit is; None when they contradict."""
    if not wanted or not units:
        return Decimal(1)
    ratios = {factor(unit, wanted) for unit in units}
    return ratios.pop() if len(ratios) == 1 else None


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


_NOISE = Decimal("1e-9")


def _stored(text: str, asked: Asked, number: Decimal) -> ValueRead:
    """Let a spreadsheet's number win over its text, if the text is that number's display."""
    if not number.is_finite():
        return unreadable("error-value")
    number = _clean(number)
    bare = plain(text)
    if is_empty(bare) or _SCIENTIFIC.fullmatch(bare) or set(bare) == {"#"}:
        return fitted(number, asked.kind, (), None)
    shown = scan_amount(simplified(_unbracketed(one_word(bare))))
    if shown is None or shown.units == ("%",):
        return _percent(shown, asked, number) if shown else _typed_or_number(bare, asked, number)
    return _compared(text, shown, asked, number)


def _clean(number: Decimal) -> Decimal:
    """Take the noise of binary fractions away: 8432.000000001 is 8432."""
    nearest = number.to_integral_value()
    return nearest if abs(number - nearest) <= _NOISE * max(abs(number), Decimal(1)) else number


def _typed_or_number(text: str, asked: Asked, number: Decimal) -> ValueRead:
    """Read a display without any number: 0 shown as "-" is 0, anything else contradicts."""
    if number == 0 and is_nil(text):
        return fitted(number, asked.kind, (), None)
    return ambiguous("display-differs")


def _percent(shown: Amount, asked: Asked, number: Decimal) -> ValueRead:
    if asked.kind == "count" or asked_units(asked.unit) not in ((), ("%",)):
        return ambiguous("unit-contradicts", given_unit="%")
    if abs(shown.number / 100 - number) > Decimal("0.01"):
        return ambiguous("display-differs")
    return fitted(number * 100, asked.kind, ("unit-given",), "%")


def _compared(text: str, shown: Amount, asked: Asked, number: Decimal) -> ValueRead:
    typed = _typed(text, asked)
    if typed.status != FOUND and "not-whole" not in typed.notes:
        return typed
    if any(abs(n - number) == 0 for n in (shown.number, shown.mantissa)):
        return typed
    if shown.number == -number and plain(text).startswith("("):
        return fitted(number, asked.kind, typed.notes, typed.given_unit)
    if abs(shown.number - number) > _step(shown):
        return ambiguous("display-differs")
    ratio = _ratio(shown.units, asked_units(asked.unit)) or Decimal(1)
    return fitted(number * ratio, asked.kind, typed.notes, typed.given_unit)


def _step(shown: Amount) -> Decimal:
    """Half of the last shown digit, which rounding may have moved."""
    digits = re.match(r"[0-9,，' ]*(?:\.([0-9]+))?", shown.numeral)
    places = len(digits[1] or "") if digits else 0
    sizes = re.search(r"[十百千万亿]+$", shown.numeral)
    return Decimal(size_of(sizes[0]) if sizes else 1) / 2 / Decimal(10) ** places
