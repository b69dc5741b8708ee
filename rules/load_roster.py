"""How the roster's spreadsheet becomes units: its headings, its cells, what must not clash."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parsers.document import Cell, Table
from parsers.formats import read_document
from parsers.unreadable import Unreadable
from rules.campaign import Requirement
from rules.labels import squeeze
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
from rules.validation import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.document import Document

# heading → other ways to write it; the order is the shipped roster's
HEADINGS: dict[str, tuple[str, ...]] = {
    "编号": ("代号", "单位编号", "id"),
    "单位": ("单位名称", "单位全称", "名称"),
    "简称/别名": ("简称", "别名", "其他名称"),
    "上级": ("上级单位", "上级部门"),
    "类别": ("类型", "单位类别"),
    "联系人": ("姓名", "联络人"),
    "邮箱": ("电子邮箱", "邮箱地址", "电子邮件", "email"),
    "手机": ("电话", "联系电话", "手机号", "手机号码"),
    "应报材料": ("应报",),
    "免报": ("免报材料",),
    "展期至": ("展期", "延期至", "延期"),
    "备注": ("说明",),
}
_NEEDED = ("编号", "单位")
_HEADING_ROWS = 20  # a title and notes may stand above the headings
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
    found = _find_headings(document)
    if found is None:
        given = "”, “".join(_NEEDED)
        problem = CampaignProblem(name, "roster-without-heading", values={"given": given})
        return Roster(()), (problem,)
    reading = _Reading(name, found, tuple(requirements))
    reading.read()
    return Roster(tuple(row.unit for row in reading.rows)), tuple(reading.problems)


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of headings: known heading → its grid column, and cells that are not known."""

    table: Table
    row: int
    columns: dict[str, int]
    unknown: tuple[Cell, ...]
    repeated: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit and the row of the sheet it stands in."""

    unit: Unit
    row: int


def _find_headings(document: Document) -> Headings | None:
    """Return the first visible row that has every needed heading, wherever it stands."""
    for table in document.tables:
        if "hidden-sheet" in table.flags:
            continue
        rows = sorted({cell.row for cell in table.cells if cell.text.strip()})[:_HEADING_ROWS]
        for row in rows:
            headings = _headings(table, row)
            if all(name in headings.columns for name in _NEEDED):
                return headings
    return None


def _headings(table: Table, row: int) -> Headings:
    columns: dict[str, int] = {}
    unknown: list[Cell] = []
    repeated: list[Cell] = []
    for cell in (c for c in table.cells if c.row == row and c.text.strip()):
        name = _known_heading(cell.text)
        if name is None:
            unknown.append(cell)
        elif name in columns:
            repeated.append(cell)
        else:
            columns[name] = cell.column
    return Headings(table, row, columns, tuple(unknown), tuple(repeated))


def _known_heading(text: str) -> str | None:
    written = squeeze(text)
    for name, others in HEADINGS.items():
        if written in map(squeeze, (name, *others)):
            return name
    return None


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

    def _check_headings(self) -> None:
        for cell in self.headings.unknown:
            suggestion = suggest(cell.text.strip(), HEADINGS)
            if suggestion.startswith("did you mean"):  # else a column of the admin's own
                self._add_at(cell, "unknown-heading", suggestion=suggestion)
        for cell in self.headings.repeated:
            first = self.ref(self.headings.row, _known_heading(cell.text) or "")
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
