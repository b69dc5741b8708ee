"""Which reader knows which kind of value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.values.answer import Asked, ValueRead, ambiguous, found, missing, unreadable
from parsers.values.characters import is_ditto, is_empty, is_nil, is_prompt, visible
from parsers.values.choices import read_choice
from parsers.values.contacts import read_email, read_phone, read_postcode
from parsers.values.dates import read_date, read_period
from parsers.values.labelled import read_after, read_words_after
from parsers.values.numbers import DIGITS
from parsers.values.stored import read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from decimal import Decimal

COUNTED = frozenset({"count", "number", "money"})
LONGEST = 5000  # characters of a cell that may still hold anything but words
LONGEST_POINTER = 200  # characters that may say nothing but where to type, or where it stands
_MOBILE = re.compile(r"1[3-9][0-9]{9}(?<!0000)")
_ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")


def read_text(text: str, asked: Asked) -> ValueRead:
    """Keep words as written; only the ends and invisible characters go."""
    if not text.strip() and asked.number is not None:
        return found(format(asked.number.normalize(), "f"))
    if not text.strip() and asked.moment is not None:
        return found(asked.moment.date().isoformat())
    if is_empty(text):
        return missing()
    kept = "\n".join(line.strip() for line in text.strip().splitlines())
    kept = visible(kept).strip()
    return found(kept, nil=is_nil(kept))


READERS: dict[str, Callable[[str, Asked], ValueRead]] = {
    "count": read_number,
    "number": read_number,
    "money": read_number,
    "text": read_text,
    "date": read_date,
    "period": read_period,
    "phone": read_phone,
    "email": read_email,
    "postcode": read_postcode,
    "choice": read_choice,
}


def read_value(  # noqa: PLR0913 - one keyword per thing a cell or a form's field knows
    text: str,
    kind: str,
    *,
    unit: str | None = None,
    number: Decimal | None = None,
    moment: datetime | None = None,
    choices: Sequence[str] = (),
    flags: frozenset[str] = frozenset(),
    default_year: int | None = None,
    label: str = "",
) -> ValueRead:
    """Read a cell as `kind` (rules.form.FieldType's values); KeyError for another kind.

    `unit` is the form's unit of measure. `number` and `moment` are what a spreadsheet stores.
    `default_year` completes 5月20日. `label` may stand repeated before a number.
    """
    if moment is None and not flags and (whole := _whole(text, kind, unit, number)) is not None:
        return whole
    asked = Asked(kind, unit, number, moment, tuple(choices), flags, default_year, label)
    return _fault(text, asked) or READERS[kind](text, asked)


def _whole(text: str, kind: str, unit: str | None, number: Decimal | None) -> ValueRead | None:
    """Read a whole number that is typed, and perhaps stored, as nearly all are.

    Money is one only where the form says in which unit: a bare 5 may be 元 or 万元.
    """
    if kind not in COUNTED or (kind == "money" and not unit) or not DIGITS.fullmatch(text):
        return None
    value = int(text)
    if number is not None and not (number.is_finite() and number == value):
        return None
    return found(value if kind == "count" else float(value), nil=not value)


def read_labelled(
    text: str, label: str, kind: str = "count", *, unit: str | None = None
) -> tuple[ValueRead, str]:
    """Read what `label` is given in a cell with other words; return it and the rest of the text."""
    if kind == "text":
        return read_words_after(text, label)
    return read_after(text, label, Asked(kind, unit))


def _fault(text: str, asked: Asked) -> ValueRead | None:
    """Answer what the reader of the file already knows to be no value."""
    lost = _lost(text, asked)
    if lost:
        return unreadable(lost)
    if len(text) <= LONGEST_POINTER and asked.number is None and asked.moment is None:
        if is_prompt(text):
            return missing()
        if is_ditto(text):
            return ambiguous("ditto")
    doubt = _doubt(text, asked)
    return ambiguous(doubt) if doubt else None


def _doubt(text: str, asked: Asked) -> str | None:
    """Say why digits that stand there are not to be taken for the value."""
    if asked.kind in COUNTED and _MOBILE.fullmatch(text.strip()):
        return "vague"  # a telephone in the row of a number
    dressed = asked.flags & {"half-white", "superscript"}
    if dressed and asked.kind != "text" and re.search("[0-9]", text):
        return min(dressed)  # a note's mark or a power: 1200¹ is not 12001
    if "torn" in asked.flags and asked.kind in COUNTED:
        return "separator"
    return "formula-without-value" if "no-cached-value" in asked.flags else None


def _lost(text: str, asked: Asked) -> str | None:
    """Say why nothing of the text can be believed."""
    if asked.kind != "text" and len(text) > LONGEST:
        return "too-long"
    if "\ufffd" in text and asked.kind != "choice":
        return "garbled"
    if "error-value" in asked.flags or text.strip().upper() in _ERRORS:
        return "error-value"
    return "precision-lost" if "precision-lost" in asked.flags else None
