"""The blank of 2023-xinjiang and its roster.

The notice names the annex 2023年自治区科技活动周开展情况统计表 without its text; the rows are those
of the national table. Run from the repository: `python -m tests.draw.xinjiang`.
"""

from __future__ import annotations

from tests.draw.grouped import plain_statistics
from tests.draw.roster import CAMPAIGNS, Listed, draw, invented

TITLE = "2023年自治区科技活动周开展情况统计表"
BUREAU = "新疆维吾尔自治区科学技术厅"
PLACES = (
    ("urumqi", "乌鲁木齐市", "乌鲁木齐"),
    ("karamay", "克拉玛依市", "克拉玛依"),
    ("turpan", "吐鲁番市", "吐鲁番"),
    ("hami", "哈密市", "哈密"),
    ("changji", "昌吉回族自治州", "昌吉州"),
    ("bortala", "博尔塔拉蒙古自治州", "博州"),
    ("bayingolin", "巴音郭楞蒙古自治州", "巴州"),
    ("aksu", "阿克苏地区", "阿克苏"),
    ("kizilsu", "克孜勒苏柯尔克孜自治州", "克州"),
    ("kashgar", "喀什地区", "喀什"),
    ("hotan", "和田地区", "和田"),
    ("ili", "伊犁哈萨克自治州", "伊犁州"),
    ("tacheng", "塔城地区", "塔城"),
    ("altay", "阿勒泰地区", "阿勒泰"),
)


def units() -> list[Listed]:
    """Each 地州市 and 兵团."""
    found = [
        Listed(
            key, f"{place}科学技术局", f"{place}科技局、{short}科技局、{place}", "地州市", BUREAU
        )
        for key, place, short in PLACES
    ]
    corps = "新疆生产建设兵团科技局、新疆兵团科技局、兵团科技局"
    return [*found, Listed("xpcc", "新疆生产建设兵团科学技术局", corps, "兵团")]


if __name__ == "__main__":
    plain_statistics(str(CAMPAIGNS / "2023-xinjiang/forms/statistics.docx"), "附件", TITLE)
    draw("2023-xinjiang", invented(units(), "xjkj", 301))
