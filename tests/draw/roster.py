"""A roster as a spreadsheet an admin edits, and the units of 2023-neimenggu; people are invented.

Run from the repository: `python -m tests.draw.roster`. It rewrites 2023-neimenggu/roster.xlsx.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parsers.writing.sheet import Sheet, SheetCell
from parsers.writing.workbook import write_workbook
from rules.folder.load import load_campaign
from rules.rosters.load import read_roster
from rules.rosters.sheet import write_roster
from templates.rosters import roster_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CAMPAIGNS = Path(__file__).parents[2] / "rules/campaigns"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林罗高梁郑谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余"
GIVEN = (
    "志远", "晓梅", "建军", "丽娟", "文涛", "雅静", "国强", "秀芳", "海燕", "俊杰",
    "思源", "春华", "立新", "婷婷", "永刚", "雪莹", "卫东",
)  # fmt: skip

# what a row of `draw` holds, in this order
COLUMNS = (
    "编号", "单位", "简称/别名", "上级", "类别", "联系人", "邮箱", "手机", "应报材料", "免报",
    "展期至", "备注",
)  # fmt: skip

LEAGUES = (
    ("hohhot", "呼和浩特市", "陈明远"),
    ("baotou", "包头市", "王晓岚"),
    ("hulunbuir", "呼伦贝尔市", "李其木格"),
    ("xingan", "兴安盟", "赵文博"),
    ("tongliao", "通辽市", "包志强"),
    ("chifeng", "赤峰市", "刘思雨"),
    ("xilingol", "锡林郭勒盟", "乌云娜"),
    ("ulanqab", "乌兰察布市", "张海峰"),
    ("ordos", "鄂尔多斯市", "孟和平"),
    ("bayannur", "巴彦淖尔市", "周丽萍"),
    ("wuhai", "乌海市", "高建国"),
    ("alxa", "阿拉善盟", "萨仁花"),
)
PORTS = (
    (
        "manzhouli",
        "满洲里市工信和科技局",
        "满洲里市工业信息化和科技局、满洲里市科技局、满洲里市",
        "孙立新",
    ),
    ("erenhot", "二连浩特市教育科技局", "二连浩特市教科局、二连浩特市科技局、二连浩特市", "马晓东"),
)
AGENCIES = (
    ("education", "内蒙古自治区教育厅", "自治区教育厅、内蒙古教育厅", "何静"),
    ("agriculture", "内蒙古自治区农牧厅", "自治区农牧厅、内蒙古农牧厅", "郭永胜"),
    (
        "health",
        "内蒙古自治区卫生健康委员会",
        "自治区卫生健康委、自治区卫健委、内蒙古卫健委",
        "许婷",
    ),
    ("ecology", "内蒙古自治区生态环境厅", "自治区生态环境厅、内蒙古生态环境厅", "冯涛"),
    (
        "forestry",
        "内蒙古自治区林业和草原局",
        "自治区林业和草原局、自治区林草局、内蒙古林草局",
        "苏日娜",
    ),
    ("weather", "内蒙古自治区气象局", "自治区气象局、内蒙古气象局", "田野"),
    ("museum", "内蒙古自治区科学技术馆", "内蒙古科学技术馆、内蒙古科技馆、自治区科技馆", "丁一凡"),
)
UNIVERSITIES = (
    ("imu", "内蒙古大学", "内大", "白雪松"),
    ("imau", "内蒙古农业大学", "内农大", "宋雅琴"),
    ("imnu", "内蒙古师范大学", "内师大", "韩志宏"),
    ("imut", "内蒙古工业大学", "内工大", "吕晨"),
    ("imust", "内蒙古科技大学", "内科大", "秦岚"),
    ("immu", "内蒙古医科大学", "内医大", "贾少华"),
)
BUREAU, REGION = "内蒙古自治区科学技术厅", "内蒙古自治区"
ONLY_PROJECT = "重点项目备案表"

Row = tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """A unit as a campaign's drawing lists it; `owes` as the roster's 应报材料 column has it."""

    key: str
    name: str
    aliases: str = ""
    category: str = ""
    parent: str = ""
    owes: str = ""


def invented(units: Iterable[Listed], domain: str, first: int) -> Iterator[Row]:
    """Give each unit a person, an address at `domain`.example.cn and a number from `first` on."""
    for number, unit in enumerate(units, start=first):
        person = SURNAMES[number * 7 % len(SURNAMES)] + GIVEN[number % len(GIVEN)]
        address, phone = f"{unit.key}@{domain}.example.cn", f"1390000{number:04d}"
        owed = (unit.owes, "", "", "")
        yield (
            unit.key,
            unit.name,
            unit.aliases,
            unit.parent,
            unit.category,
            person,
            address,
            phone,
            *owed,
        )


def neimenggu() -> Iterator[Row]:
    """Every unit as a row; the notice asks the summary of 盟市 only (四、（四）)."""
    people = 0
    for group, category, parent, owes in (
        (tuple(_league(*league) for league in LEAGUES), "盟市", BUREAU, ""),
        (PORTS, "计划单列市", BUREAU, ""),
        (AGENCIES, "自治区单位", REGION, ONLY_PROJECT),
        (UNIVERSITIES, "高校", "", ONLY_PROJECT),
    ):
        for key, name, aliases, contact in group:
            people += 1
            address, phone = f"{key}@kepu.example.cn", f"1390000{people:04d}"
            yield (key, name, aliases, parent, category, contact, address, phone, owes, "", "", "")


def _league(key, place, contact):
    short = place[:-1]
    return key, f"{place}科学技术局", f"{place}科技局、{short}科技局、{place}", contact


def draw(campaign: str, rows: Iterable[Row]) -> None:
    """Write a campaign's workbook as the bot writes one."""
    folder = CAMPAIGNS / campaign
    requirements = load_campaign(folder).file.requirements
    sheet = Sheet("1", tuple(tuple(map(SheetCell, row)) for row in (COLUMNS, *rows)))
    roster = read_roster(write_workbook([sheet]), requirements)[0]
    data = write_roster(roster, requirements, roster_words())
    (folder / "roster.xlsx").write_bytes(data)


if __name__ == "__main__":
    draw("2023-neimenggu", neimenggu())
