"""How clerks lay out a table of things counted, each with a number and perhaps a remark."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.draw.clerks.answers import Answer
from tests.draw.clerks.heads import UNIT_LINES, over, under
from tests.draw.clerks.labels import unitless
from tests.draw.clerks.page import CENTRE, Break, Cel, Line, Page, Tab, row

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from tests.draw.clerks.filled import Entry, Filled
    from tests.draw.clerks.page import Block

SAYING = ("说明", "“内容”栏内不限于上述内容，可自行增加相关项目")


def value(answer: Answer, **how: object) -> Cel:
    """Return the cell an answer is typed into."""
    return Cel(answer.text, value=answer.stored, shown=answer.shown, **{"align": CENTRE, **how})


def label(text: str, **how: object) -> Cel:
    return Cel(text, **how)


def head(*texts: str) -> tuple[Cel, ...]:
    return tuple(Cel(text, align=CENTRE, bold=True) for text in texts)


def page(
    filled: Filled, dice: random.Random, *tabs: Block, tags: Sequence[str] = (), unit: bool = True
) -> Page:
    """Set tables between what stands over and under them."""
    return Page((*over(filled, dice, unit=unit), *tabs, *under(dice)), tags=tuple(tags))


def as_printed(filled: Filled, dice: random.Random) -> Page:
    rows = [head("内 容", "数 量", "备 注")]
    rows += [row(label(e.label), value(e.answer), e.remark.text) for e in filled.entries]
    rows.append(row(SAYING[0], Cel(SAYING[1], cols=2)))
    return page(filled, dice, Tab(tuple(rows), (66, 40, 50)))


def numbered(filled: Filled, dice: random.Random) -> Page:
    rows = [head("序号", "内容", "数量", "备注")]
    rows += [
        row(Cel(str(n), align=CENTRE), e.label, value(e.answer), e.remark.text)
        for n, e in enumerate(filled.entries, 1)
    ]
    return page(filled, dice, Tab(tuple(rows), (14, 66, 36, 44)), tags=["numbered"])


def with_measures(filled: Filled, dice: random.Random) -> Page:
    """Set the unit of measure in a column of its own."""
    rows = [head("序号", "内容", "计量单位", "数量", "备注")]
    for n, e in enumerate(filled.entries, 1):
        name = unitless((e.label,), dice) if e.unit else e.label
        rows.append(
            row(
                Cel(str(n), align=CENTRE),
                name,
                Cel(e.unit, align=CENTRE),
                value(e.answer),
                e.remark.text,
            )
        )
    return page(
        filled, dice, Tab(tuple(rows), (14, 60, 24, 34, 30)), tags=["numbered", "column-of-units"]
    )


def halves(filled: Filled, dice: random.Random) -> Page:
    """Two columns of rows side by side."""
    middle = (len(filled.entries) + 1) // 2
    rows = [head("内容", "数量", "备注", "内容", "数量", "备注")]
    for n in range(middle):
        cells: list[Cel | str] = []
        for e in (filled.entries[n], *filled.entries[n + middle : n + middle + 1]):
            cells += [e.label, value(e.answer), e.remark.text]
        rows.append(row(*cells, *[""] * (6 - len(cells))))
    return replace(
        page(filled, dice, Tab(tuple(rows), (50, 26, 40) * 2), tags=["halves"]), wide=True
    )


def in_label_cell(filled: Filled, dice: random.Random) -> Page:
    """Type the number behind its label, in the label's own cell, two to a row."""
    cells = [Cel(f"{e.label.replace(chr(10), '')}：{e.answer.text}") for e in filled.entries]
    rows = [tuple(cells[n : n + 2]) for n in range(0, len(cells) - 1, 2)]
    if len(cells) % 2:
        rows.append((replace(cells[-1], cols=2),))
    return page(filled, dice, Tab(tuple(rows), (80, 80)), tags=["value-in-label-cell"])


def unit_in_table(filled: Filled, dice: random.Random) -> Page:
    """Title and unit as merged rows of the table, who signs at its foot."""
    who = dice.choice(UNIT_LINES[:2]).format(filled.who)
    rows = [
        row(Cel(filled.title, cols=3, align=CENTRE, bold=True)),
        row(Cel(who, cols=3)),
        head("内容", "数量", "备注"),
    ]
    rows += [row(e.label, value(e.answer), e.remark.text) for e in filled.entries]
    rows.append(row("填表人", "王秀芳", "联系电话：13900001301"))
    rows.append(row("单位负责人", Cel("高建国", cols=2)))
    return Page((Tab(tuple(rows), (70, 40, 50)),), tags=("title-in-table", "signatures-in-table"))


def unit_below(filled: Filled, dice: random.Random) -> Page:
    """Whose it is stands under the table."""
    rows = [head("内容", "数量", "备注")]
    rows += [row(e.label, value(e.answer), e.remark.text) for e in filled.entries]
    foot = Line(f"填报单位（公章）：{filled.who}", size=12)
    blocks = (
        *over(filled, dice, unit=False),
        Tab(tuple(rows), (66, 40, 50)),
        foot,
        Line("填报日期：2023年6月8日"),
    )
    return Page(blocks, tags=("unit-below-table",))


def unit_beside(filled: Filled, dice: random.Random) -> Page:
    """填报单位 as a row of its own: label in one cell, name in the next."""
    rows = [
        row(Cel("填报单位", align=CENTRE), Cel(filled.who, cols=2)),
        head("内容", "数量", "备注"),
    ]
    rows += [row(e.label, value(e.answer), e.remark.text) for e in filled.entries]
    return Page(
        (*over(filled, dice, unit=False), Tab(tuple(rows), (66, 40, 50)), *under(dice)),
        tags=("unit-in-table",),
    )


def headless(filled: Filled, dice: random.Random) -> Page:
    """No heading row, numbers typed before the labels."""
    mark = dice.choice(("{}.", "{}、", "({})", "（{}）"))
    rows = [
        row(f"{mark.format(n)}{e.label}", value(e.answer)) for n, e in enumerate(filled.entries, 1)
    ]
    return page(
        filled, dice, Tab(tuple(rows), (100, 60)), tags=["no-headings", "numbers-in-labels"]
    )


def split(filled: Filled, dice: random.Random) -> Page:
    """Two tables with the heading repeated, the second on its own page."""
    middle = len(filled.entries) * 3 // 5
    rows = [row(e.label, value(e.answer), e.remark.text) for e in filled.entries]
    top = head("内容", "数量", "备注")
    first, second = (
        Tab((top, *rows[:middle]), (66, 40, 50)),
        Tab((top, *rows[middle:]), (66, 40, 50)),
    )
    between = dice.choice(((Break(),), (Line("（续表）", CENTRE),), (Break(), Line("续上表"))))
    return page(filled, dice, first, *between, second, tags=["table-split"])


def heading_twice(filled: Filled, dice: random.Random) -> Page:
    """One table in which the heading row was typed again in the middle."""
    middle = len(filled.entries) // 2
    rows = [row(e.label, value(e.answer), e.remark.text) for e in filled.entries]
    top = head("内容", "数量", "备注")
    return page(
        filled,
        dice,
        Tab((top, *rows[:middle], top, *rows[middle:]), (66, 40, 50), repeat=1),
        tags=["heading-repeated"],
    )


def in_kinds(filled: Filled, dice: random.Random) -> Page:
    """Set a merged column of kinds that the clerk made up, at the left."""
    kinds = ("组织参与", "科普服务", "阵地建设", "培训宣讲", "媒体传播与服务")
    rows = [head("类别", "内容", "数量", "备注")]
    size = -(-len(filled.entries) // len(kinds))
    for n, kind in enumerate(kinds):
        part = filled.entries[n * size : (n + 1) * size]
        for i, e in enumerate(part):
            first = [Cel(kind, rows=len(part), align=CENTRE)] if i == 0 else []
            rows.append(row(*first, e.label, value(e.answer), e.remark.text))
    return page(filled, dice, Tab(tuple(rows), (26, 60, 34, 40)), tags=["merged-differently"])


def merged_wide(filled: Filled, dice: random.Random) -> Page:
    """Labels over two columns, numbers over two more: cells joined where the blank has none."""
    rows = [
        row(
            Cel("内容", cols=2, align=CENTRE),
            Cel("数量", cols=2, align=CENTRE),
            Cel("备注", align=CENTRE),
        )
    ]
    rows += [
        row(Cel(e.label, cols=2), value(e.answer, cols=2), e.remark.text) for e in filled.entries
    ]
    return page(filled, dice, Tab(tuple(rows), (40, 26, 20, 20, 50)), tags=["merged-differently"])


ROWS: dict[str, Callable[[Filled, random.Random], Page]] = {
    "as-printed": as_printed,
    "numbered": numbered,
    "with-measures": with_measures,
    "halves": halves,
    "in-label-cell": in_label_cell,
    "unit-in-table": unit_in_table,
    "unit-below": unit_below,
    "unit-beside": unit_beside,
    "headless": headless,
    "split": split,
    "heading-twice": heading_twice,
    "in-kinds": in_kinds,
    "merged-wide": merged_wide,
}


def scientists(filled: Filled, number: int, written: str) -> Filled:
    """Fill 其中: 科技人员 in beside 参加活动人员."""
    entries = tuple(
        replace(e, remark=Answer(written.format(number))) if e.key == "participants" else e
        for e in filled.entries
    )
    return replace(filled, entries=entries, means={**filled.means, "scientists": number})


def remarked(filled: Filled, remarks: dict[str, str]) -> Filled:
    """Write into the remarks of some rows."""

    def one(e: Entry) -> Entry:
        return replace(e, remark=Answer(remarks[e.key], None, "remarks")) if e.key in remarks else e

    return replace(filled, entries=tuple(map(one, filled.entries)))
