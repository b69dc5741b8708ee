"""One pass over a roster's sheet: its rows become units, what is wrong is noted with its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rules.campaign import Requirement
from rules.folder.problem import CampaignProblem
from rules.folder.validation import suggest
from rules.labels import squeeze
from rules.roster import Roster, Unit
from rules.rosters.addresses import corrected, is_impossible, parse_addresses
from rules.rosters.cells import (
    ID,
    column_name,
    parse_extensions,
    parse_names,
    parse_requirements,
)
from rules.rosters.clashes import find_clashes
from rules.rosters.headings import HEADINGS, OTHERS, Headings, known_heading
from rules.rosters.ids import derived_id, kept_ids, with_ids
from rules.rosters.phones import read_phones
from rules.rosters.rows import SheetRow, last_row, unit_rows

if TYPE_CHECKING:
    from parsers.document import Cell

_MOST_UNITS = 20_000
FIELDS = {
    "简称/别名": "aliases", "上级": "parent", "类别": "category", "联系人": "contact",
    "邮箱": "addresses", "手机": "phone", "应报材料": "owes", "免报": "exempt",
    "展期至": "extended", "备注": "remark",
}  # fmt: skip
"""Heading → the field of a unit that stands under it."""
_CLOSED = "撤并|撤销|撤消|裁撤|并入|注销|停办|解散"
_ENDED = re.compile(
    rf"(?:已经?|现|被)(?:{_CLOSED})"
)  # in the remarks: 已更名 may tell of the old name
_ENDED_NAME = re.compile(
    rf"(?:已经?|现|被|[(（\[【][^()（）【】]{{0,20}})(?:{_CLOSED}|合并|更名|改名)"
)
_NUMBERED = re.compile(r"^\d{1,3}\s*[.、．]\s*(?=\D)")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit and the row of the sheet it stands in."""

    unit: Unit
    row: int


@dataclass
class RosterReading:
    """One pass over the sheet: units read so far, problems met so far."""

    name: str
    headings: Headings
    requirements: tuple[Requirement, ...]
    is_copy: bool = False  # of a roster in force: what it leaves out stays as it is
    rows: list[UnitRow] = field(default_factory=list)
    problems: list[CampaignProblem] = field(default_factory=list)

    def read(self, before: Roster | None) -> None:
        """Read every row; with `before`, units keep the ids they have there."""
        self._check_headings()
        if last_row(self.headings) - self.headings.row > _MOST_UNITS:
            self.add("too-many-units", last_row(self.headings), "单位", limit=_MOST_UNITS)
            return
        for row in unit_rows(self.headings):
            self._read_row(row)
        if not self.rows and not self.problems:
            self.add("roster-empty", self.headings.row, "单位")
        if before is not None:
            self._keep_ids(before)
        for clash in find_clashes([(row.row, row.unit) for row in self.rows]):
            values = {**clash.values, "first": self.ref(clash.first_row, clash.first_column)}
            self.add(clash.code, clash.row, clash.column, **values)
        self._sum_up_addresses()

    def _keep_ids(self, before: Roster) -> None:
        roster = Roster(tuple(row.unit for row in self.rows))
        kept = with_ids(roster, kept_ids(roster, before, trusted=False)).units
        old = {unit.id: unit for unit in before.units}
        pairs = zip(kept, self.rows, strict=True)
        self.rows = [UnitRow(self._filled(unit, old.get(unit.id)), row.row) for unit, row in pairs]
        self.problems = [problem for problem in self.problems if problem.code != "wrong-id"]

    def _filled(self, unit: Unit, was: Unit | None) -> Unit:
        """Return a unit with what its sheet has no column for as it was."""
        lacking = [n for heading, n in FIELDS.items() if heading not in self.headings.columns]
        if was is None:
            return unit
        if "编号" not in self.headings.columns and unit.name in was.aliases:
            unit = replace(unit, name=was.name)  # a list of other making calls it so
        return replace(unit, **{name: getattr(was, name) for name in lacking})

    def _sum_up_addresses(self) -> None:
        """Say once what is wrong when it is wrong with every row."""
        missing = [problem for problem in self.problems if problem.code == "no-address"]
        if len(missing) > 1 and not any(row.unit.addresses for row in self.rows):
            self.problems = [p for p in self.problems if p.code != "no-address"]
            self.add("no-addresses", self.headings.row, "邮箱")

    def _check_headings(self) -> None:
        lacking = [name for name in HEADINGS if name not in self.headings.columns]
        for cell in (c for c in self.headings.unknown if squeeze(c.text) not in OTHERS):
            suggestion = suggest(cell.text.strip(), lacking)
            if suggestion.startswith("did you mean"):  # else a column of the admin's own
                self._add_at(cell, "unknown-heading", suggestion=suggestion)
        for cell in self.headings.repeated:
            first = self.ref(self.headings.row, known_heading(cell.text) or "")
            self._add_at(cell, "duplicate-heading", first=first)

    def _read_row(self, row: SheetRow) -> None:
        name = _NUMBERED.sub("", "".join(row.text("单位").split()))
        if not name:
            self.add("name-missing", row.number, "单位")
            return
        unit = Unit(
            id=self._id(row, name),
            name=name,
            aliases=parse_names(row.text("简称/别名")),
            parent=row.text("上级"),
            category=row.text("类别"),
            contact=row.text("联系人"),
            addresses=self._addresses(row),
            phone=self._phone(row),
            owes=self._owed(row, "应报材料"),
            exempt=self._owed(row, "免报"),
            remark=row.text("备注"),
        )
        extended = parse_extensions(row.cells.get("展期至"), self.requirements, unit.owes)
        for code, values in extended.problems:
            self.add(code, row.number, "展期至", **values)
        if extended.days:
            unit = replace(unit, extended=extended.days)
        self.rows.append(UnitRow(unit, row.number))
        if any("hidden-row" in cell.flags for cell in row.cells.values()):
            self.add("hidden-row", row.number, "单位")
        self._check_ended(row, name)

    def _check_ended(self, row: SheetRow, name: str) -> None:
        """Warn of a unit that the sheet itself says is no more: it would be chased for ever."""
        told = {"单位": _ENDED_NAME.search(name), "备注": _ENDED.search(row.text("备注"))}
        column = next((column for column, found in told.items() if found), None)
        if column is not None:
            self.add("ended-unit", row.number, column, given=name)

    def _id(self, row: SheetRow, name: str) -> str:
        written = row.text("编号")
        if written and ID.fullmatch(written) is None:
            self.add("wrong-id", row.number, "编号", given=written)
        return written or derived_id(name)

    def _addresses(self, row: SheetRow) -> tuple[str, ...]:
        if "邮箱" not in self.headings.columns and self.is_copy:
            return ()
        good, bad = parse_addresses(row.text("邮箱"))
        for address in (*bad, *filter(is_impossible, good)):
            self._wrong_address(row.number, address)
        for address in good:
            if not is_impossible(address) and (meant := corrected(address)):
                self.add("doubtful-address", row.number, "邮箱", given=address, meant=meant)
        if not good and not bad:
            self.add("no-address", row.number, "邮箱")
        return good

    def _wrong_address(self, row: int, address: str) -> None:
        meant = corrected(address)
        if meant is None:
            self.add("wrong-address", row, "邮箱", given=address)
        else:
            self.add("misspelt-address", row, "邮箱", given=address, meant=meant)

    def _phone(self, row: SheetRow) -> str:
        phones = read_phones(row.text("手机"))
        for code, given in phones.problems:
            self.add(code, row.number, "手机", given=given)
        return phones.text

    def _owed(self, row: SheetRow, column: str) -> tuple[str, ...]:
        keys, unknown = parse_requirements(row.text(column), self.requirements)
        titles = [requirement.title for requirement in self.requirements]
        for name in unknown:
            suggestion = suggest(name, titles)
            self.add("unknown-requirement", row.number, column, given=name, suggestion=suggestion)
        return keys

    def ref(self, row: int, column: str) -> str:
        """Return a cell's name such as F7; that of the unit where the column is not there."""
        number = self.headings.columns.get(column) or self.headings.columns["单位"]
        return f"{column_name(number)}{row}"

    def add(self, code: str, row: int, column: str, **values: object) -> None:
        """Note a problem at the cell of a row and heading."""
        cell = self.ref(row, column)
        self.problems.append(CampaignProblem(self.name, code, cell=cell, key=column, values=values))

    def _add_at(self, cell: Cell, code: str, **values: object) -> None:
        where = f"{column_name(cell.column)}{cell.row}"
        values["given"] = cell.text.strip()
        self.problems.append(CampaignProblem(self.name, code, cell=where, values=values))
