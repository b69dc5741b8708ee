"""What can be wrong in a campaign folder: one mistake with its place, and all of them at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.folder.sentences import SENTENCES, WARNINGS


@dataclass(frozen=True, slots=True)
class CampaignProblem:
    """One mistake: in which file, on which line or in which cell, under which key."""

    file: str
    code: str
    line: int | None = None
    cell: str | None = None
    key: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in SENTENCES:
            raise ValueError(f"unknown problem code {self.code!r}; add it to folder/sentences.py")

    @property
    def is_warning(self) -> bool:
        """Whether the campaign can be used all the same."""
        return self.code in WARNINGS

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return SENTENCES[self.code][0].format(**self.values)

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return SENTENCES[self.code][1].format(**self.values)

    @property
    def place(self) -> str:
        """The file with the line or the cell: campaign.yaml:14, roster.xlsx F7."""
        if self.cell is not None:
            return f"{self.file} {self.cell}"
        return f"{self.file}:{self.line}" if self.line is not None else self.file

    def inside(self, folder: str) -> CampaignProblem:
        """Return the problem with its file named from the campaigns' folder."""
        return dataclasses.replace(self, file=f"{folder}/{self.file}")

    def __str__(self) -> str:
        where = f"{self.place}: {self.key}: " if self.key else f"{self.place}: "
        return f"{where}{self.message}. Remedy: {self.remedy}."


class CampaignError(Exception):
    """A campaign folder that cannot be used, with everything that is wrong in it."""

    def __init__(self, problems: tuple[CampaignProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
