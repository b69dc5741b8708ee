"""One thing that is different between two rosters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What happened to a unit, the gravest first."""

    REMOVED = "removed"
    ADDED = "added"
    RENAMED = "renamed"
    EXEMPTED = "exempted"
    OWED_AGAIN = "owed-again"
    EXTENDED = "extended"
    NOT_EXTENDED = "not-extended"
    OWES = "owes"
    ADDRESSES = "addresses"
    DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class RosterChange:
    """One thing that is different about one unit, under its name of now.

    `column` is the heading it stands under, `about` the requirement's title where it is about
    one; `before` and `after` are as the cells say it, "" for nothing.
    """

    kind: Kind
    unit: str
    name: str
    column: str = ""
    about: str = ""
    before: str = ""
    after: str = ""
