"""How clerks lay out the table of numbers in groups: merged labels, headings across, one column."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from tests.draw.clerks.heads import over, under
from tests.draw.clerks.page import CENTRE, Break, Cel, Line, Page, Tab, row
from tests.draw.clerks.pairs import boxes
from tests.draw.clerks.rows import head, value

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from tests.draw.clerks.filled import Entry, Filled
    from tests.draw.clerks.page import Block


def top(filled: Filled, dice: random.Random, tick: str = "") -> tuple[Block, ...]:
    """Return what stands over the table, the society's boxes among it."""
    blocks = over(filled, dice)
    if not filled.ticks:
        return blocks
    how = tick or filled.tick or dice.choice(("box", "tick", "black"))
    lines = boxes(filled, how).split("\n")
    return (*blocks, Line("组织活动单位是中国仪器仪表学会："), *(Line(text) for text in lines))


def parts(filled: Filled) -> Iterator[tuple[str, list[Entry]]]:
    """Yield each group with its rows; a row without a group alone."""
    for _, run in groupby(enumerate(filled.entries), lambda pair: pair[1].group or str(pair[0])):
        entries = [entry for _, entry in run]
        yield entries[0].group, entries


def as_printed(filled: Filled, dice: random.Random) -> Page:
    rows = []
    for group, entries in parts(filled):
        if not group:
            rows += [row(Cel(e.label, align=CENTRE), value(e.answer, cols=2)) for e in entries]
            continue
        for i, e in enumerate(entries):
            first = [Cel(group, rows=len(entries), align=CENTRE)] if i == 0 else []
            rows.append(row(*first, Cel(e.label, align=CENTRE), value(e.answer)))
    return Page((*top(filled, dice), Tab(tuple(rows), (40, 86, 34)), *under(dice)))


def numbered(filled: Filled, dice: random.Random) -> Page:
    """序号, 类别, 指标, 数量, 备注: headings that the blank does not have."""
    rows = [head("序号", "类别", "指标", "数量", "备注")]
    number = 0
    for group, entries in parts(filled):
        for i, e in enumerate(entries):
            number += 1
            first = [Cel(group, rows=len(entries), align=CENTRE)] if i == 0 and group else []
            name = [e.label] if group else [Cel(e.label, cols=2)]
            rows.append(row(Cel(str(number), align=CENTRE), *first, *name, value(e.answer), ""))
    return Page(
        (*top(filled, dice), Tab(tuple(rows), (14, 34, 66, 28, 24)), *under(dice)),
        tags=("numbered",),
    )


def repeated(filled: Filled, dice: random.Random) -> Page:
    """Type the group again on each row, as people do who want to sort."""
    rows = [head("项目", "内容", "数量")]
    rows += [row(e.group.replace("\n", ""), e.label, value(e.answer)) for e in filled.entries]
    return Page(
        (*top(filled, dice), Tab(tuple(rows), (50, 76, 34)), *under(dice)),
        tags=("merged-differently", "groups-repeated"),
    )


def across(filled: Filled, dice: random.Random) -> Page:
    """Set groups as lines across the table, numbered 一、二、."""
    rows: list[tuple[Cel, ...]] = []
    for number, (group, entries) in zip("一二三四五六七八九十", parts(filled), strict=False):
        if group:
            rows.append(row(Cel(f"{number}、{group.replace(chr(10), '')}", cols=2, bold=True)))
        rows += [row(e.label, value(e.answer)) for e in entries]
    return Page(
        (*top(filled, dice), Tab(tuple(rows), (110, 50)), *under(dice)),
        tags=("merged-differently", "groups-across"),
    )


def joined(filled: Filled, dice: random.Random) -> Page:
    """Group and label in one cell."""
    rows = [head("统计内容", "数量")]
    for group, entries in parts(filled):
        name = group.replace("\n", "")
        rows += [row(f"{name}——{e.label}" if group else e.label, value(e.answer)) for e in entries]
    return Page(
        (*top(filled, dice), Tab(tuple(rows), (120, 40)), *under(dice)),
        tags=("merged-differently", "group-in-label"),
    )


def with_measures(filled: Filled, dice: random.Random) -> Page:
    rows = [head("类别", "内容", "单位", "数量")]
    for group, entries in parts(filled):
        name = group.split("\n（")[0]
        for i, e in enumerate(entries):
            first = [Cel(name, rows=len(entries), align=CENTRE)] if i == 0 and group else []
            label = [e.label] if group else [Cel(e.label, cols=2)]
            rows.append(row(*first, *label, Cel(e.unit, align=CENTRE), value(e.answer)))
    return Page(
        (*top(filled, dice), Tab(tuple(rows), (40, 76, 18, 28)), *under(dice)),
        tags=("column-of-units",),
    )


def halves(filled: Filled, dice: random.Random) -> Page:
    middle = (len(filled.entries) + 1) // 2
    rows = [head("内容", "数量", "内容", "数量")]
    for n in range(middle):
        left = filled.entries[n]
        right = filled.entries[n + middle : n + middle + 1]
        cells = [c for e in (left, *right) for c in (Cel(e.label), value(e.answer))]
        rows.append(row(*cells, *[""] * (4 - len(cells))))
    return Page(
        (*top(filled, dice), Tab(tuple(rows), (60, 24) * 2), *under(dice)), tags=("halves",)
    )


def remarked(filled: Filled, dice: random.Random) -> Page:
    """Add a remarks column with words and numbers of its own."""
    notes = {
        "held": "其中线上3场",
        "volunteers": "含学生",
        "online": "抖音、快手直播观看量",
        "media": "市电视台等",
        "reports": "截至6月5日",
    }
    rows = [head("类别", "内容", "数量", "备注")]
    for group, entries in parts(filled):
        for i, e in enumerate(entries):
            first = [Cel(group, rows=len(entries), align=CENTRE)] if i == 0 and group else []
            label = [e.label] if group else [Cel(e.label, cols=2)]
            rows.append(row(*first, *label, value(e.answer), notes.get(e.key, "")))
    return Page(
        (*top(filled, dice), Tab(tuple(rows), (36, 66, 28, 34)), *under(dice)), tags=("remarks",)
    )


def in_label_cell(filled: Filled, dice: random.Random) -> Page:
    rows = []
    for group, entries in parts(filled):
        for i, e in enumerate(entries):
            text = f"{e.label.replace(chr(10), '')}：{e.answer.text}"
            first = [Cel(group, rows=len(entries), align=CENTRE)] if i == 0 and group else []
            rows.append(row(*first, text if group else Cel(text, cols=2)))
    return Page(
        (*top(filled, dice), Tab(tuple(rows), (45, 115)), *under(dice)),
        tags=("value-in-label-cell",),
    )


def split(filled: Filled, dice: random.Random) -> Page:
    """Break the page within a group; its label is typed again with （续）."""
    first, second = [], []
    for number, (group, entries) in enumerate(parts(filled)):
        halfway = len(entries) // 2 if number == 1 else 0
        for i, e in enumerate(entries):
            into = first if number == 0 or (number == 1 and i < halfway) else second
            size = (
                halfway
                if number == 1 and i < halfway
                else len(entries) - (halfway if number == 1 else 0)
            )
            starts = i == 0 or (number == 1 and i == halfway)
            name = group if i == 0 else f"{group}（续）"
            cells = [Cel(name, rows=size, align=CENTRE)] if starts and group else []
            into.append(row(*cells, e.label if group else Cel(e.label, cols=2), value(e.answer)))
    widths = (40, 86, 34)
    return Page(
        (
            *top(filled, dice),
            Tab(tuple(first), widths),
            Break(),
            Tab(tuple(second), widths),
            *under(dice),
        ),
        tags=("table-split",),
    )


def across_the_page(filled: Filled, _dice: random.Random) -> Page:
    """Make a sheet of one row of labels and one of numbers."""
    groups, labels, numbers = [], [], []
    for group, entries in parts(filled):
        name = group.replace("\n", "")
        groups.append(
            Cel(name, cols=len(entries), align=CENTRE) if group else Cel(entries[0].label, rows=2)
        )
        labels += [Cel(e.label, align=CENTRE) for e in entries] if group else []
        numbers += [value(e.answer) for e in entries]
    first = Cel("单位名称", rows=2, align=CENTRE)
    rows = (row(first, *groups), tuple(labels), row(filled.who, *numbers))
    blocks = (
        Line(filled.title, CENTRE, bold=True, size=16),
        Tab(rows, (40,) + (22,) * len(filled.entries)),
    )
    return Page(blocks, wide=True, tags=("one-row-a-unit",))


def unit_in_table(filled: Filled, dice: random.Random) -> Page:
    """Title and unit within the table's merged first rows."""
    body = next(b for b in as_printed(filled, dice).blocks if isinstance(b, Tab))
    rows = (
        row(Cel(filled.title, cols=3, align=CENTRE, bold=True)),
        row(Cel("单位（盖章）", align=CENTRE), Cel(filled.who, cols=2)),
        *body.rows,
        row("填表人", Cel("王秀芳 13900001301", cols=2)),
    )
    if filled.ticks:
        ticked = boxes(filled, filled.tick or dice.choice(("box", "tick", "black")))
        society = row("组织活动单位是中国仪器仪表学会", Cel(ticked, cols=2))
        rows = (*rows[:2], society, *rows[2:])
    return Page((replace(body, rows=rows),), tags=("title-in-table", "signatures-in-table"))


GROUPED: dict[str, Callable[[Filled, random.Random], Page]] = {
    "as-printed": as_printed,
    "numbered": numbered,
    "repeated": repeated,
    "across": across,
    "joined": joined,
    "with-measures": with_measures,
    "halves": halves,
    "remarked": remarked,
    "in-label-cell": in_label_cell,
    "split": split,
    "one-row": across_the_page,
    "unit-in-table": unit_in_table,
}
