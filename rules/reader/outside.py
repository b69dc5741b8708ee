"""Which organisations a document names outside its form's fields: in the title, under a letter."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from parsers.short_texts import remembered
from parsers.values.measures import as_measure
from rules.labels import heads, squeeze
from rules.reader.titles import read_title
from rules.synonyms import is_reporter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules.reader.copies import Copy
    from rules.reader.page import Page, Slot
    from rules.reader.titles import Title

MOST = 6  # organisations told
LONGEST = 60  # characters of a line that names one
_OFFICE = (
    "局|厅|委|委员会|办|办公室|院|所|馆|会|大学|学院|学校|中学|小学|公司|中心|医院|集团|政府"
    "|街道|镇|乡|苏木|部|站|社|园|基地"
)
# a line that is an organisation's name and nothing else, as under a cover letter
_ALONE = re.compile(rf"\(?([\u4e00-\u9fff]{{3,30}}(?:{_OFFICE}))\)?(?:\((?:盖章|公章|章|签章)\))?")


_HAN = re.compile(r"[\u4e00-\u9fff]{2}")


def organisations(
    page: Page, copy: Copy, others: Sequence[Copy], titles: Sequence[Title]
) -> tuple[str, ...]:
    """Return what the document calls its sender beside the form, what tells most first.

    A cover letter speaks for all forms after it; what stands among the lines of another form
    is that form's.
    """
    first = min((other.first for other in others), default=copy.first)
    alone = all(other is copy for other in others)
    numbers = (
        range(len(page.lines)) if alone else (*range(first), *range(copy.first, copy.last + 1))
    )
    lines = [[s for s in page.lines[n].slots if s.filled] for n in numbers]
    short = [[s for s in line if 3 < len(s.text) <= LONGEST] for line in lines]
    single = [line[0] for line in short if len(line) == 1]
    said = [*_reporters(itertools.chain(*short)), *_of_title(copy, titles), *_alone(single)]
    found = [*said, *_of_sheet(page, copy)]
    return tuple(dict.fromkeys(found))[:MOST]


def _of_title(copy: Copy, titles: Sequence[Title]) -> Iterable[str]:
    """Return a title that is not just the form's own: 赤峰市科技局2023年…统计表."""
    if copy.title is not None:
        bare = read_title(copy.title.text).bare
        if bare not in {title.bare for title in titles}:
            yield copy.title.text


def _of_sheet(page: Page, copy: Copy) -> Iterable[str]:
    """Return the name a person gave to the worksheet: 小店区科技局."""
    tables = {page.lines[number].table for number in copy.lines} - {None}
    sheets = {page.grids[table].sheet for table in tables if table is not None}
    yield from (sheet for sheet in sheets if sheet and _HAN.search(sheet))


def _reporters(slots: Iterable[Slot]) -> Iterable[str]:
    """Return what follows 填报单位 in lines and cells, of whatever form."""
    for slot in slots:
        if "单位" not in slot.text[:12]:
            continue
        for head in heads(slot.text):
            if head.how == "colon" and is_reporter(head.label.plain):
                yield from () if as_measure(squeeze(head.rest)) else (head.rest,)


def is_organisation(text: str) -> bool:
    """Say whether a text is an organisation's name and nothing else, but for its seal."""
    return _organisation(text) is not None


@remembered
def _organisation(text: str) -> str | None:
    match = _ALONE.fullmatch(squeeze(text))
    return match[1] if match is not None else None


def _alone(slots: Iterable[Slot]) -> Iterable[str]:
    for slot in slots:
        named = _organisation(slot.text)
        if named is not None:
            yield named
