"""Which annexes are blanks to fill in: cut out of the notice and learned."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.document import Document, Paragraph, Table
from rules.labels import squeeze
from rules.learn import learn
from rules.learn.cells import is_blank as is_ruled
from rules.learn.cells import is_place
from rules.learn.lines import line_label
from rules.learn.title import ANNEX_START, ends_like_form
from rules.notice.model import NoticeForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.document import Block
    from rules.learn import DraftForm

_ANNEX = re.compile(r"^附[件表录]([\d一二三四五六七八九十]{0,3})[:.、]?(.*)$")
_DATE = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日|二[〇零○]\S{2}年\S{1,3}月\S{1,3}日")
_SENTENCE = re.compile(r"[。；;！？]")
_HEAD_LINES = 12  # paragraphs over a table that may belong to its form
_NOTES = ("注", "备注", "说明", "填表说明", "填报说明")
LEAST_PLACES = 0.2  # share of cells to write into, from which a table is a blank
MOST_CELLS = 2000  # of a blank
LEAST_FIELDS = 2
# 附件3提交截止日期…, 附件1和附件2 are sentences
_FOLLOWING = re.compile(r"见|请|中|的|和|及|、|所|要|提交|报送|填写|于|由|电子版|均|须|应")
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
# the word a form's title ends with → its key
KEYS = (
    ("统计表", "statistics"),
    ("汇总表", "summary"),
    ("备案表", "project"),
    ("申报书", "application"),
    ("申报表", "application"),
    ("申请表", "application"),
    ("申请书", "application"),
    ("推荐表", "nomination"),
    ("报名表", "enrolment"),
    ("登记表", "register"),
    ("回执", "reply"),
    ("信息表", "details"),
    ("情况表", "situation"),
    ("名单", "names"),
    ("清单", "items"),
    ("计划表", "plan"),
    ("安排表", "plan"),
    ("评分表", "marks"),
    ("调查表", "survey"),
    ("问卷", "survey"),
    ("承诺书", "pledge"),
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks first..last that hold one blank, and the number of its annex."""

    first: int
    last: int
    number: int | None


def find_forms(document: Document) -> tuple[NoticeForm, ...]:
    """Return the blanks of a notice, in order."""
    found: list[NoticeForm] = []
    taken: set[str] = set()
    for stretch in _stretches(document.blocks):
        part = Document(
            document.kind, document.blocks[stretch.first : stretch.last + 1], document.flags
        )
        draft = learn(part, "form")
        if len(draft.form.fields) >= LEAST_FIELDS:
            draft = learn(part, form_key(draft, taken))
            number = stretch.number or _in_title(draft)
            found.append(NoticeForm(number, (stretch.first, stretch.last), part, draft))
    return tuple(found)


def _in_title(draft: DraftForm) -> int | None:
    match = _ANNEX.match(squeeze(draft.form.title))
    return annex_number(match[1]) if match else None


def form_key(draft: DraftForm, taken: set[str]) -> str:
    """Return an id for a form by the word its title ends with."""
    title = re.sub(r"\([^()]*\)$", "", squeeze(draft.form.title))
    name = next((key for word, key in KEYS if title.endswith(word)), "form")
    return free_key(name, taken)


def free_key(name: str, taken: set[str]) -> str:
    """Return `name`, numbered from 2 on if it is taken, and take it."""
    key, count = name, 1
    while key in taken:
        count += 1
        key = f"{name}-{count}"
    taken.add(key)
    return key


def annex_number(written: str) -> int | None:
    """Return 2 for 2 and 二; None for nothing."""
    return int(written) if written.isdigit() else _NUMERALS.get(written)


def annex_of(text: str) -> tuple[int | None, str] | None:
    """Return the number and the rest of a line that opens an annex; None for any other line."""
    flat = squeeze(text)
    match = _ANNEX.match(flat)
    if match is None or len(flat) > 60 or _SENTENCE.search(text):
        return None
    parted = (
        re.match(r"\s*附\s*[件表录]\s*[\d０-９一二三四五六七八九十]{0,3}[\s:：.、．]", text)
        is not None
    )
    rest = match[2]
    if not rest or ends_like_form(rest) or (parted and _FOLLOWING.match(rest) is None):
        return annex_number(match[1]), rest
    return None


def _stretches(blocks: Sequence[Block]) -> list[Stretch]:
    tables = [n for n, block in enumerate(blocks) if isinstance(block, Table) and is_blank(block)]
    found: list[Stretch] = []
    for table in tables:
        if found and table <= found[-1].last:
            continue
        first = _head(blocks, table, found[-1].last + 1 if found else 0)
        last = _tail(blocks, table)
        found.append(Stretch(first, last, _number(blocks, first, table)))
    return sorted([*found, *_without_tables(blocks, found)], key=lambda s: s.first)


def is_blank(table: Table) -> bool:
    """Say whether a table is to be filled in."""
    places = sum(not cell.text.strip() or is_place(cell.text) for cell in table.cells)
    return 4 <= len(table.cells) <= MOST_CELLS and places >= LEAST_PLACES * len(table.cells)


def _head(blocks: Sequence[Block], table: int, floor: int) -> int:
    """Return the first line of the form: its annex line or title, over its unit line."""
    first, titled, lines = table, False, 0
    for number in range(table - 1, floor - 1, -1):
        block = blocks[number]
        if isinstance(block, Paragraph) and not titled and _heads(blocks, number):
            return number
        if not isinstance(block, Paragraph) or _closes(block.text, titled=titled):
            break
        lines += not is_ruled(block.text)
        if lines > _HEAD_LINES:
            break
        first = number
        if annex_of(block.text) is not None and not _is_item(block.text):
            break
        titled = titled or ends_like_form(block.text)
    return first


def _heads(blocks: Sequence[Block], number: int) -> bool:
    """Say whether 附件：回执 is said again over its form, having stood in the list of annexes."""
    block = blocks[number]
    if not isinstance(block, Paragraph) or not _is_item(block.text):
        return False
    said = squeeze(block.text)
    before = (squeeze(b.text) for b in blocks[:number] if isinstance(b, Paragraph))
    return ends_like_form(said) and any(other == said for other in before)


def _is_item(text: str) -> bool:
    """Say whether the line is the list of annexes: 附件:1.…."""
    return re.match(r"^附件[:：]", squeeze(text)) is not None


def _closes(text: str, *, titled: bool) -> bool:
    """Say whether a line over a form belongs to what stands before it."""
    flat = squeeze(text)
    if _is_item(text):
        return True
    if _DATE.search(flat) and line_label(text) is None and not ends_like_form(text):
        return True
    if _SENTENCE.search(text) or flat.startswith(("抄送", "抄报")) or flat.endswith("印发"):
        return True
    if line_label(text) is None and flat.startswith(_NOTES):
        return True
    return titled and (ends_like_form(text) or line_label(text) is not None)


def _tail(blocks: Sequence[Block], table: int) -> int:
    """Return the last block before the next annex, title or end."""
    last = table
    for number in range(table + 1, len(blocks)):
        block = blocks[number]
        if isinstance(block, Paragraph):
            if annex_of(block.text) is not None or _titles_next(blocks, number):
                break
        elif not is_blank(block):
            break
        last = number
    return last


def _titles_next(blocks: Sequence[Block], number: int) -> bool:
    """Say whether a line is the title of a form whose table follows shortly."""
    block = blocks[number]
    if not isinstance(block, Paragraph) or not ends_like_form(block.text):
        return False
    if _SENTENCE.search(block.text) or line_label(block.text) is not None:
        return False
    ahead = blocks[number + 1 : number + _HEAD_LINES]
    return any(isinstance(other, Table) for other in ahead)


def _number(blocks: Sequence[Block], first: int, table: int) -> int | None:
    for block in blocks[first:table]:
        opened = annex_of(block.text) if isinstance(block, Paragraph) else None
        if opened is not None:
            return opened[0] or 1
    return None


def _without_tables(blocks: Sequence[Block], found: list[Stretch]) -> list[Stretch]:
    """Return annexes that ask in lines only: 姓名：____."""
    taken = {n for s in found for n in range(s.first, s.last + 1)}
    opens = [
        n
        for n, b in enumerate(blocks)
        if isinstance(b, Paragraph) and annex_of(b.text) is not None and not _is_item(b.text)
    ]
    stretches = []
    for index, first in enumerate(opens):
        last = (opens[index + 1] if index + 1 < len(opens) else len(blocks)) - 1
        texts = [b.text for b in blocks[first : last + 1] if isinstance(b, Paragraph)]
        asking = [
            t
            for t in texts
            if line_label(t) is not None and is_place(t.partition("：")[2] or t.partition(":")[2])
        ]
        if not taken & set(range(first, last + 1)) and len(asking) >= 3:
            stretches.append(Stretch(first, last, _number(blocks, first, last + 1)))
    return stretches


__all__ = ["ANNEX_START", "annex_number", "annex_of", "find_forms", "form_key", "is_blank"]
