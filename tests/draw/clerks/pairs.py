"""How clerks lay out a form of labels, each with its answer beside, under or behind it."""

# ruff: noqa: E501 - tables of what people write and how it is laid out

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.draw.clerks.filled import PLATFORMS
from tests.draw.clerks.heads import over, under
from tests.draw.clerks.page import CENTRE, Cel, Line, Page, Tab, row
from tests.draw.clerks.rows import value

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from tests.draw.clerks.filled import Entry, Filled

HINTS = {
    "2023-neimenggu/project": "(主要活动内容、方式、参加人员、宣传方式)",
    "2023-cis/project": "（1.主要活动内容、方式、参加人员、宣传方式。\n2. 活动内容涉及开放参观活动，请备注开放时间、开放内容、活动地址等。）",
}
LONG = frozenset({"name", "summary", "platform", "participants"})


def answer_text(filled: Filled, entry: Entry, dice: random.Random, tick: str = "") -> str:
    """Return what stands in an answer's cell: boxes for a choice, perhaps the hint before words."""
    if entry.key == "platform":
        return boxes(
            filled, tick or filled.tick or dice.choice(("box", "box", "tick", "names", "after"))
        )
    if entry.key == "summary" and entry.answer.text and dice.random() < 0.3:
        return f"{HINTS[filled.form]}\n{entry.answer.text}"
    return entry.answer.text


def boxes(filled: Filled, how: str) -> str:
    """Write the choices ticked: ☑ for □, √ for □, √ behind, names alone, Word's own boxes."""
    choices = PLATFORMS[filled.form]
    marks = {
        "box": ("☑", "□"),
        "tick": ("√", "□"),
        "black": ("■", "□"),
        "sym": ("⟦sym:1⟧", "⟦sym:0⟧"),
        "check": ("⟦check:1⟧", "⟦check:0⟧"),
    }
    if how == "names":
        named = "、".join(filled.ticks)
        return f"{named}，请注明：{filled.other}" if filled.other else named
    if how == "after":
        written = [f"{c}{'√' if c in filled.ticks else ''}" for c in choices]
        return "  ".join(written) + (
            f"，请注明：{filled.other}" if filled.other else "，请注明______"
        )
    if how == "brackets":
        written = [f"{c}（{'√' if c in filled.ticks else ' '}）" for c in choices]
        return "\n".join(written) + f"，请注明：{filled.other or '____'}"
    yes, no = marks[how]
    written = [f"{yes if c in filled.ticks else no}{c}" for c in choices]
    lines = ["    ".join(written[n : n + 3]) for n in range(0, len(written), 3)]
    return "\n".join(lines) + f"，请注明{filled.other or '__________'}"


def cell(filled: Filled, entry: Entry, dice: random.Random, **how: object) -> Cel:
    text = answer_text(filled, entry, dice)
    return replace(value(entry.answer, **{"align": "left", **how}), text=text)


def four_columns(filled: Filled, dice: random.Random) -> Page:
    """Two pairs a row, long answers across."""
    rows, rest = [], list(filled.entries)
    while rest:
        first = rest.pop(0)
        if first.key in LONG or not rest or rest[0].key in LONG:
            rows.append(row(Cel(first.label, align=CENTRE), cell(filled, first, dice, cols=3)))
            continue
        second = rest.pop(0)
        rows.append(
            row(
                Cel(first.label, align=CENTRE),
                cell(filled, first, dice),
                Cel(second.label, align=CENTRE),
                cell(filled, second, dice),
            )
        )
    return Page((*over(filled, dice), Tab(tuple(rows), (30, 50, 30, 50)), *under(dice)))


def two_columns(filled: Filled, dice: random.Random) -> Page:
    rows = [row(Cel(e.label, align=CENTRE), cell(filled, e, dice)) for e in filled.entries]
    return Page(
        (*over(filled, dice), Tab(tuple(rows), (45, 115)), *under(dice)),
        tags=("merged-differently",),
    )


def numbered(filled: Filled, dice: random.Random) -> Page:
    rows = [row("序号", "项目", "内容")]
    rows += [
        row(Cel(str(n), align=CENTRE), e.label, cell(filled, e, dice))
        for n, e in enumerate(filled.entries, 1)
    ]
    return Page(
        (*over(filled, dice), Tab(tuple(rows), (14, 40, 106)), *under(dice)), tags=("numbered",)
    )


def stacked(filled: Filled, dice: random.Random) -> Page:
    """Labels over answers, three to a row; what is long across."""
    rows, rest = [], list(filled.entries)
    while rest:
        if rest[0].key in LONG:
            entry = rest.pop(0)
            rows.append(row(Cel(entry.label, cols=3, align=CENTRE, bold=True)))
            rows.append(row(cell(filled, entry, dice, cols=3)))
            continue
        part: list[Entry] = []
        while rest and len(part) < 3 and rest[0].key not in LONG:
            part.append(rest.pop(0))
        blanks = [""] * (3 - len(part))
        rows.append(row(*(Cel(e.label, align=CENTRE, bold=True) for e in part), *blanks))
        rows.append(row(*(cell(filled, e, dice) for e in part), *blanks))
    return Page(
        (*over(filled, dice), Tab(tuple(rows), (54, 54, 54)), *under(dice)),
        tags=("values-below-labels",),
    )


def in_label_cell(filled: Filled, dice: random.Random) -> Page:
    rows = [
        row(Cel(f"{e.label.replace(chr(10), '').rstrip('：:')}：{answer_text(filled, e, dice)}"))
        for e in filled.entries
    ]
    return Page(
        (*over(filled, dice), Tab(tuple(rows), (160,)), *under(dice)), tags=("value-in-label-cell",)
    )


def in_lines(filled: Filled, dice: random.Random) -> Page:
    """No table: a line for each answer."""
    lines = [
        Line(f"{e.label.replace(chr(10), '').rstrip('：:')}：{answer_text(filled, e, dice)}")
        for e in filled.entries
    ]
    return Page((*over(filled, dice), *lines, *under(dice)), tags=("no-table",))


def six_columns(filled: Filled, dice: random.Random) -> Page:
    """Three pairs a row."""
    rows, rest = [], list(filled.entries)
    while rest:
        if rest[0].key in LONG:
            entry = rest.pop(0)
            rows.append(row(Cel(entry.label, align=CENTRE), cell(filled, entry, dice, cols=5)))
            continue
        part: list[Entry] = []
        while rest and len(part) < 3 and rest[0].key not in LONG:
            part.append(rest.pop(0))
        cells = [c for e in part for c in (Cel(e.label, align=CENTRE), cell(filled, e, dice))]
        rows.append(row(*cells, *[""] * (6 - len(cells))))
    return Page(
        (*over(filled, dice), Tab(tuple(rows), (26, 48) * 3), *under(dice)),
        wide=True,
        tags=("merged-differently",),
    )


def in_groups(filled: Filled, dice: random.Random) -> Page:
    """Set a merged column of kinds at the left, as HR forms have it."""
    kinds = (
        ("基本信息", filled.entries[:5]),
        ("联系方式", filled.entries[5:-1]),
        ("活动内容", filled.entries[-1:]),
    )
    rows = []
    for kind, part in kinds:
        for i, e in enumerate(part):
            first = [Cel(kind, rows=len(part), align=CENTRE)] if i == 0 and len(part) > 1 else []
            first = first or ([Cel(kind, align=CENTRE)] if i == 0 else [])
            rows.append(row(*first, e.label, cell(filled, e, dice)))
    return Page(
        (*over(filled, dice), Tab(tuple(rows), (20, 40, 100)), *under(dice)),
        tags=("merged-differently",),
    )


def nested(filled: Filled, dice: random.Random) -> Page:
    """Everything in a frame of one cell, as web editors set it."""
    inner = four_columns(filled, dice)
    frame = Tab(
        (
            row(
                Cel(
                    "\n".join(b.text for b in inner.blocks if isinstance(b, Line) and b.bold),
                    nested=next(b for b in inner.blocks if isinstance(b, Tab)),
                )
            ),
        ),
        (170,),
    )
    return Page((frame,), tags=("nested-table",))


PAIRS: dict[str, Callable[[Filled, random.Random], Page]] = {
    "four-columns": four_columns,
    "two-columns": two_columns,
    "numbered": numbered,
    "stacked": stacked,
    "in-label-cell": in_label_cell,
    "in-lines": in_lines,
    "six-columns": six_columns,
    "in-groups": in_groups,
    "nested": nested,
}
