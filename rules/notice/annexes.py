"""Which annexes a notice names (附件：1.… 2.…), and where its blocks stand in the flat text."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from parsers.document import Document, Paragraph
from rules.learn.title import ends_like_form, tidy
from rules.notice.flat import Flat, flatten
from rules.notice.forms import annex_number, is_blank
from rules.reader.titles import read_title

if TYPE_CHECKING:
    from parsers.document import Table
    from rules.notice.model import NoticeForm

_LIST = re.compile(r"附件[:]?(?=\d{1,2}[.、])|附件[:]")
_ITEM = re.compile(r"(?:附件)?(\d{1,2}|[一二三四五六七八九十])[.、:]")
_STOP = re.compile(r"。|联系人|抄送|(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?!前)")
LIKE = 78  # per cent from which two titles mean one form


@dataclass(frozen=True, slots=True)
class Source:
    """A notice's document, flat; `starts` has where each block begins in the flat text."""

    document: Document
    flat: Flat
    starts: tuple[int, ...]

    def block_at(self, position: int) -> int:
        """Return the block a position of the flat text belongs to."""
        return max(0, bisect.bisect_right(self.starts, position) - 1)


def source_of(document: Document) -> Source:
    """Write a document as flat text; a table of data as a sentence a row."""
    texts: list[str] = []
    begins: list[int] = []
    length = 0
    for block in document.blocks:
        text = block.text if isinstance(block, Paragraph) else _rows(block)
        begins.append(length)
        texts.append(text)
        length += len(text) + 1
    flat = flatten("\n".join(texts))
    starts = tuple(bisect.bisect_left(flat.origin, begin) for begin in begins)
    return Source(document, flat, starts)


def _rows(table: Table) -> str:
    if is_blank(table):
        return "\n".join(cell.text for cell in table.cells if cell.text.strip())
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(" ".join(cell.text.split()))
    return "\n".join(f"{'，'.join(filter(None, row))}。" for row in rows.values() if any(row))


def annex_titles(flat: Flat) -> dict[int, str]:
    """Return number → title of the annexes the notice lists."""
    found: dict[int, str] = {}
    for match in _LIST.finditer(flat.text):
        if not flat.begins_line(match.start()):
            continue
        stop = _STOP.search(flat.text, match.end(), match.end() + 600)
        end = stop.start() if stop else min(len(flat.text), match.end() + 300)
        found = found or _items(flat, match.end(), end)
    return found


def _items(flat: Flat, start: int, end: int) -> dict[int, str]:
    heads = [m for m in _ITEM.finditer(flat.text, start, end) if _is_head(flat, m, start)]
    if not heads:
        title = _one_title(flat, start, end)
        return {1: title} if title else {}
    found: dict[int, str] = {}
    for index, head in enumerate(heads):
        after = heads[index + 1].start() if index + 1 < len(heads) else end
        number = annex_number(head[1])
        title = _one_title(flat, head.end(), after)
        if number and title:
            found.setdefault(number, title)
    return found


def _is_head(flat: Flat, match: re.Match[str], start: int) -> bool:
    spaced = match.start() in flat.gaps or match.start() == start
    return spaced or flat.text[match.start() - 1] in ";,、"


def _one_title(flat: Flat, start: int, end: int) -> str:
    """Return an annex's title: up to the line on which it ends like a form, or the first line."""
    lines = [g for g in sorted(flat.gaps) if start < g < end and flat.gaps[g] == "\n"]
    for stop in [*lines, end]:
        text = flat.text[start:stop]
        if ends_like_form(text) or (stop != end and len(text) >= 4 and stop - start > 30):
            return tidy(text).strip("《》;,:")
    return tidy(flat.text[start : lines[0] if lines else end]).strip("《》;,:")[:60]


def form_named(
    title: str, aside: str, forms: tuple[NoticeForm, ...], titles: dict[int, str]
) -> int | None:
    """Return which of the notice's forms a phrase means: by annex number, else by title."""
    numbered = re.search(r"附[件表]([\d一二三四五六七八九十]{0,2})", f"{aside} {title}")
    number = annex_number(numbered[1] or "1") if numbered else None
    if number is not None:
        at = _by_number(number, forms, titles)
        if at is not None:
            return at
    return likest(title, [form.draft.form.title for form in forms])


def _by_number(number: int, forms: tuple[NoticeForm, ...], titles: dict[int, str]) -> int | None:
    for index, form in enumerate(forms):
        if form.number == number:
            return index
    return likest(titles[number], [f.draft.form.title for f in forms]) if number in titles else None


def likest(title: str, titles: list[str]) -> int | None:
    """Return the title that means the same form, years and 附件 apart; None if none or two."""
    scores = [_likeness(title, other) for other in titles]
    best = max(scores, default=0.0)
    if best < LIKE or scores.count(best) > 1:
        return None
    return scores.index(best)


def _likeness(first: str, second: str) -> float:
    a, b = read_title(first).bare, read_title(second).bare
    if not a or not b:
        return 0.0
    if a == b:
        return 100.0
    short, long = sorted((a, b), key=len)
    if len(short) >= 3 and long.endswith(short):
        return 95.0
    return fuzz.ratio(a, b)
