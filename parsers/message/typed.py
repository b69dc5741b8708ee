"""A form typed into a mail as plain text: labelled lines, columns set apart by marks or gaps."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from parsers.document import Block, Cell, Document, Paragraph, Place, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_LINES = 5_000
LEAST_LINES = 4  # of a form; fewer are a signature or a remark
LEAST_ROWS = 3  # of columns that only gaps set apart

_MARKS = re.compile(r"(?:(?<!\s)\s+)?[\t|｜│┃]\s*")
_GAPS = re.compile(r"(?:[ \xa0]{2,}|\u3000+)\s*")
_RULE = re.compile(r"[\s|｜│┃+\-—–=_─━┌┐└┘├┤┬┴┼:]+")
_LABELLED = re.compile(r"[^:：]{1,40}[:：]")


def read_typed(lines: Iterable[str]) -> Document | None:
    """Return the document of a mail's own lines, None when too few of them look like a form's."""
    shown = [line for line in itertools.islice(lines, MAX_LINES) if not _is_ruling(line)]
    blocks, rows = _blocks(shown)
    labelled = sum(_LABELLED.match(b.text) is not None for b in blocks if isinstance(b, Paragraph))
    return Document("mail", tuple(blocks)) if labelled + rows >= LEAST_LINES else None


def _is_ruling(line: str) -> bool:
    """Whether a line is blank, or drawn to look like a table's ruling."""
    return not line.strip() or _RULE.fullmatch(line) is not None


def _blocks(lines: Sequence[str]) -> tuple[list[Block], int]:
    """Return paragraphs and tables in order, and how many lines became rows."""
    blocks: list[Block] = []
    rows = number = 0
    for parting, group in itertools.groupby(lines, _parting):
        texts = list(group)
        if parting is not None and len(texts) >= (LEAST_ROWS if parting is _GAPS else 2):
            rows += len(texts)
            number += 1
            blocks.append(_table(number, [_split(parting, text) for text in texts]))
        else:
            first = sum(isinstance(block, Paragraph) for block in blocks) + 1
            blocks += _paragraphs(texts, first)
    return blocks, rows


def _parting(line: str) -> re.Pattern[str] | None:
    """Return what sets a line's columns apart; labelled words in a row are no columns."""
    for parting in (_MARKS, _GAPS):
        cells = _split(parting, line)
        if len(cells) > 1:
            labelled = parting is _GAPS and any(_LABELLED.match(cell) for cell in cells)
            return None if labelled else parting
    return None


def _split(parting: re.Pattern[str], line: str) -> list[str]:
    """Cut a line into cells; marks drawn at its ends are its frame."""
    return parting.split(line.strip().strip("|｜│┃").strip(" \xa0\u3000"))


def _paragraphs(texts: Sequence[str], first: int) -> list[Block]:
    return [
        Paragraph(text.strip(), Place(paragraph=number))
        for number, text in enumerate(texts, start=first)
    ]


def _table(number: int, rows: Sequence[Sequence[str]]) -> Table:
    cells = [
        Cell(row, column, text, Place(table=number, row=row, column=column))
        for row, texts in enumerate(rows, start=1)
        for column, text in enumerate(texts, start=1)
    ]
    return Table(number, tuple(cells))
