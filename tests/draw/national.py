"""The blank of 2023-national and its roster.

国科函才〔2023〕65号 names its 统计表 without printing it; the rows are those that the
中国仪器仪表学会 prints under the same title. Run: `python -m tests.draw.national`.
"""

from __future__ import annotations

from tests.draw.grouped import plain_statistics
from tests.draw.roster import CAMPAIGNS, Listed, draw, invented

TITLE = "2023年全国科技活动周开展情况统计表"
PROVINCE, PLANNED, SUB, CORPS = "省（自治区、直辖市）", "计划单列市", "副省级城市", "兵团"

PROVINCES = (
    (
        "beijing",
        "北京市科学技术委员会",
        "北京市科委、北京市科学技术委员会、中关村科技园区管理委员会",
    ),
    ("tianjin", "天津市科学技术局", "天津市科技局"),
    ("hebei", "河北省科学技术厅", "河北省科技厅"),
    ("shanxi", "山西省科学技术厅", "山西省科技厅"),
    ("neimenggu", "内蒙古自治区科学技术厅", "内蒙古自治区科技厅、内蒙古科技厅"),
    ("liaoning", "辽宁省科学技术厅", "辽宁省科技厅"),
    ("jilin", "吉林省科学技术厅", "吉林省科技厅"),
    ("heilongjiang", "黑龙江省科学技术厅", "黑龙江省科技厅"),
    ("shanghai", "上海市科学技术委员会", "上海市科委"),
    ("jiangsu", "江苏省科学技术厅", "江苏省科技厅"),
    ("zhejiang", "浙江省科学技术厅", "浙江省科技厅"),
    ("anhui", "安徽省科学技术厅", "安徽省科技厅"),
    ("fujian", "福建省科学技术厅", "福建省科技厅"),
    ("jiangxi", "江西省科学技术厅", "江西省科技厅"),
    ("shandong", "山东省科学技术厅", "山东省科技厅"),
    ("henan", "河南省科学技术厅", "河南省科技厅"),
    ("hubei", "湖北省科学技术厅", "湖北省科技厅"),
    ("hunan", "湖南省科学技术厅", "湖南省科技厅"),
    ("guangdong", "广东省科学技术厅", "广东省科技厅"),
    ("guangxi", "广西壮族自治区科学技术厅", "广西壮族自治区科技厅、广西科技厅"),
    ("hainan", "海南省科学技术厅", "海南省科技厅"),
    ("chongqing", "重庆市科学技术局", "重庆市科技局"),
    ("sichuan", "四川省科学技术厅", "四川省科技厅"),
    ("guizhou", "贵州省科学技术厅", "贵州省科技厅"),
    ("yunnan", "云南省科学技术厅", "云南省科技厅"),
    ("xizang", "西藏自治区科学技术厅", "西藏自治区科技厅、西藏科技厅"),
    ("shaanxi", "陕西省科学技术厅", "陕西省科技厅"),
    ("gansu", "甘肃省科学技术厅", "甘肃省科技厅"),
    ("qinghai", "青海省科学技术厅", "青海省科技厅"),
    ("ningxia", "宁夏回族自治区科学技术厅", "宁夏回族自治区科技厅、宁夏科技厅"),
    ("xinjiang", "新疆维吾尔自治区科学技术厅", "新疆维吾尔自治区科技厅、新疆科技厅"),
)
CITIES = (
    ("dalian", "大连", PLANNED),
    ("ningbo", "宁波", PLANNED),
    ("xiamen", "厦门", PLANNED),
    ("qingdao", "青岛", PLANNED),
    ("shenyang", "沈阳", SUB),
    ("changchun", "长春", SUB),
    ("harbin", "哈尔滨", SUB),
    ("nanjing", "南京", SUB),
    ("hangzhou", "杭州", SUB),
    ("jinan", "济南", SUB),
    ("wuhan", "武汉", SUB),
    ("guangzhou", "广州", SUB),
    ("chengdu", "成都", SUB),
    ("xian", "西安", SUB),
)


def units() -> list[Listed]:
    """Those the notice is addressed to: 31 provinces, 5 and 10 cities, 兵团."""
    found = [Listed(key, name, aliases, PROVINCE) for key, name, aliases in PROVINCES]
    found += [
        Listed(key, f"{city}市科学技术局", f"{city}市科技局、{city}科技局", kind)
        for key, city, kind in CITIES
    ]
    shenzhen = "深圳市科创委、深圳市科学技术创新委员会、深圳市科技局"
    found.insert(35, Listed("shenzhen", "深圳市科技创新委员会", shenzhen, PLANNED))
    corps = "新疆生产建设兵团科技局、新疆兵团科技局、兵团科技局"
    return [*found, Listed("xpcc", "新疆生产建设兵团科学技术局", corps, CORPS)]


if __name__ == "__main__":
    plain_statistics(str(CAMPAIGNS / "2023-national/forms/statistics.docx"), "附件", TITLE)
    draw("2023-national", invented(units(), "keji", 201))
