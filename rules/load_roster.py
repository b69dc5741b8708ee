"""How the roster's spreadsheet becomes units: its headings, its cells, what must not clash."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parsers.formats import read_document
from parsers.unreadable import Unreadable
from rules.campaign import Requirement
from rules.problem import CampaignError, CampaignProblem, RosterProblem
from rules.roster import Roster, Unit
from rules.roster_cells import (
    ID,
    column_name,
    parse_addresses,
    parse_extensions,
    parse_names,
    parse_requirements,
    shown,
)
from rules.roster_clashes import find_clashes
from rules.roster_headings import HEADINGS, NEEDED, Headings, find_headings, known_heading
from rules.validation import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.document import Cell, Document

_MOST_UNITS = 20_000


def load_roster(
    data: bytes, requirements: Sequence[Requirement], name: str = "roster.xlsx"
) -> Roster:
    """Return the roster in a spreadsheet; raises CampaignError when anything is wrong in it."""
    roster, problems = read_roster(data, requirements, name)
    errors = tuple(problem for problem in problems if not problem.is_warning)
    if errors:
        raise CampaignError(errors)
    return roster


def check_roster(
    data: bytes, requirements: Sequence[Requirement], name: str = "roster.xlsx"
) -> tuple[RosterProblem, ...]:
    """Return everything wrong in a roster, warnings included, in the sheet's order."""
    return read_roster(data, requirements, name)[1]


def read_roster(
    data: bytes, requirements: Sequence[Requirement], name: str = "roster.xlsx"
) -> tuple[Roster, tuple[RosterProblem, ...]]:
    """Return the units that could be read, and what is wrong with the others."""
    try:
        document = read_document(data, "xlsx")
    except Unreadable as error:
        problem = CampaignProblem(name, "roster-unreadable", values={"reason": str(error)})
        return Roster(()), (problem,)
    return roster_of(document, requirements, name)


def roster_of(
    document: Document, requirements: Sequence[Requirement], name: str = "roster.xlsx"
) -> tuple[Roster, tuple[RosterProblem, ...]]:
    """Read a roster from a spreadsheet's document."""
    found = find_headings(document)
    if found is None:
        given = "”, “".join(NEEDED)
        problem = CampaignProblem(name, "roster-without-heading", values={"given": given})
        return Roster(()), (problem,)
    reading = _Reading(name, found, tuple(requirements))
    reading.read()
    return Roster(tuple(row.unit for row in reading.rows)), tuple(reading.problems)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit and the row of the sheet it stands in."""

    unit: Unit
    row: int


@dataclass
class _Reading:
    """One pass over the sheet: units read so far, problems met so far."""

    name: str
    headings: Headings
    requirements: tuple[Requirement, ...]
    rows: list[UnitRow] = field(default_factory=list)
    problems: list[RosterProblem] = field(default_factory=list)

    def read(self) -> None:
        self._check_headings()
        for row, cells in self._body():
            self._read_row(row, cells)
        if not self.rows and not self.problems:
            self.add("roster-empty", self.headings.row, "单位")
        for clash in find_clashes([(row.row, row.unit) for row in self.rows]):
            values = {**clash.values, "first": self.ref(clash.first_row, clash.first_column)}
            self.add(clash.code, clash.row, clash.column, **values)

        self._sum_up_addresses()

    def _sum_up_addresses(self) -> None:
        """Say once what is wrong when it is wrong with every row."""
        missing = [problem for problem in self.problems if problem.code == "no-address"]
        if len(missing) > 1 and not any(row.unit.addresses for row in self.rows):
            self.problems = [p for p in self.problems if p.code != "no-address"]
            self.add("no-addresses", self.headings.row, "邮箱")

    def _check_headings(self) -> None:
        for cell in self.headings.unknown:
            suggestion = suggest(cell.text.strip(), HEADINGS)
            if suggestion.startswith("did you mean"):  # else a column of the admin's own
                self._add_at(cell, "unknown-heading", suggestion=suggestion)
        for cell in self.headings.repeated:
            first = self.ref(self.headings.row, known_heading(cell.text) or "")
            self._add_at(cell, "duplicate-heading", first=first)

    def _body(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        grid = self.headings.table.grid()
        last = max((row for row, _ in grid), default=0)
        if last - self.headings.row > _MOST_UNITS:
            self.add("too-many-units", last, "单位", limit=_MOST_UNITS)
            return
        for row in range(self.headings.row + 1, last + 1):
            cells = {
                name: grid[row, column]
                for name, column in self.headings.columns.items()
                if (row, column) in grid and shown(grid[row, column])
            }
            if cells:
                yield row, cells

    def _read_row(self, row: int, cells: dict[str, Cell]) -> None:
        texts = {name: shown(cell) for name, cell in cells.items()}
        if "单位" not in texts:
            self.add("name-missing", row, "单位")
            return
        unit = Unit(
            id=self._id(row, texts.get("编号", "")),
            name=re.sub(r"\s+", "", texts["单位"]),
            aliases=parse_names(texts.get("简称/别名", "")),
            parent=texts.get("上级", ""),
            category=texts.get("类别", ""),
            contact=texts.get("联系人", ""),
            addresses=self._addresses(row, texts.get("邮箱", "")),
            phone=texts.get("手机", ""),
            owes=self._owed(row, "应报材料", texts),
            exempt=self._owed(row, "免报", texts),
            remark=texts.get("备注", ""),
        )
        extended = parse_extensions(cells.get("展期至"), self.requirements, unit.owes)
        for code, values in extended.problems:
            self.add(code, row, "展期至", **values)
        self.rows.append(UnitRow(replace(unit, extended=extended.days), row))
        if any("hidden-row" in cell.flags for cell in cells.values()):
            self.add("hidden-row", row, "单位")

    def _id(self, row: int, written: str) -> str:
        if not written:
            self.add("id-missing", row, "编号")
        elif ID.fullmatch(written) is None:
            self.add("wrong-id", row, "编号", given=written)
        return written

    def _addresses(self, row: int, written: str) -> tuple[str, ...]:
        good, bad = parse_addresses(written)
        for address in bad:
            self.add("wrong-address", row, "邮箱", given=address)
        if not good and not bad:
            self.add("no-address", row, "邮箱")
        return good

    def _owed(self, row: int, column: str, texts: dict[str, str]) -> tuple[str, ...]:
        keys, unknown = parse_requirements(texts.get(column, ""), self.requirements)
        titles = [requirement.title for requirement in self.requirements]
        for name in unknown:
            suggestion = suggest(name, titles)
            self.add("unknown-requirement", row, column, given=name, suggestion=suggestion)
        return keys

    def ref(self, row: int, column: str) -> str:
        """Return a cell's name such as F7; the row alone when the column is not in the sheet."""
        number = self.headings.columns.get(column)
        return f"{column_name(number)}{row}" if number else f"row {row}"

    def add(self, code: str, row: int, column: str, **values: object) -> None:
        cell = self.ref(row, column)
        self.problems.append(CampaignProblem(self.name, code, cell=cell, key=column, values=values))

    def _add_at(self, cell: Cell, code: str, **values: object) -> None:
        where = f"{column_name(cell.column)}{cell.row}"
        values["given"] = cell.text.strip()
        self.problems.append(CampaignProblem(self.name, code, cell=where, values=values))
