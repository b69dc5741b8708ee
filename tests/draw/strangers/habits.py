"""What people do to a form beside filling it in: columns, rows and words of their own."""

from __future__ import annotations

from dataclasses import replace

from rules.reader.titles import read_title
from tests.draw.strangers.copy import Cell

UNIT = "青城市科学技术局"
ADDED = (
    "科普大篷车（次）",
    "科普剧(场)",
    "无人机表演（次）",
    "志愿服务时长（小时）",
    "短视频（个）",
)
REMARKS = (
    *("其中线上500人次", "较去年增加20", "2022年为300", "共3个旗县，每个12场", "约占30%"),
    *("5月20日—27日", "张三，13800000000", "详见附件"),
)


def a_column_of_numbers(copy):
    copy.insert_column(1, lambda row: "序号" if row == 1 and copy.form.table else str(row))


def an_empty_column(copy):
    copy.insert_column(copy.column, lambda _: "")


def a_column_of_units(copy):
    rows = {c.row: c.key for c in copy.values()}
    if len(rows) < len(copy.values()):
        return  # several numbers in a row
    units = {f.key: f.unit or "" for f in copy.form.fields}
    head = "单位" if copy.form.table else ""
    at = copy.column + copy.dice.randrange(2)
    copy.insert_column(at, lambda row: units[rows[row]] if row in rows else head * (row == 1))


def last_years_column(copy):
    if copy.form.table is None or copy.form.table.others:
        return
    year = read_title(copy.form.title).year
    years = [(f"{year - 1}年", f"{year}年")] if year else []
    old, new = copy.dice.choice([*years, ("上年数", "本年数"), ("去年", "今年")])
    at, rows = copy.column + copy.dice.randrange(2), {c.row for c in copy.cells if c.key}
    head = next(c for c in copy.cells if c.row == 1 and c.column == copy.column)
    copy.put(head, text=new)
    number = lambda row: str(copy.dice.randrange(1013, 9877)) if row in rows else ""  # noqa: E731
    copy.insert_column(at, lambda row: old if row == 1 else number(row))


def an_added_row(copy):
    """Under a number; a label over several rows of a group goes on beside it."""
    over = copy.dice.choice(copy.values())
    label, number = copy.label(over), copy.dice.randrange(1013, 9877)
    new = [
        replace(label, text=copy.dice.choice(ADDED), tall=1),
        replace(over, text=str(number), key=""),
    ]
    covered = {c for c in copy.cells if c.row <= over.row < c.row + c.tall - 1}
    rest = [
        c
        for c in copy.cells
        if c.row == over.row and c.tall == 1 and c not in {label, over} | covered
    ]
    copy.insert_row(over.row + 1, [*new, *(replace(c, text="", key="") for c in rest)])
    copy.added.append(number)


def a_row_left_out(copy):
    row = copy.dice.choice(copy.values()).row
    if all(c.tall == 1 or c.row != row for c in copy.cells):
        inside = [
            f
            for f in copy.form.fields
            if f.within and f.within in {c.key for c in copy.cells if c.row == row}
        ]
        copy.drop_row(row)
        copy.stated |= {f.key: None for f in inside}


def rows_in_another_order(copy):
    first, second = sorted(c.row for c in copy.dice.sample(copy.values(), 2))
    alone = all(c.tall == 1 for c in copy.cells if c.row in {first, second})
    if alone and all(map(copy.is_whole, (first, first + 1, second, second + 1))):
        swap = {first: second, second: first}
        copy.cells = [replace(c, row=swap.get(c.row, c.row)) for c in copy.cells]


def a_heading_between(copy):
    row = copy.dice.choice(copy.values()).row
    if copy.is_whole(row):
        said = copy.dice.choice(
            ("一、线下活动", "二、宣传情况", "（以下为重点活动）", "三、投入情况（2023年）")
        )
        copy.insert_row(row, [Cell(row, 1, said, wide=copy.width)])


def an_empty_row(copy):
    row = copy.dice.choice(copy.values()).row
    if copy.is_whole(row):
        copy.insert_row(row, [Cell(row, column, "") for column in range(1, copy.width + 1)])


def who_filled_it_in(copy):
    copy.below.append("填表人：李四    联系电话：13800000000   填表日期：2023 年 6 月 2 日")


def a_covering_letter(copy):
    copy.above[:0] = [
        "关于报送2023年科技活动周情况的函", "自治区科技厅：",
        "现将我市情况统计表报送贵厅。活动期间共有35个单位参加，参加活动人员1.2万人，发放资料3万份。",
        "附件：2023年科技活动周情况统计表", copy.unit, "2023年6月5日",
    ]  # fmt: skip


def remarks_with_numbers(copy):
    last = copy.width
    if copy.form.table is None or last == copy.column:
        return
    rows = {c.row for c in copy.values()}
    for cell in [c for c in copy.cells if c.row in rows and c.column == last and not c.text]:
        if copy.dice.random() < 0.3:
            copy.put(cell, text=copy.dice.choice(REMARKS))


HABITS = (
    a_column_of_numbers, an_empty_column, a_column_of_units, last_years_column, an_added_row,
    a_row_left_out, rows_in_another_order, a_heading_between, an_empty_row, who_filled_it_in,
    a_covering_letter, remarks_with_numbers,
)  # fmt: skip
