"""The blank of 2023-taiyuan and its roster.

并科〔2023〕10号 names its 附件2 without printing it; the rows are those of the national table.
Run from the repository: `python -m tests.draw.taiyuan`.
"""

from __future__ import annotations

from tests.draw.grouped import plain_statistics
from tests.draw.roster import CAMPAIGNS, Listed, draw, invented

TITLE = "2023年太原市科技活动周开展情况统计表"
COUNTY, MEMBER, BUREAU = "县（市、区）", "联席会议成员单位", "太原市科学技术局"
COUNTIES = (
    ("xiaodian", "小店区"),
    ("yingze", "迎泽区"),
    ("xinghualing", "杏花岭区"),
    ("jiancaoping", "尖草坪区"),
    ("wanbailin", "万柏林区"),
    ("jinyuan", "晋源区"),
    ("qingxu", "清徐县"),
    ("yangqu", "阳曲县"),
    ("loufan", "娄烦县"),
    ("gujiao", "古交市"),
)
MEMBERS = (
    ("education", "太原市教育局", "市教育局"),
    ("health", "太原市卫生健康委员会", "太原市卫健委、市卫健委"),
    ("agriculture", "太原市农业农村局", "市农业农村局"),
    ("ecology", "太原市生态环境局", "市生态环境局"),
    ("emergency", "太原市应急管理局", "市应急管理局、太原市应急局"),
    ("planning", "太原市规划和自然资源局", "市规划和自然资源局"),
    ("weather", "太原市气象局", "市气象局"),
    ("youth", "共青团太原市委员会", "共青团太原市委、团市委"),
    ("women", "太原市妇女联合会", "太原市妇联、市妇联"),
    ("unions", "太原市总工会", "市总工会"),
)


def units() -> list[Listed]:
    """各县(市、区)科技管理部门, and members of the 科普工作联席会议."""
    found = [
        Listed(key, f"{place}科学技术局", _short(place), COUNTY, BUREAU) for key, place in COUNTIES
    ]
    return found + [Listed(key, name, aliases, MEMBER) for key, name, aliases in MEMBERS]


def _short(place: str) -> str:
    """Write the ways a county's office is called; in some 教育 and 科技 are one bureau."""
    names = (f"{place}科技局", f"太原市{place}科技局", f"{place}教育科技局", f"{place}科技管理部门")
    return "、".join((*names, place))


if __name__ == "__main__":
    plain_statistics(str(CAMPAIGNS / "2023-taiyuan/forms/statistics.docx"), "附件2", TITLE)
    draw("2023-taiyuan", invented(units(), "tykj", 401))
