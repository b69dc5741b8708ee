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
class Group:
    """Findings of one kind, told under one heading.

    `wrong` and `fix` are what all of them share, else empty and told with each. `places` are
    the places alone, when nothing more is to be said about each.
    """

    title: str
    wrong: str
    fix: str
    points: tuple[Told, ...]
    places: tuple[str, ...] = ()


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
    wrong, fix = _shared([t.wrong for t in told]), _shared([t.fix for t in told])
    plain = bool(wrong and fix) and not any(t.read for t in told)
    places = tuple(t.where for t in told if t.where) if plain else ()
    return Group(told[0].title, wrong, fix, tuple(told), places)


def _shared(sentences: Sequence[str]) -> str:
    return sentences[0] if len(set(sentences)) == 1 else ""
