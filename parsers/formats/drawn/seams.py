"""How a table that goes on over the page becomes one table again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from parsers.formats.drawn.lattice import NEAR
from parsers.formats.drawn.layout import Filled, Ink, Part, Said
from parsers.formats.drawn.lines import Line, is_full

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.document import Origin

_LOW = 0.6  # of the page's height: a table that ends above it ended there
_HEADINGS = 3  # rows of a heading at most


class Slot(NamedTuple):
    """A cell of the joined table: 1-based grid position, spans, text."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    flags: frozenset[str]
    origin: Origin
    last: Line | None  # of its text, if that may go on


@dataclass(slots=True)
class Joined:
    """A table as a person sees it: its columns' edges and its cells."""

    xs: list[float]
    slots: list[Slot] = field(default_factory=list)
    rows: int = 0
    open: bool = False  # whether it may go on


def join_pages(pages: Iterable[tuple[float, list[Ink]]]) -> list[Joined | Said]:
    """Return the blocks of a document from each page's height and ink."""
    blocks: list[Joined | Said] = []
    for height, inks in pages:
        earlier = tuple(blocks)
        for number, found in enumerate(inks):
            last = blocks[-1] if blocks else None
            ink = _told_by_headings(found, earlier) if isinstance(found, Part) else found
            if isinstance(ink, Said):
                blocks.append(ink)
            elif number == 0 and isinstance(last, Joined) and _is_same(last, ink):
                _extend(last, ink)
            else:
                blocks.append(_extend(Joined(list(ink.grid.xs)), ink))
            _leave_open(blocks[-1], ink, height)
    return blocks


def _told_by_headings(part: Part, before: Sequence[Joined | Said]) -> Part:
    """Call a table without lines unsure that may go on one of an earlier page, without headings."""
    if not _is_unruled(part.cells):
        return part
    texts = [cell.text for cell in part.cells if cell.box.row == 0]
    for table in (block for block in before if isinstance(block, Joined)):
        heads = [slot.text for slot in table.slots if slot.row == 1]
        if _is_unruled(table.slots) and heads != texts:
            unsure = (replace(c, flags=c.flags | {"readings-disagree"}) for c in part.cells)
            return replace(part, cells=tuple(unsure))
    return part


def _is_unruled(cells: Iterable[Filled | Slot]) -> bool:
    return any("unruled" in cell.flags for cell in cells)


def _leave_open(block: Joined | Said, ink: Ink, height: float) -> None:
    if isinstance(block, Joined) and isinstance(ink, Part):
        block.open = ink.grid.ys[-1] > _LOW * height


def _is_same(table: Joined, part: Part) -> bool:
    edges = (table.xs[0], part.grid.xs[0]), (table.xs[-1], part.grid.xs[-1])
    return table.open and all(abs(a - b) <= 2 * NEAR for a, b in edges)


def _extend(table: Joined, part: Part) -> Joined:
    """Put a part under the rows that are there, its columns fitted into one grid."""
    _refit(table, part)
    slots = [_slot(cell, table.xs) for cell in part.cells]
    skipped = _repeated(table, slots)
    slots = [slot for slot in slots if slot.row > skipped]
    if table.rows:
        slots = _sewn(table, slots, skipped + 1)
    first = min((slot.row for slot in slots), default=1)
    shift = table.rows - first + 1
    table.slots += [slot._replace(row=slot.row + shift) for slot in slots]
    table.rows = max((s.row + s.row_span - 1 for s in table.slots), default=0)
    return table


def _refit(table: Joined, part: Part) -> None:
    """Let the grid have the columns of both pages; the cells before keep what they cover."""
    fresh = [x for x in part.grid.xs if all(abs(x - old) > NEAR for old in table.xs)]
    if not fresh:
        return
    old, table.xs = table.xs, sorted([*table.xs, *fresh])
    table.slots = [
        slot._replace(
            column=table.xs.index(old[slot.column - 1]) + 1,
            column_span=table.xs.index(old[slot.column - 1 + slot.column_span])
            - table.xs.index(old[slot.column - 1]),
        )
        for slot in table.slots
    ]


def _slot(cell: Filled, xs: list[float]) -> Slot:
    first, last = _nearest(xs, cell.box.left), _nearest(xs, cell.box.right)
    return Slot(
        row=cell.box.row + 1,
        column=first + 1,
        row_span=cell.box.row_span,
        column_span=max(1, last - first),
        text=cell.text,
        flags=cell.flags,
        origin=cell.origin,
        last=_goes_on(cell),
    )


def _goes_on(cell: Filled) -> Line | None:
    """Return the last line of a text that may be cut: one of several, or one that is full."""
    if not cell.lines:
        return None
    last = cell.lines[-1]
    full = is_full(last, cell.box.left, cell.box.right)
    return last if len(cell.lines) > 1 or full else None


def _nearest(xs: list[float], x: float) -> int:
    return min(range(len(xs)), key=lambda number: abs(xs[number] - x))


def _repeated(table: Joined, slots: list[Slot]) -> int:
    """Return how many first rows only repeat the table's headings."""
    for count in range(_HEADINGS, 0, -1):
        again = [slot for slot in slots if slot.row <= count]
        before = [slot for slot in table.slots if slot.row <= count]
        if again and before and _faces(again) == _faces(before) and any(s.text for s in again):
            return count
    return 0


def _faces(slots: list[Slot]) -> list[tuple[int, int, int, str]]:
    return [(slot.row, slot.column, slot.column_span, slot.text) for slot in slots]


def _sewn(table: Joined, slots: list[Slot], first: int) -> list[Slot]:
    """Give a row cut by the page's end its rest, and a group's cell the rows below the cut."""
    row = [slot for slot in slots if slot.row == first]
    last = {
        (slot.column, slot.column_span): number
        for number, slot in enumerate(table.slots)
        if slot.row + slot.row_span - 1 == table.rows
    }
    fits = all((slot.column, slot.column_span) in last for slot in row)
    rest = [slot for slot in row if slot.text]
    if not row or (row[0].text and not (fits and _closes(table, rest, last))):
        return slots
    if fits and rest and all(table.slots[last[s.column, s.column_span]].last for s in rest):
        for slot in row:
            number = last[slot.column, slot.column_span]
            table.slots[number] = _with_rest(table.slots[number], slot)
        return [slot for slot in slots if slot.row > first]
    return _grown(table, slots, row[0], last)


def _closes(table: Joined, rest: list[Slot], last: dict[tuple[int, int], int]) -> bool:
    """Say whether nothing stands in a row but the end of a bracket: 次） of 培训（人次）."""
    if len(rest) != 1:
        return False
    before = table.slots[last[rest[0].column, rest[0].column_span]].text
    return _open_brackets(before) > 0 > _open_brackets(rest[0].text)


def _open_brackets(text: str) -> int:
    return sum((char in "(（") - (char in ")）") for char in text)


def _with_rest(whole: Slot, rest: Slot) -> Slot:
    """Return a cell with what stands of it on the next page, and the rows it covers there."""
    text = _one_text(whole.text, rest.text) if rest.text else whole.text
    rows = whole.row_span + rest.row_span - 1
    return whole._replace(text=text, row_span=rows, flags=whole.flags | rest.flags)


def _one_text(before: str, after: str) -> str:
    """Join the two halves of a cell's text; digits on both sides of the cut stay apart."""
    parted = before[-1:].isdigit() and after[:1].isdigit()
    return before + ("\n" if parted else "") + after


def _grown(
    table: Joined, slots: list[Slot], empty: Slot, last: dict[tuple[int, int], int]
) -> list[Slot]:
    """Let a cell that spans rows reach over the cut when its place is empty beyond."""
    number = last.get((empty.column, empty.column_span))
    if number is None:
        return slots
    group = table.slots[number]
    grouped = any(s.row_span > 1 and s.column == group.column for s in (*table.slots, empty))
    if not grouped:
        return slots
    table.slots[number] = group._replace(row_span=group.row_span + empty.row_span)
    return [slot for slot in slots if slot is not empty]
