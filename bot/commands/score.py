"""`shoubiao score`: how well filled files are read, against what a person says they state."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.commands.offices import campaigns_of
from bot.commands.read import unit_of
from bot.commands.scoreboard import file_json, group_lines, print_json, show
from bot.commands.screen import screen
from bot.commands.trouble import wrong
from bot.progress import steps
from bot.reading.children import ReadingFailed, ReadingPool
from rules.judging.evidence import examine, is_opened
from rules.score.compare import Outcome, ReadForm, compare
from rules.score.expectation import ENDINGS, load_expectation
from rules.score.tally import FileScore, tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rules.campaign import Campaign
    from rules.score.expectation import Expectation

SHOWN_FAULTS = 40


def score_folder(  # noqa: PLR0913 - one argument per switch of the command
    folder: Path,
    campaign: str | None,
    config: Path | None,
    *,
    at_least: float,
    details: bool,
    as_json: bool,
) -> int:
    """Print the score of every file with an expectation; 1 if a value is wrong or too few right."""
    campaigns = campaigns_of(config, campaign)
    cases = tuple(find_cases(folder, campaigns))
    scores: list[FileScore] = []
    with ReadingPool(size=1) as pool:
        for case in steps(cases, "reading", quiet=as_json):
            scores.append(score_file(pool, folder, *case, campaigns))
            if as_json:
                print_json(file_json(scores[-1]))
    if as_json:
        for line in group_lines(scores):
            print_json(line)
    else:
        show(screen(), scores, most=len(scores) * 100 if details else SHOWN_FAULTS)
    total = tally(scores)
    return 1 if total.outcomes[Outcome.WRONG] or total.percent < at_least else 0


def find_cases(folder: Path, campaigns: Sequence[Campaign]) -> Iterator[tuple[Path, Expectation]]:
    """Yield every file that has an expectation beside it; Trouble when there is none."""
    if not folder.is_dir():
        raise wrong("no-such-folder", folder)
    notes = sorted(p for p in folder.rglob("*") if p.suffix in ENDINGS and p.with_suffix("").suffix)
    if not notes:
        raise wrong("score-nothing", folder, folder=folder)
    for note in notes:
        file = note.with_suffix("")
        if not file.is_file():
            raise wrong("score-no-file", note, name=file.name)
        yield file, load_expectation(note, campaigns)


def score_file(
    pool: ReadingPool,
    folder: Path,
    path: Path,
    expectation: Expectation,
    campaigns: Sequence[Campaign],
) -> FileScore:
    """Read one file in the worker's limited child, and compare."""
    pool.peak_mb()  # from here on
    prefer = frozenset({expectation.mailbox} if expectation.mailbox else ())
    begun = time.monotonic()
    error: str | None = None
    read: tuple[ReadForm, ...] = ()
    try:
        read = tuple(read_forms_of(pool, path, campaigns, prefer))
    except ReadingFailed as failure:
        error = f"the reader failed: {failure.cause}"
    seconds = time.monotonic() - begun
    return FileScore(
        path.relative_to(folder).as_posix(),
        expectation.format or path.suffix.lstrip(".").lower(),
        expectation.mess,
        seconds,
        pool.peak_mb(),
        compare(expectation, read),
        error,
    )


def read_forms_of(
    pool: ReadingPool, path: Path, campaigns: Sequence[Campaign], prefer: frozenset[str]
) -> Iterator[ReadForm]:
    """Yield every form in a file, with its unit; ReadingFailed when no child could read it."""
    files = pool.read_file(path.absolute(), path.name)
    for file in (f for f in files if not is_opened(f) or len(files) == 1):
        pieces, _ = examine(file, campaigns, prefer)
        for piece in pieces:
            if piece.reading is not None:
                unit = unit_of(file, piece)
                yield ReadForm(piece.reading, unit.id if unit else None)
