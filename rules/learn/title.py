"""Which lines over a form are its title, and where the form itself begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.labels import colon_at, squeeze
from rules.learn.cells import is_blank

if TYPE_CHECKING:
    from rules.reader.page import Line, Page

ANNEX = re.compile(
    r"^附[件表录]?[\d一二三四五六七八九十]{0,3}[:.、]?$|^附[件表]\d{1,2}[-–]\d{1,2}[:.]?$"
)
ANNEX_START = re.compile(r"^附[件表录][\d一二三四五六七八九十]{0,3}[:.、]?")
FORM_WORDS = (
    *(
        "表",
        "单",
        "书",
        "卡",
        "册",
        "回执",
        "名单",
        "清单",
        "目录",
        "表格",
        "模板",
        "样表",
        "档案",
        "问卷",
    ),
)
_TAIL = re.compile(r"\((?:[^()]{1,12})\)$")
_BEGINS = re.compile(r"(?:19|20)\d\d(?:年|[-—]\d{4})|关于|附件")
_DAY = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:印发)?$")
_STOP = re.compile(r"[。；;！？!?，,]")
_NARROW = {
    code: code - 0xFEE0
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A title, its first line and the line after its last; `sure` when it calls itself a form."""

    text: str
    first: int
    after: int
    sure: bool


def find_title(page: Page, first: int, last: int) -> Found:
    """Return the title among the lines first..last; an empty one when no line may be it."""
    run: list[tuple[int, str]] = []
    for number in range(first, last + 1):
        text = title_line(page, page.lines[number])
        if text is None:
            if run:
                break
            if not _is_annex(page.lines[number]):
                break
            continue
        run.append((number, text))
        if ends_like_form(text):
            break
    return _found(run, first)


def _found(run: list[tuple[int, str]], first: int) -> Found:
    if not run:
        return Found("", first, first, sure=False)
    sure = ends_like_form(run[-1][1])
    kept = _last_lines(run) if sure else run[:1]
    text = tidy("".join(text for _, text in kept))
    return Found(text, kept[0][0], kept[-1][0] + 1, sure=sure)


def _last_lines(run: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the lines of one title, up to three: 2024年… begins it."""
    begin = len(run) - 1
    while begin > max(0, len(run) - 3) and _BEGINS.match(squeeze(run[begin][1])) is None:
        begin -= 1
    return run[begin:]


def title_line(page: Page, line: Line) -> str | None:
    """Return a line's text if it may be (part of) a title: one text alone, no label."""
    filled = [slot for slot in line.slots if slot.filled]
    if len(filled) != 1:
        return None
    text = filled[0].text.strip()
    if line.table is not None and len(line.slots) > 1:
        unmerged = page.grids[line.table].sheet is not None and ends_like_form(text)
        if not unmerged:
            return None
    flat = squeeze(text)
    if ANNEX.match(flat) or _DAY.match(flat) or not 2 <= len(flat) <= LONGEST or is_blank(text):
        return None
    rest = ANNEX_START.sub("", flat)
    if colon_at(rest) is not None or _STOP.search(rest):
        return None
    return text[len(text) - len(text.lstrip()) :] if rest == flat else rest


def _is_annex(line: Line) -> bool:
    texts = [slot.text for slot in line.slots if slot.filled]
    return not texts or (len(texts) == 1 and ANNEX.match(squeeze(texts[0])) is not None)


def ends_like_form(text: str) -> bool:
    """Say whether a title ends as forms are called: …表, …回执, …表（样表）."""
    return _TAIL.sub("", squeeze(text)).endswith(FORM_WORDS)


def tidy(text: str) -> str:
    """Return a title without the blanks that spread it; those between words of letters stay."""
    text = re.sub(r"\s+", " ", text.translate(_NARROW)).strip()
    text = re.sub(r"(?<=[A-Za-z]) (?=[A-Za-z])", "\0", text)
    return text.replace(" ", "").replace("\0", " ")
