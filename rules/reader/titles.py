"""How like a line of a document is to a form's title, its year and number of annex apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from parsers.short_texts import remembered
from rules.labels import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules.reader.page import Line, Page

LONGEST = 70  # characters of a title, its line breaks included
LIKE = 70  # per cent from which a line is compared with a title at all
BOUNDARY = 85  # per cent from which a line opens a new form
OWNED = 0.9  # the likeness of 赤峰市科技局2023年…统计表, less than that of any own title
ASIDE = 6  # letters of what stands beside a title without being part of it
SHORTEST = 8  # letters of a title that may have a name before it
OTHER_YEAR = 0.6  # what part of its likeness a title of another year is worth

_ANNEX = re.compile(r"^附[件表](?:\d{1,2}(?!\d))?[:.、]?(?:\d{1,2}[.、])?|\(续\w?\)|\(样表\)|续表$")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年|年度|\D|$)|二[〇零○o0][一二三四五六七八九〇零]{2}(?=年)")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_OWNER = re.compile(
    r"[\u4e00-\u9fff]{2,24}(?:局|厅|委|委员会|办公室|院|所|馆|会|大学|学院|学校|中学|小学|公司|中心"
    r"|医院|集团|政府|街道|镇|乡|苏木|部|站|旗|县|区|市|盟|州|省)"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title without its year and punctuation, and the year."""

    bare: str
    year: int | None


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A line's likeness (0..1) to a template's title; whether the two name different years."""

    likeness: float
    other_year: bool
    text: str


@remembered
def read_title(text: str) -> Title:
    """Take a title apart."""
    flat = _ANNEX.sub("", squeeze(text))
    found, year = _YEAR.search(flat), year_in(flat)
    bare = flat[: found.start()] + flat[found.end() :] if found else flat
    return Title(re.sub(r"[\W_]", "", bare.replace("年", "", 1) if found else bare), year)


@remembered
def year_in(text: str) -> int | None:
    """Return the year that a title or a sheet's name speaks of."""
    found = _YEAR.search(squeeze(text))
    return int(found[0].translate(_DIGITS)) if found else None


def compare(title: Title, text: str, wanted: Iterable[Title]) -> TitleMatch | None:
    """Return the best likeness to any of a template's titles.

    An alias without a year means the template's own: 情况统计表 of 2022 is not this year's.
    """
    titles = tuple(wanted)
    own = next((other.year for other in titles if other.year is not None), None)
    found = [_match(title, text, replace(o, year=o.year or own)) for o in titles]
    likely = [match for match in found if match.likeness * 100 >= LIKE or match.other_year]
    return max(likely, key=lambda m: m.likeness, default=None)


def _match(title: Title, text: str, other: Title) -> TitleMatch:
    likeness = fuzz.ratio(title.bare, other.bare) / 100
    if title.bare != other.bare:
        likeness = max(likeness * 0.9, OWNED if _is_owned(title.bare, other.bare) else 0.0)
    differs = None not in (title.year, other.year) and title.year != other.year
    differs = differs and likeness * 100 >= LIKE
    return TitleMatch(likeness * OTHER_YEAR if differs else likeness, differs, text)


def _is_owned(bare: str, other: str) -> bool:
    """Say whether a title is another one with the name of whose table it is before it."""
    if len(other) < SHORTEST or not bare.endswith(other):
        return False
    return _OWNER.fullmatch(bare.removesuffix(other)) is not None


def title_text(page: Page, line: Line) -> str | None:
    """Return the text of a line that may be a title: one filled slot, not too long.

    A few letters beside it, such as 附件2 or 已核 in another cell, leave it one.
    """
    filled = [slot for slot in line.slots if slot.filled]
    if len(filled) > 1:
        longer = [s for s in filled if len(s.text) > ASIDE and len(s.text.strip()) > ASIDE]
        filled = longer if len(longer) == 1 and names_a_form(longer[0].text) else filled
    if len(filled) != 1 or not 4 <= len(filled[0].text.strip()) <= LONGEST:
        return None
    if line.table is not None and len(page.row_of(filled[0])) > 1 and filled[0].column > 3:
        return None
    return filled[0].text.strip()


@remembered
def names_a_form(text: str) -> bool:
    """Say whether a line calls itself a form, such as 报名回执 or 报销单."""
    bare = re.sub(r"\([^()]*\)$|(?<!\d)\d+$", "", squeeze(text))
    return bare.endswith(("表", "单", "回执", "名册", "台账", "登记卡", "申报书", "申请书"))


def resembles(bare: str, titles: list[str], cutoff: float = LIKE) -> bool:
    """Say whether any of the titles is like the text at all, or ends it."""
    if any(len(title) >= SHORTEST and bare.endswith(title) for title in titles):
        return True
    return process.extractOne(bare, titles, scorer=fuzz.ratio, score_cutoff=cutoff) is not None
