"""How a spreadsheet's stored number, its date and the text it shows decide together."""

from __future__ import annotations

import re
from decimal import Decimal

from parsers.values.amounts import Amount, scan_amount
from parsers.values.answer import FOUND, Asked, ValueRead, ambiguous, unreadable
from parsers.values.characters import is_empty, is_nil, plain
from parsers.values.measures import asked_units, one_word
from parsers.values.numbers import DIGITS, SCIENTIFIC, fitted, ratio_of, read_typed, unbracketed
from parsers.values.numerals import simplified, size_of


def read_number(text: str, asked: Asked) -> ValueRead:
    """Read one number in the asked unit, or say why it can't be read."""
    if asked.moment is not None:
        return ambiguous("date-format")
    if asked.number is not None:
        return _stored(text, asked, asked.number)
    return read_typed(text, asked)


_NOISE = Decimal("1e-9")


def _stored(text: str, asked: Asked, number: Decimal) -> ValueRead:
    """Let a spreadsheet's number win over its text, if the text is that number's display."""
    if not number.is_finite():
        return unreadable("error-value")
    if DIGITS.fullmatch(text) and Decimal(text) == number:
        return read_typed(text, asked)
    exact, number = number, _clean(number)
    bare = plain(text)
    if is_empty(bare) or SCIENTIFIC.fullmatch(bare) or set(bare) == {"#"}:
        return _unshown(bare, asked, number)
    shown = scan_amount(simplified(unbracketed(one_word(bare))))
    if shown is None or shown.units == ("%",):
        return _percent(shown, asked, number) if shown else _typed_or_number(bare, asked, number)
    if shown.number == exact != number:
        return _in_asked(shown, asked, number, ())
    return _compared(text, shown, asked, number)


def _unshown(bare: str, asked: Asked, number: Decimal) -> ValueRead:
    """Take a number that its column is too narrow to show; one that ;;; hides is asked about."""
    if number and is_empty(bare) and "hidden-left-out" in asked.flags:
        return ambiguous("display-differs")
    return fitted(number, asked.kind, (), None)


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
    typed = read_typed(text, asked)
    if typed.status != FOUND and "not-whole" not in typed.notes:
        return typed
    if any(abs(n - number) == 0 for n in (shown.number, shown.mantissa)):
        return typed
    if shown.number == -number and plain(text).startswith("("):
        return fitted(number, asked.kind, typed.notes, typed.given_unit)
    if abs(shown.number - number) > _step(shown):
        return ambiguous("display-differs")
    return _in_asked(shown, asked, number, typed.notes, typed.given_unit)


def _in_asked(
    shown: Amount, asked: Asked, number: Decimal, notes: tuple[str, ...], given: str | None = None
) -> ValueRead:
    ratio = ratio_of(shown.units, asked_units(asked.unit)) or Decimal(1)
    return fitted(number * ratio, asked.kind, notes, given)


def _step(shown: Amount) -> Decimal:
    """Half of the last shown digit, which rounding may have moved."""
    digits = re.match(r"[0-9,，' ]*(?:\.([0-9]+))?", shown.numeral)
    places = len(digits[1] or "") if digits else 0
    sizes = re.search(r"[十百千万亿]+$", shown.numeral)
    return Decimal((size_of(sizes[0]) if sizes else None) or 1) / 2 / Decimal(10) ** places
