"""Tables without lines, as a sheet is printed that has none: rows with gaps above one another."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from parsers.formats.drawn.lattice import Box, Grid
from parsers.formats.drawn.lines import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parsers.formats.drawn.page import Glyph

Span = tuple[float, float]  # from where to where across the page
_APART = 0.8  # of the height: a gap in a line that may part columns
_CORRIDOR = 0.3  # of the height: what rows leave free between two columns
_FEWEST = 3  # rows in which a table's columns are parted
_MOST = 500  # lines of one table
_TRIALS = 20  # lines over or under a table are left out so often at most
_SHARE = 0.5  # of the rows leave a corridor free: cells of the others reach over it
_STANDS = 2  # texts by which a column is known to stand between two corridors
_MOST_APART = 3.0  # times the height between two rows of a table
_CROWDED = 0.25  # of the rows hold two texts in a cell: the columns are not told
_PADDING = 12.0  # points between two columns' texts, and
_WRAPS = 1.2  # of the height: less room than that is left where a text goes on in the next line


class _Row(NamedTuple):
    """One line: where it stands, and from where to where each of its pieces reaches."""

    top: float
    bottom: float
    pieces: tuple[Span, ...]

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def free(self, span: Span) -> bool:
        """Say whether nothing stands in a span."""
        return all(end <= span[0] or start >= span[1] for start, end in self.pieces)

    def parted(self, span: Span) -> bool:
        """Say whether a span lies between two pieces of the line."""
        around = self.pieces[0][0] < span[0] and self.pieces[-1][1] > span[1]
        return around and self.free(span)

    def cells(self, corridors: Sequence[Span]) -> list[range]:
        """Return the columns of each cell, those that a piece reaches over together."""
        walls = [n for n, span in enumerate(corridors, 1) if self.free(span)]
        return [range(a, b) for a, b in pairwise([0, *walls, len(corridors) + 1])]


class Unruled(NamedTuple):
    """A table without lines, and the boxes of it of which nobody can say where they end."""

    grid: Grid
    unsure: frozenset[Box]


def find_unruled(glyphs: Iterable[Glyph], grids: Sequence[Grid]) -> list[Unruled]:
    """Return the tables that glyphs outside all ruled ones make, from the page's top down."""
    rows = [_row(line) for line in rows_of(g for g in glyphs if g.text.strip())]
    found = (_table(block) for block in _blocks(rows, [grid.ys[0] for grid in grids]))
    return [table for table in found if table is not None]


def _row(line: Sequence[Glyph]) -> _Row:
    height = max(glyph.height for glyph in line)
    pieces = [[line[0].left, line[0].right]]
    for glyph in line[1:]:
        if glyph.left - pieces[-1][1] >= _APART * height:
            pieces.append([glyph.left, glyph.right])
        pieces[-1][1] = max(pieces[-1][1], glyph.right)
    top, bottom = min(glyph.top for glyph in line), max(glyph.bottom for glyph in line)
    return _Row(top, bottom, tuple((start, end) for start, end in pieces))


def _blocks(rows: Sequence[_Row], tables: Sequence[float]) -> list[list[_Row]]:
    """Return rows that stand together, with no ruled table between them."""
    blocks: list[list[_Row]] = [[]]
    for row in rows:
        last = blocks[-1][-1] if blocks[-1] else row
        far = row.top - last.bottom > _MOST_APART * max(row.height, last.height)
        if far or any(last.top < top < row.top for top in tables):
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def _table(block: Sequence[_Row]) -> Unruled | None:
    rows = list(block) if len(block) <= _MOST else []
    for _ in range(_TRIALS):
        parted = [row for row in rows if len(row.pieces) > 1]
        corridors = _corridors(parted) if len(parted) >= _FEWEST else []
        if not corridors:
            return None
        kept = _without_ends(rows, corridors)
        if len(kept) == len(rows):
            return _drawn(rows, corridors)
        rows = kept
    return None


def _without_ends(rows: list[_Row], corridors: Sequence[Span]) -> list[_Row]:
    """Leave out lines over and under a table: of one piece, or parted at other places."""
    fits = [n for n, row in enumerate(rows) if len(row.pieces) > 1 and _fits(row, corridors)]
    return rows[fits[0] : fits[-1] + 1] if fits else []


def _fits(row: _Row, corridors: Sequence[Span]) -> bool:
    gaps = ((left[1], right[0]) for left, right in pairwise(row.pieces))
    return all(any(a <= c[0] and c[1] <= b for c in corridors) for a, b in gaps)


def _corridors(rows: Sequence[_Row]) -> list[Span]:
    """Return what most rows leave free between their pieces, at its freest."""
    height = max(row.height for row in rows)
    found: list[tuple[int, Span]] = []
    lowest = 0  # of the rows that leave free what lies between the last corridor and here
    for free, span in _steps(rows):
        lowest = min(lowest, free)
        wide = span[1] - span[0] >= _CORRIDOR * height
        if not wide or free < _SHARE * len(rows) or sum(r.parted(span) for r in rows) < _STANDS:
            continue
        if not found or min(found[-1][0], free) - lowest >= _STANDS:
            found.append((free, span))
        elif (free, span[1] - span[0]) > (found[-1][0], found[-1][1][1] - found[-1][1][0]):
            found[-1] = (free, span)
        else:
            continue
        lowest = free
    parted = [span for _, span in found]
    return parted if sum(any(r.parted(s) for s in parted) for r in rows) >= _FEWEST else []


def _steps(rows: Sequence[_Row]) -> Iterator[tuple[int, Span]]:
    """Yield from left to right what the same number of rows leaves free, with that number."""
    changes: Counter[float] = Counter()
    for start, end in (piece for row in rows for piece in row.pieces):
        changes[start] -= 1
        changes[end] += 1
    free, last = len(rows), min(changes)
    for place in sorted(changes):
        if changes[place]:
            if place > last:
                yield free, (last, place)
            free, last = free + changes[place], place


def _drawn(rows: Sequence[_Row], corridors: Sequence[Span]) -> Unruled:
    left = min(row.pieces[0][0] for row in rows) - 1
    right = max(row.pieces[-1][1] for row in rows) + 1
    xs = (left, *((start + end) / 2 for start, end in corridors), right)
    groups = _wrapped(rows, xs)
    between = ((above[-1].bottom + below[0].top) / 2 for above, below in pairwise(groups))
    ys = (rows[0].top - 1, *between, rows[-1].bottom + 1)
    lines = [_together(group) for group in groups]
    boxes = tuple(
        Box(n, cell[0], 1, len(cell), xs[cell[0]], ys[n], xs[cell[-1] + 1], ys[n + 1])
        for n, line in enumerate(lines)
        for cell in line.cells(corridors)
    )
    return Unruled(Grid(xs, ys, boxes), frozenset(_unsure(boxes, lines)))


def _unsure(boxes: Sequence[Box], lines: Sequence[_Row]) -> Iterator[Box]:
    """Yield what may be two cells in one, or half a cell: texts that go on under themselves."""
    held = {
        box: [p for p in lines[box.row].pieces if box.left <= p[0] < box.right] for box in boxes
    }
    filled = [box for box in boxes if held[box]]
    count = Counter(column for box in filled for column in _columns(box))
    main = min((c for c in count if count[c] * 2 >= len(lines)), default=0)  # of labels, or numbers
    rows = {box.row for box in filled if main in _columns(box)}
    stray = {*range(len(lines))} - rows
    if sum(len(pieces) > 1 for pieces in held.values()) > _CROWDED * len(lines):
        yield from filled
        return
    spots = {(box.row, column) for box in filled for column in _columns(box)}
    for box in filled:
        under = any((box.row + 1, column) in spots for column in _columns(box))
        cut = box.row in stray or (box.row + 1 in stray and under)
        if cut or len(held[box]) > 1:
            yield box


def _columns(box: Box) -> range:
    return range(box.column, box.column + box.column_span)


def _together(group: Sequence[_Row]) -> _Row:
    """Return the lines of one row as one."""
    pieces: list[Span] = []
    for start, end in sorted(piece for row in group for piece in row.pieces):
        if pieces and start < pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(end, pieces[-1][1]))
        else:
            pieces.append((start, end))
    return _Row(group[0].top, group[-1].bottom, tuple(pieces))


def _wrapped(rows: Sequence[_Row], xs: Sequence[float]) -> list[list[_Row]]:
    """Return the lines of each row: a text too long for its column goes on under itself."""
    starts = [[p[0] for row in rows for p in row.pieces if _column(p, xs) == n] for n in _all(xs)]
    ends = [*(min(found, default=xs[n]) for n, found in enumerate(starts) if n), math.inf]
    groups = [[rows[0]]]
    for above, row in pairwise(rows):
        if _goes_on(above, row, xs, ends):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _goes_on(above: _Row, row: _Row, xs: Sequence[float], ends: Sequence[float]) -> bool:
    """Say whether all of a line stands under full texts, or some of it, with cells left empty."""
    if row.top - above.bottom > _APART * max(row.height, above.height):
        return False
    room = _PADDING + _WRAPS * above.height
    full = {c for p in above.pieces if (c := _column(p, xs)) is not None and ends[c] - p[1] < room}
    under = {_column(piece, xs) for piece in row.pieces}
    fewer = len(row.pieces) < len(above.pieces) or len(above.pieces) == 1
    return under <= full or (fewer and bool(full & under))


def _all(xs: Sequence[float]) -> range:
    return range(len(xs) - 1)


def _column(piece: Span, xs: Sequence[float]) -> int | None:
    """Return the column a piece stands in; None where it reaches over several."""
    return next((n for n in _all(xs) if xs[n] <= piece[0] and piece[1] <= xs[n + 1]), None)
