"""Several columns of values beside one column of labels: the one meant, or a copy in each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.values.measures import as_measure
from rules.labels import read_label, squeeze, words
from rules.reader.columns import choose, is_mere_number, over_numbers
from rules.reader.matching import NUMERIC, known_head
from rules.reader.page import Line, Page
from rules.synonyms import heads_labels, heads_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules.reader.copies import Copy
    from rules.reader.index import FormIndex
    from rules.reader.lists import View
    from rules.reader.page import Slot

FEWEST = 3  # labels with something in several columns
MOST = 50  # copies side by side
_ASIDE = re.compile(
    "备注|说明|示例|样例|范例|举例|要求|同比|环比|增长|增幅|占比|比例|比上年|材料|附件|来源"
    "|责任|填报人|联系|单位$|序号|代码|编码|编号|行次|行号|排名|名次"
)
_MARKS = re.compile(
    r"[甲乙丙丁戊己庚辛壬癸ABCDEFGH]|\(?[0-9]{1,2}\)?"
)  # 甲, 乙, 1, 2 under headings

Row = tuple["Slot", list["Slot"]]  # a label alone in its row, and what stands right of it


def columns_of(page: Page, copy: Copy, index: FormIndex) -> list[View]:
    """Return the page with the one column that is meant, or once for each copy in a column.

    Where neither is to be told, the page names the columns as `rivals`.
    """
    whole = [(page, (copy.first, copy.last))]
    rows = [] if index.form.table else _rows(page, copy, index)
    if sum(len(right) > 1 for _, right in rows) < FEWEST:
        return whole
    columns = _columns(rows)
    kept, meant = _judged(page, rows, columns, index)
    if meant is None and not _is_list(rows, kept, index):
        table = rows[0][0].table or 0
        rivals = frozenset((table, c) for c in kept if len(kept) > 1)
        return [(replace(page, rivals=rivals), whole[0][1])]
    chosen = kept[:MOST] if meant is None else [meant]
    return [
        (_only(page, rows, frozenset(_beside(columns, kept, c)), c), whole[0][1]) for c in chosen
    ]


def _beside(columns: Iterable[int], kept: Iterable[int], meant: int) -> Iterable[int]:
    """Return the columns of other values, and those that part the labels from the one meant."""
    return (c for c in columns if c != meant and (c in kept or c < meant))


def _rows(page: Page, copy: Copy, index: FormIndex) -> list[Row]:
    """Return the rows of the column in which most labels stand alone, rows added included."""
    found = [_row(page, page.lines[number], index) for number in sorted(copy.lines)]
    counted = Counter((row[0].table, row[0].right_edge) for row in found if row)
    if not counted:
        return []
    table, edge = max(counted, key=lambda s: counted[s])
    labelled = [row[0].line for row in found if row and row[0].right_edge == edge]
    lines = [n for n in page.lines[copy.first : copy.last + 1] if n.table == table]
    end = min(_more_labels(page, lines, index, edge), default=page.grids[table or 0].width + 1)
    below = (line for line in lines if line.number >= min(labelled))
    rows = ((line, _row(page, line, index, edge, end)) for line in below)
    return _up_to_foot([(line, row) for line, row in rows if row], max(copy.lines))


def _more_labels(page: Page, lines: Sequence[Line], index: FormIndex, edge: int) -> Iterable[int]:
    """Yield columns right of `edge` that hold labels again, or are headed so: 内容 数量 内容."""
    for line in lines:
        row = page.row_of(line.slots[0]) if line.slots else []
        cores = [read_label(slot.text).core if len(slot.text) <= 20 else "" for slot in row]
        values = any(_over_values(index, *cell) for cell in zip(row, cores, strict=True))
        heading = values and any(map(heads_labels, cores))
        for at, (slot, core) in enumerate(zip(row, cores, strict=True)):
            again = heads_labels(core) and core in cores[:at]
            if slot.column >= edge and (again if heading else _is_label(index, slot)):
                yield slot.column


def _over_values(index: FormIndex, slot: Slot, core: str) -> bool:
    """Say whether a cell heads a column of numbers, as no label of the form does: 数量, 今年."""
    return heads_values(core) or (over_numbers(core, index.year) and not _is_label(index, slot))


def _up_to_foot(rows: Sequence[tuple[Line, Row]], last: int) -> list[Row]:
    """Leave out what stands under the last known label, but for rows like those over it."""
    kept = [row for line, row in rows if line.number <= last]
    known = {slot.column for _, right in kept for slot in right}
    for line, row in rows[len(kept) :]:
        if line.number != kept[-1][0].line + 1 or not {s.column for s in row[1]} <= known:
            break
        kept.append(row)
    return kept


def _row(
    page: Page, line: Line, index: FormIndex, edge: int | None = None, end: int | None = None
) -> Row | None:
    """Return a row's only label, or what ends at `edge` in its stead, and what is right of it.

    A label that was merged up to `edge`, as a CSV no longer shows, has nothing up to there.
    """
    row = page.row_of(line.slots[0]) if line.slots and line.slots[0].table is not None else []
    row = [slot for slot in row if end is None or slot.column < end]
    labels = [slot for slot in row if _is_label(index, slot)]
    if edge is not None and not labels:
        filled = [slot for slot in row if slot.filled]
        labels = [slot for slot in filled if slot.right_edge == edge] or filled[:1]
    if len(labels) != 1 or edge not in (None, _edge(row, labels[0], edge or 0)):
        return None
    return labels[0], [s for s in row[row.index(labels[0]) + 1 :] if s.filled]


def _edge(row: Sequence[Slot], label: Slot, wanted: int) -> int:
    """Return where a label ends, the empty cells after it up to the wanted edge included."""
    after = [s for s in row if label.right_edge <= s.column < wanted]
    return label.right_edge if any(s.filled for s in after) else max(label.right_edge, wanted)


def _is_label(index: FormIndex, slot: Slot) -> bool:
    head = known_head(index, slot) if slot.filled and not index.group_of(slot.text) else None
    return head is not None and not head[0].rest


def _columns(rows: Sequence[Row]) -> list[int]:
    return sorted({slot.column for _, right in rows for slot in right})


def _judged(
    page: Page, rows: Sequence[Row], columns: Sequence[int], index: FormIndex
) -> tuple[list[int], int | None]:
    """Return the columns that may hold values, and the one that is meant."""
    heads = _headings(page, rows, columns)
    kept = [c for c in columns if not _is_aside(rows, c, heads.get(c))]
    kept = [c for c in kept if c in heads or _votes(rows, c) >= FEWEST]
    kept = _of_numbers(rows, kept, index)
    if len(kept) == 1:
        return kept, kept[0]
    chosen = choose([heads[c] for c in kept if c in heads], index.year)
    return kept, next((c for c in kept if chosen is not None and heads.get(c) is chosen), None)


def _of_numbers(rows: Sequence[Row], columns: Sequence[int], index: FormIndex) -> list[int]:
    """Leave columns of mere words out where numbers are asked, and stand in another column."""
    asked = [index.fields[n].field.type in NUMERIC for row in rows for n in _fields(index, row[0])]
    numbers = {
        column: sum(s.column == column and is_mere_number(s.text) for _, r in rows for s in r)
        for column in columns
    }
    told = 2 * sum(asked) > len(asked) and max(numbers.values(), default=0) >= FEWEST
    return [c for c in columns if numbers[c] or not told]


def _votes(rows: Iterable[Row], column: int) -> int:
    return sum(any(slot.column == column for slot in right) for _, right in rows)


def _headings(page: Page, rows: Sequence[Row], columns: Sequence[int]) -> dict[int, Slot]:
    """Return what stands over the columns, in the nearest row that has something there."""
    table, first = rows[0][0].table or 0, min(label.row for label, _ in rows)
    for row in range(first - 1, 0, -1):
        slots = {column: page.at(table, row, column) for column in columns}
        over = {c: s for c, s in slots.items() if s is not None and s.filled and s.column == c}
        marked = all(_MARKS.fullmatch(squeeze(s.text).upper()) for s in over.values())
        if len({id(s) for s in over.values()}) > 1 and not marked:
            return over
    return {}


def is_aside(heading: str) -> bool:
    """Say whether a heading names what is no value: 备注, 计量单位, 增长率, 代码."""
    return _ASIDE.search(read_label(heading[:20]).core) is not None


def _is_aside(rows: Iterable[Row], column: int, heading: Slot | None) -> bool:
    """Say whether a column holds remarks, or units of measure, beside the values."""
    if heading is not None and is_aside(heading.text):
        return True
    texts = [s.text for _, right in rows for s in right if s.column == column]
    return all(as_measure(words(text)) for text in texts)


def _is_list(rows: Iterable[Row], columns: Sequence[int], index: FormIndex) -> bool:
    """Say whether each column names what tells copies apart, and fills half of the rows."""
    wanted = read_label(index.form.identified_by or "").core
    number = next((f.number for f in index.fields if wanted in f.cores), None)
    named = [
        right for label, right in rows if number is not None and number in _fields(index, label)
    ]
    half = len([*rows]) / 2
    return (
        len(columns) > 1
        and any({s.column for s in right} >= {*columns} for right in named)
        and all(_votes(rows, c) >= half for c in columns)
    )


def _fields(index: FormIndex, slot: Slot) -> tuple[int, ...]:
    head = known_head(index, slot)
    return head[1] if head else ()


def _only(page: Page, rows: Sequence[Row], others: frozenset[int], meant: int) -> Page:
    """Return the page with one column's values right after their labels, `others` taken out.

    A unit of measure between the two stands after its value then.
    """
    table = rows[0][0].table or 0
    grid, lines = page.grids[table], list(page.lines)
    covered = dict(grid.covered)
    moved: dict[Slot, Slot] = {}
    for label, right in rows:
        value = page.at(table, label.row, meant)
        parting = [s for s in right if s.column < meant and as_measure(words(s.text))]
        after = [s for s in right if s.column > meant and s.column not in others]
        after = parting[-1:] + after
        for column in range(label.right_edge, grid.width + 1):
            covered.pop((label.row, column), None)
        column = label.right_edge
        for slot in [value, *after] if value is not None else after:
            new = moved.setdefault(slot, replace(slot, column=column))
            covered.update({(label.row, c): new for c in range(column, new.right_edge)})
            column = new.right_edge
        lines[label.line] = _line(lines[label.line], label, [*moved.values()])
    grids = list(page.grids)
    grids[table] = replace(grid, covered=covered)
    return Page(lines, grids, page.heads)


def _line(line: Line, label: Slot, moved: Sequence[Slot]) -> Line:
    kept = tuple(s for s in line.slots if s.column < label.right_edge)
    return Line(line.number, (*kept, *(s for s in moved if s.line == line.number)), line.table)
