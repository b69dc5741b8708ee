"""What stands over and under a form: annex, title, whose it is, seals, dates, who filled it in."""

# ruff: noqa: E501 - tables of what people write and how it is laid out

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.draw.clerks.page import CENTRE, RIGHT, Line

if TYPE_CHECKING:
    import random

    from tests.draw.clerks.filled import Filled
    from tests.draw.clerks.page import Block

# {} is the unit as its clerk writes it
UNIT_LINES = (
    "填报单位：{}",
    "填报单位（盖章）：{}",
    "填报单位:{}        填报日期：2023年6月8日",
    "填表单位： {}",
    "单位名称：{}",
    "单位（盖章）：{}",
    "填报单位：{}    填表人：王秀芳    联系电话：13900001301",
    "填 报 单 位 ： {}",
    "报送单位：__{}____",
    "填报单位（公章）： {}            2023 年 6 月 2 日",
)
FOOTS = (
    (),
    ("填表人：王秀芳          联系电话：13900001301",),
    ("单位负责人（签字）：高建国      填表人：王秀芳      填报日期：2023年6月8日",),
    ("（盖章）", "2023年6月8日"),
    ("注：请于2023年6月15日前将此表报送，数据截至5月31日。",),
)


def over(filled: Filled, dice: random.Random, *, unit: bool = True) -> tuple[Block, ...]:
    """Return the lines above the table; without `unit` the layout says itself whose it is."""
    blocks: list[Block] = []
    if dice.random() < 0.6:
        blocks.append(Line(dice.choice(("附件2", "附件 2：", "附件2：")), size=14))
    blocks.append(
        Line(_title(filled.title, dice), CENTRE, bold=True, size=dice.choice((16, 18, 20)))
    )
    if unit and filled.key != "organiser":
        blocks.append(Line(dice.choice(UNIT_LINES).format(filled.who), size=12))
    return tuple(blocks)


def _title(title: str, dice: random.Random) -> str:
    """Retype the title with other spaces, or over two lines."""
    return dice.choice(
        (title, title, title.replace(" ", ""), title.replace("年", " 年 ", 1).replace("  ", " "))
    )


def under(dice: random.Random) -> tuple[Block, ...]:
    """Return the lines below the table."""
    lines = dice.choice(FOOTS)
    return tuple(Line(text, RIGHT if len(text) < 12 else "left") for text in lines)


COVER = (
    "关于报送2023年科技活动周有关材料的函",
    "各有关处室：",
    "    按照通知要求，我单位认真组织开展了2023年科技活动周活动，共举办各类活动30余场，参与群众2万余人次。现将有关表格随函报送，请审阅。",
    "    联系人：孙志远，联系电话：13900001399。",
)


def cover(filled: Filled) -> tuple[Block, ...]:
    """Return a letter before the form."""
    first, *rest = COVER
    return (
        Line(first, CENTRE, bold=True, size=16),
        *(Line(t) for t in rest),
        Line(filled.who, RIGHT),
        Line("2023年6月8日", RIGHT),
    )
