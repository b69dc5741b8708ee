"""What is counted over many files: fields by outcome, forms and units known, time and memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.score.compare import Compared, FormScore, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class FileScore:
    """One file, read: seconds by the clock, the reading child's peak in MB, what went wrong."""

    file: str
    format: str
    mess: tuple[str, ...]
    seconds: float
    peak_mb: float
    forms: tuple[FormScore, ...]
    error: str | None = None

    @property
    def fields(self) -> tuple[Compared, ...]:
        """Every field of every form."""
        return tuple(field for form in self.forms for field in form.fields)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over some files; `peak_mb` is the greatest, `seconds` of all together."""

    files: int
    outcomes: Counter[Outcome]
    forms: tuple[int, int]  # recognised, expected
    units: tuple[int, int]
    seconds: float
    slowest: float
    peak_mb: float

    @property
    def fields(self) -> int:
        """How many fields were compared."""
        return sum(self.outcomes.values())

    @property
    def percent(self) -> float:
        """Fields read right or asked back rightly, of all; 100 of none."""
        good = self.outcomes[Outcome.RIGHT] + self.outcomes[Outcome.ASKED]
        return 100 * good / self.fields if self.fields else 100.0


def tally(files: Iterable[FileScore]) -> Tally:
    """Count files together."""
    listed = tuple(files)
    forms = [form for file in listed for form in file.forms]
    units = [form.unit for form in forms if form.unit is not None]
    return Tally(
        len(listed),
        Counter(field.outcome for form in forms for field in form.fields),
        (sum(form.recognised for form in forms), len(forms)),
        (sum(units), len(units)),
        sum(file.seconds for file in listed),
        max((file.seconds for file in listed), default=0.0),
        max((file.peak_mb for file in listed), default=0.0),
    )


def by_format(files: Iterable[FileScore]) -> dict[str, Tally]:
    """Count per format."""
    return _grouped(files, lambda file: (file.format,))


def by_mess(files: Iterable[FileScore]) -> dict[str, Tally]:
    """Count per kind of mess; a file with two counts for both."""
    return _grouped(files, lambda file: file.mess)


def _grouped(
    files: Iterable[FileScore], keys: Callable[[FileScore], Iterable[str]]
) -> dict[str, Tally]:
    groups: dict[str, list[FileScore]] = {}
    for file in files:
        for key in keys(file):
            groups.setdefault(key, []).append(file)
    return {key: tally(groups[key]) for key in sorted(groups)}
