"""How a campaign's problems are laid out for its admin: which file, which line, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rules.folder.validation import Suggestion
from templates import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.folder.problem import CampaignProblem
    from templates.views import CampaignBrokenView

MOST_LISTED = 30
_MOST_KNOWN = 12  # words that a remedy names


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem in words; `line` and `cell` are "" where it has none."""

    file: str
    line: str
    cell: str
    wrong: str
    remedy: str


def broken_page(view: CampaignBrokenView) -> dict[str, Any]:
    """Lay out the letter about an edit that cannot be used."""
    return {
        "view": view,
        "campaign": view.in_force,
        "count": len(view.problems),
        "problems": tuple(_line(problem) for problem in view.problems[:MOST_LISTED]),
        "left_out": max(0, len(view.problems) - MOST_LISTED),
        "attachments": (),
    }


def problem_lines(problems: Sequence[CampaignProblem]) -> tuple[ProblemLine, ...]:
    """Say each problem in words."""
    return tuple(_line(problem) for problem in problems)


def problem_comment(problem: CampaignProblem) -> str:
    """Say a problem as the comment at its own cell."""
    said = _line(problem)
    pattern: str = words.load("problems.yaml")["comment"]
    return pattern.format(wrong=said.wrong, remedy=said.remedy)


def tell_problem(problem: CampaignProblem) -> str:
    """Say one problem on one line: file and line or cell, key, what is wrong, what to do."""
    said = _line(problem)
    pattern: str = words.load("problems.yaml")["line"]
    key = f"{problem.key}：" if problem.key else ""
    return pattern.format(place=problem.place, key=key, wrong=said.wrong, remedy=said.remedy)


def _line(problem: CampaignProblem) -> ProblemLine:
    values = {name: _said(value) for name, value in problem.values.items()}
    wrong, remedy = (text.format(**values) for text in words.load("problems.yaml")[problem.code])
    line = str(problem.line) if problem.line is not None and problem.cell is None else ""
    return ProblemLine(problem.file, line, problem.cell or "", wrong, remedy)


def _said(value: object) -> str:
    """Say a value in a letter's words; a suggestion is said anew from the words it knows."""
    if not isinstance(value, Suggestion):
        return words.excerpt(str(value), 60)
    said = words.load("problems.yaml")["suggestions"]
    if value.nearest:
        text: str = said["nearest"].format(word=value.nearest)
    elif value.known:
        text = said["known"].format(words=said["comma"].join(value.known[:_MOST_KNOWN]))
    else:
        text = said["nothing"]
    return text
