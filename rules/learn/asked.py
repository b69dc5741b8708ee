"""What a blank asks for, as seen on its page and not yet named or typed."""

from __future__ import annotations

from dataclasses import dataclass

from rules.form import Where


@dataclass(frozen=True, slots=True)
class Asked:
    """One label with a place for an answer, texts as printed.

    `value` is what stands in the answer's place; `owner` the label in whose row a sub-value
    stands in the remarks column; `unit` the row's entry in a column of units of measure.
    """

    label: str
    where: Where
    value: str = ""
    group: str | None = None
    column: str | None = None
    owner: str | None = None
    unit: str | None = None
    order: tuple[int, int] = (0, 0)  # line and column, as read


@dataclass(frozen=True, slots=True)
class Headed:
    """The headings of a table of rows, as printed."""

    label: str
    value: str
    remarks: str | None = None
    others: tuple[str, ...] = ()  # headings of further values
    ends: tuple[str, ...] = ()
