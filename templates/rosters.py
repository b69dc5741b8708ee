"""What an admin reads of rosters outside letters: in the workbook, and from `shoubiao roster`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from templates import words
from templates.broken import tell_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from rules.rosters.change import RosterChange
    from rules.rosters.load import SheetRoster
    from rules.rosters.sheet import RosterWords


def roster_words() -> RosterWords:
    """Return the words that `rules.rosters.sheet` writes into a workbook."""
    from rules.rosters.sheet import RosterWords  # noqa: PLC0415 - whoever writes workbooks has it

    said = _said()
    return RosterWords(said["sheet"], said["choices"], said["notes"])


def checked_lines(sheet: SheetRoster, file: str) -> Iterator[str]:
    """Yield a line for each problem, and one that sums up."""
    for problem in sheet.problems:
        pattern = _said()["warning" if problem.is_warning else "error"]
        yield pattern.format(problem=tell_problem(problem))
    counts = {"errors": len(sheet.errors), "warnings": len(sheet.warnings)}
    yield _said()["checked"].format(file=file, units=len(sheet.roster.units), **counts)


def version_line(  # noqa: PLR0913 - what a version is
    number: int,
    at: datetime,
    how: str,
    who: str,
    changes: Iterable[RosterChange],
    *,
    in_force: bool,
    adopted: bool,
) -> str:
    """Say one version of a roster: when it came, how, from whom, what it changed."""
    said = _said()
    state = said["in-force"] if in_force else "" if adopted else said["waits"]
    told = said["version"].format(
        number=number,
        at=words.moment(at),
        how=said["how"][how],
        who=words.clean(who) or "-",
        what=_summed(changes) or said["unchanged"],
    )
    return f"{told}{state}"


def _summed(changes: Iterable[RosterChange]) -> str:
    """Count the units of each kind of change: 移出名单（1个单位）、邮箱（3个单位）."""
    said = _said()
    units = Counter(kind for kind, _ in {(change.kind, change.unit) for change in changes})
    titles = (said["changes"][kind]["title"].format(count=n) for kind, n in sorted(units.items()))
    joined: str = said["comma"].join(titles)
    return joined


def _said() -> Any:
    return words.load("roster.yaml")
