"""How many findings become a short list: alike ones together, the most important first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.finding import Finding, Severity
from templates.findings import Told, tell, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules.form import Form


@dataclass(frozen=True, slots=True)
class Alike:
    """Findings with the same sentences, said once under all their places.

    `fix` is empty where the group says it.
    """

    wrong: str
    fix: str
    points: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one kind, told under one heading; `fix` is what all of them share, else empty."""

    title: str
    fix: str
    alike: tuple[Alike, ...]

    @property
    def points(self) -> tuple[Told, ...]:
        """All findings."""
        return tuple(point for one in self.alike for point in one.points)


@dataclass(frozen=True, slots=True)
class Points:
    """What must be corrected, what to check (right as it is, perhaps), and what was noted."""

    must: tuple[Group, ...] = ()
    check: tuple[Group, ...] = ()
    notes: tuple[Group, ...] = ()

    @property
    def count(self) -> int:
        """How many places must be corrected."""
        return sum(len(group.points) for group in self.must)


def points(findings: Iterable[Finding], form: Form | None = None) -> Points:
    """Group findings by what they ask of the reader."""
    told = tuple(findings)
    return Points(
        must=_groups(told, Severity.ERROR, form),
        check=_groups(told, Severity.WARNING, form),
        notes=_groups(told, Severity.NOTE, form),
    )


def _groups(
    findings: Sequence[Finding], severity: Severity, form: Form | None
) -> tuple[Group, ...]:
    alike: dict[str, list[Told]] = {}
    for finding in sorted((f for f in findings if f.severity is severity), key=weight):
        told = _with_file(tell(finding, form), finding)
        if told not in alike.setdefault(finding.code, []):
            alike[finding.code].append(told)
    return tuple(_group(told) for told in alike.values())


def _with_file(told: Told, finding: Finding) -> Told:
    """Name the file where a finding has no place of its own."""
    if told.where or not finding.file:
        return told
    return Told(f"《{finding.file}》", told.read, told.title, told.wrong, told.fix)


def _group(told: Sequence[Told]) -> Group:
    fixes = {point.fix for point in told}
    alike: dict[tuple[str, str], list[Told]] = {}
    for point in told:
        fix = point.fix if len(fixes) > 1 else ""
        alike.setdefault((point.wrong, fix), []).append(point)
    shared = tuple(Alike(wrong, fix, tuple(points)) for (wrong, fix), points in alike.items())
    return Group(told[0].title, "" if len(fixes) > 1 else told[0].fix, shared)
