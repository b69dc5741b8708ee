"""What a blank asks for, as seen on its page and not yet named or typed."""

from __future__ import annotations

from dataclasses import dataclass

from rules.form import Where
from rules.labels import squeeze


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
    over: str = ""  # the heading over the column's own: 在校生数 over 小学

    @property
    def headings(self) -> tuple[str, ...]:
        """Return what stands over the column: its heading, then the parts of one of two rows."""
        own = squeeze(self.column or "")
        over = squeeze(self.over)
        return (own, own.removeprefix(over), over) if over else (own,)


@dataclass(frozen=True, slots=True)
class Headed:
    """The headings of a table of rows, as printed."""

    label: str
    value: str
    remarks: str | None = None
    others: tuple[str, ...] = ()  # headings of further values
    ends: tuple[str, ...] = ()
