"""How the bytes of a table become a campaign's roster, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.formats import read_document
from parsers.sniff import sniff
from parsers.unreadable import Unreadable
from rules.folder.problem import CampaignProblem
from rules.roster import Roster
from rules.rosters.clashes import unit_core
from rules.rosters.headings import NEEDED, Headings, find_headings, other_sheets
from rules.rosters.reading import RosterReading, UnitRow
from rules.rosters.rows import unit_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.document import Document
    from rules.campaign import Requirement


@dataclass(frozen=True, slots=True)
class SheetRoster:
    """What a sheet says: its units, what is wrong, and the columns that are the admin's own.

    `own` is heading → unit id → text; the roster is whole only where no problem is an error.
    """

    roster: Roster
    problems: tuple[CampaignProblem, ...]
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[CampaignProblem, ...]:
        """The problems for which the roster cannot be used."""
        return tuple(problem for problem in self.problems if not problem.is_warning)

    @property
    def warnings(self) -> tuple[CampaignProblem, ...]:
        """The problems that only ask for a look."""
        return tuple(problem for problem in self.problems if problem.is_warning)


def read_roster(
    data: bytes, requirements: Sequence[Requirement], name: str = "roster.xlsx"
) -> tuple[Roster, tuple[CampaignProblem, ...]]:
    """Return the units that could be read, and what is wrong with the others."""
    sheet = read_sheet(data, requirements, name)
    return sheet.roster, sheet.problems


def read_sheet(
    data: bytes, requirements: Sequence[Requirement], name: str = "roster.xlsx"
) -> SheetRoster:
    """Read a roster from any table, whatever its name: .xlsx, .xls, .et, .ods, .csv."""
    try:
        document = read_document(data, sniff(data, name))
    except Unreadable as error:
        problem = CampaignProblem(name, "roster-unreadable", values={"reason": str(error)})
        return SheetRoster(Roster(()), (problem,))
    return sheet_of(document, requirements, name)


def sheet_of(
    document: Document,
    requirements: Sequence[Requirement],
    name: str = "roster.xlsx",
    before: Roster | None = None,
) -> SheetRoster:
    """Read a roster from a spreadsheet's document.

    With `before`, the roster in force, the sheet is a copy of it that somebody edited: its units
    keep the ids they have there (`rules.rosters.ids`), and what the sheet has no column for.
    """
    found = find_headings(document)
    if found is None:
        given = "”, “".join(NEEDED)
        problem = CampaignProblem(name, "roster-without-heading", values={"given": given})
        return SheetRoster(Roster(()), (problem,))
    reading = RosterReading(name, found, tuple(requirements), before is not None)
    reading.read(before)
    reading.problems += _elsewhere(document, found, name, reading.rows)
    roster = Roster(tuple(row.unit for row in reading.rows))
    return SheetRoster(roster, tuple(reading.problems), _own_columns(found, reading.rows))


def _elsewhere(
    document: Document, read: Headings, name: str, rows: Sequence[UnitRow]
) -> Iterator[CampaignProblem]:
    """Say which sheets hold units that the one that is read does not."""
    known = {unit_core(one) for row in rows for one in (row.unit.name, *row.unit.aliases)}
    for other in other_sheets(document, read):
        names = {unit_core(row.text("单位")) for row in unit_rows(other)} - known - {""}
        if names:
            values = {"sheet": other.table.sheet, "read": read.table.sheet, "count": len(names)}
            yield CampaignProblem(name, "units-elsewhere", values=values)


def _own_columns(headings: Headings, rows: Sequence[UnitRow]) -> dict[str, dict[str, str]]:
    """Return what stands under headings of the admin's own, such as 邮编."""
    grid = headings.table.grid()
    own: dict[str, dict[str, str]] = {}
    for head in headings.unknown:
        if head.column_span == 1 and head.text.strip() != "序号":
            cells = ((row.unit.id, grid.get((row.row, head.column))) for row in rows)
            own[head.text.strip()] = {
                key: cell.text.strip() for key, cell in cells if cell and cell.text.strip()
            }
    return own
