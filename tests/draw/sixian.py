"""The blank of 2023-sixian as the annex of its notice prints it, and its roster.

Run from the repository: `python -m tests.draw.sixian`.
"""

from __future__ import annotations

from tests.draw import page as office
from tests.draw.grouped import Groups, grouped_table
from tests.draw.roster import CAMPAIGNS, Listed, draw, invented

GROUPS: Groups = (
    ("科普活动开展次数", ("举办活动次数",)),
    (
        "活动经费投入数量（单位：万元）",
        (
            "县级(单位)财政经费投入情况",
            "企业赞助经费情况",
            "实物投入情况（如：捐赠图书、光盘、创新操作室等）",
            "其他经费情况",
        ),
    ),
    (
        "科普工作人员\n参与数量",
        ("科普专职人员数量", "科技工作者参与数量", "招募科技志愿者数量", "其他人员数量"),
    ),
    ("科普活动群众\n参与数量", ("线下活动群众参与数量", "线上活动群众参与数量")),
    ("宣传报道情况", ("参与媒体数量", "宣传报道数量")),
    ("活动周期间开放的\n科普场馆数量", ()),
    ("活动周期间开放活动\n的科研机构数量", ()),
    ("活动周期间开放活动\n的大学数量", ()),
)
TOWNS = (
    ("sicheng", "泗城镇"),
    ("dunji", "墩集镇"),
    ("dinghu", "丁湖镇"),
    ("caogou", "草沟镇"),
    ("changgou", "长沟镇"),
    ("huangxu", "黄圩镇"),
    ("dazhuang", "大庄镇"),
    ("shantou", "山头镇"),
    ("liuxu", "刘圩镇"),
    ("heita", "黑塔镇"),
    ("caomiao", "草庙镇"),
    ("pingshan", "屏山镇"),
    ("dalukou", "大路口镇"),
    ("dayang", "大杨镇"),
    ("wafang", "瓦坊镇"),
)
STREETS = (("yunhe", "运河街道"), ("sishui", "泗水街道"), ("hongcheng", "虹城街道"))
ZONE = "泗县经济开发区、经济开发区、泗涂产业园、泗县泗涂产业园、县经济开发区"
# 五、1: 将本单位宣传内容和具体工作人员姓名、手机号，在5月18日前发至县科技局邮箱
EXHIBITORS = (
    ("science-association", "泗县科学技术协会", "县科协、泗县科协"),
    ("education", "泗县教育体育局", "县教体局、泗县教体局"),
    ("health", "泗县卫生健康委员会", "县卫健委、泗县卫健委"),
    ("agriculture", "泗县农业农村局", "县农业农村局"),
    ("farm-machines", "泗县农机管理中心", "县农机管理中心、县农机中心"),
    ("livestock", "泗县畜牧中心", "县畜牧中心"),
    ("planning", "泗县自然资源和规划局", "县自然资源规划局、县林业局、泗县林业局"),
    ("market", "泗县市场监督管理局", "县市场监管局、泗县市场监管局"),
    ("red-cross", "泗县红十字会", "县红十字会"),
    ("emergency", "泗县应急管理局", "县应急管理局、县应急局"),
    ("ecology", "宿州市泗县生态环境分局", "县生态环境分局、泗县生态环境分局"),
    ("water", "泗县水利局", "县水利局"),
    ("weather", "泗县气象局", "县气象局"),
)
OTHERS = (
    ("reform", "泗县发展和改革委员会", "县发改委、泗县发改委"),
    ("industry", "泗县经济和信息化局", "县经信局、泗县经信局"),
    ("labour", "泗县人力资源和社会保障局", "县人社局、泗县人社局"),
    ("women", "泗县妇女联合会", "县妇联、泗县妇联"),
    ("youth", "共青团泗县委员会", "团县委、共青团泗县委"),
    ("unions", "泗县总工会", "县总工会"),
    ("media", "泗县融媒体中心", "县融媒体中心"),
)
EVERYTHING = "宣传内容及工作人员名单、开展情况统计表、活动总结、影像资料、媒体报道资料"
TOWN, BUREAU, PARK = "镇（街道）", "县直单位", "开发区"


def draw_statistics() -> None:
    """附件: the county's own rows, and three without a group at the foot."""
    title = "2023年全县科技活动周开展情况统计表"
    page = office.new_page(top=24, bottom=16, title=title)
    office.heading(page, "附件", title)
    office.line(page, "单位（盖章）：", after=6, size=14)
    grouped_table(page, GROUPS, height=11.5, widths=(48, 78, 34))
    office.line(page, "注：此表请按通知要求填写表格于5月30日前报县科技局", before=6, size=12)
    page.save(CAMPAIGNS / "2023-sixian/forms/statistics.docx")


def units() -> list[Listed]:
    """Each town and the bureaus the notice names; only the listed ones owe 宣传内容."""
    found = [
        Listed(key, f"泗县{town}人民政府", f"{town}、{town}政府、泗县{town}、{town}人民政府", TOWN)
        for key, town in TOWNS
    ]
    found += [
        Listed(key, f"泗县{street}办事处", f"{street}、{street}办事处、泗县{street}", TOWN)
        for key, street in STREETS
    ]
    found.append(Listed("economic-zone", "泗县经济开发区管理委员会", ZONE, PARK))
    found += [Listed(*names, BUREAU, owes=EVERYTHING) for names in EXHIBITORS]
    return found + [Listed(*names, BUREAU) for names in OTHERS]


if __name__ == "__main__":
    draw_statistics()
    draw("2023-sixian", invented(units(), "sixian", 501))
