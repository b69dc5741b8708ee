"""How a notice begins and ends: its title, its number, its date of issue, whom it addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rules.learn.title import tidy
from rules.notice.dates import number, year_number

if TYPE_CHECKING:
    from rules.notice.flat import Flat

_NOUN = r"(?:紧急|补充|特急|再次)?(?:预?通知|函|公告|启事|通告|邀请函|通报|公示|征集令)"
_ABOUT = re.compile(rf"关于(?:[^。;!?]|(?<=第)。){{4,140}}?的{_NOUN}(?:\([^()]{{1,14}}\))?")
_BARE = re.compile(rf"[^。;:!?]{{6,70}}{_NOUN}(?:\([^()]{{1,14}}\))?$")
_NUMBER = re.compile(r"[〔\[(【]((?:19|20)\d\d)[〕\])】](?:第|字第)?(\d{1,4})号")
_LETTERS = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_NOT_NUMBER = re.compile(r"(?:文件|公告|通知|文号[:：]?|编号[:：]?)$")
_DAY = re.compile(
    r"((?:19|20)\d\d|[一二][〇零0一二三四五六七八九]{3})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_YEAR = re.compile(r"(?<![\d〔\[(])(20\d\d)(?=年)")
_ADDRESSES = re.compile(r"^[^。;!?@]{2,400}?:")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the flat text that was taken for something."""

    text: str
    start: int
    end: int


def find_title(flat: Flat) -> Span | None:
    """Return the notice's title: its own, not one it cites."""
    for match in _ABOUT.finditer(flat.text, 0, 6000):
        start, end = match.span()
        if _inside_title_marks(flat.text, start) or match[0].count("《") != match[0].count("》"):
            longer = _past_cited(flat.text, start)
            if longer is None or _inside_title_marks(flat.text, start):
                continue
            end = longer
        begin = _line_start(flat, start)
        return Span(_worded(flat, begin, start, end), begin, end)
    return _titled_without_about(flat)


def _past_cited(text: str, start: int) -> int | None:
    """Return the end of a title that cites another: 关于转发《…的通知》的通知."""
    match = re.compile(rf"关于[^。]{{0,30}}《[^。]{{4,140}}?》[^。]{{0,12}}?的{_NOUN}").match(
        text, start
    )
    return match.end() if match else None


def _inside_title_marks(text: str, position: int) -> bool:
    before = text[max(0, position - 120) : position]
    return before.rfind("《") > before.rfind("》")


def _line_start(flat: Flat, position: int) -> int:
    """Return where the title's first line begins: issuers may stand before 关于."""
    start = position
    while start > 0 and not flat.begins_line(start) and position - start < 40:
        start -= 1
    lead = flat.text[start:position]
    if not flat.begins_line(start) or re.search(r"[。;:!?,]|号$|^第?\d+", lead):
        return position
    return start


def _worded(flat: Flat, begin: int, start: int, end: int) -> str:
    """Return a title: the blanks between issuers stay, those that spread or break it go."""
    lead = flat.spaced(begin, start)
    return f"{lead}{' ' if lead and start in flat.gaps else ''}{tidy(flat.text[start:end])}"


def _titled_without_about(flat: Flat) -> Span | None:
    """Return the first lines that end in 通知 or the like, joined as they were broken."""
    breaks = [0, *sorted(g for g, kind in flat.gaps.items() if kind == "\n" and g < 600)]
    for index, first in enumerate(breaks[:10]):
        for after in breaks[index + 1 : index + 4]:
            text = flat.text[first:after].lstrip("-=_*~")  # a rule under the letterhead
            if _BARE.fullmatch(text) and not _inside_title_marks(flat.text, after):
                return Span(tidy(text), first, after)
    return None


def find_number(flat: Flat, title: Span | None) -> Span | None:
    """Return the notice's own number; those of documents it cites stand in brackets or lines."""
    limit = (title.end if title else 0) + 400
    for match in _NUMBER.finditer(flat.text):
        start = _number_start(flat, match.start())
        cited = start > 0 and flat.text[start - 1] in "(《》,、、据照按见由"
        alone = flat.begins_line(start) and (
            flat.ends_line(match.end()) or match.end() < len(flat.text)
        )
        if start < match.start() and alone and not cited and match.start() < limit:
            kind = flat.text[start : match.start()]
            return Span(f"{kind}〔{match[1]}〕{int(match[2])}号", start, match.end())
    return None


def _number_start(flat: Flat, bracket: int) -> int:
    """Return where the letters before the bracket begin: on their line, or one broken before."""
    start = bracket
    while start > 0 and _LETTERS.match(flat.text[start - 1]) and bracket - start < 14:
        broken = start in flat.gaps and flat.gaps[start] == "\n"
        if (
            broken
            and start < bracket
            and (bracket - start >= 3 or not _short_line_before(flat, start))
        ):
            break
        if start in flat.gaps and flat.gaps[start] == " " and bracket - start >= 3:
            break
        if _NOT_NUMBER.search(flat.text[:start][-4:]):
            break
        start -= 1
    return start


def _short_line_before(flat: Flat, position: int) -> bool:
    start = position - 1
    while start > 0 and not flat.begins_line(start):
        start -= 1
    return position - start <= 3


def find_issued(flat: Flat, body_end: int) -> tuple[date | None, int]:
    """Return the date of issue and where it stands: printed with 印发, or alone on its line."""
    printed = [m for m in _DAY.finditer(flat.text) if flat.text.startswith("印发", m.end())]
    alone = [m for m in _DAY.finditer(flat.text) if _stands_alone(flat, m)]
    within = [m for m in alone if m.start() < body_end] or alone
    for match in [*within[-1:], *printed[:1]]:
        try:
            day = date(year_number(match[1]), number(match[2]), number(match[3]))
        except ValueError:
            continue
        return day, match.start()
    return None, -1


def _stands_alone(flat: Flat, match: re.Match[str]) -> bool:
    """Say whether a date is a line of its own, perhaps after the issuer's name."""
    after = flat.ends_line(match.end()) or match.end() in flat.gaps
    if not after:
        return False
    if flat.begins_line(match.start()):
        return not flat.text[: match.start()].endswith((":", ",", "、", "于", "为"))
    return (
        match.start() in flat.gaps and flat.text[match.start() - 1] in "局厅委会部科协心学院校馆办"
    )


def own_year(flat: Flat, title: Span | None, document: Span | None) -> int | None:
    """Return the year the notice is about: its title's, else its number's."""
    if title is not None and (match := _YEAR.search(flat.text, title.start, title.end)):
        return int(match[1])
    if document is not None:
        match = _NUMBER.search(flat.text, document.start, document.end)
        return int(match[1]) if match else None
    return None


def find_addressees(flat: Flat, title: Span | None) -> str:
    """Return the line after the title that names whom the notice is for, without its colon."""
    start = title.end if title else 0
    document = _NUMBER.search(flat.text, start, start + 60)
    start = document.end() if document and document.start() - start < 20 else start
    match = _ADDRESSES.match(flat.text[start : start + 500])
    return match[0][:-1] if match else ""
