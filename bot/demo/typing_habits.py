"""How people fill forms in: plausible values, typed the many ways people type them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.form import FieldType

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from rules.form import Form, FormField
    from rules.roster import Unit

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
TOPICS = (
    *("防灾减灾", "人工智能", "健康生活", "航天", "农业新技术", "碳达峰碳中和", "科学家精神"),
    *("无人机", "精密测量", "传感器"),
)
WAYS = ("科普报告会", "流动科技馆巡展", "科普大集", "青少年科学营", "线上直播", "科普进校园")
PLACES = ("市民广场", "第一中学", "科技馆", "大学生活动中心")
IN_KIND = ("捐赠图书200册", "无", "科普图书300册、光盘50张", "创新操作室1间")
LARGE = {"元": 90_000, "人次": 20_000, "条": 50_000, "份、册": 30_000}
LARGE |= {"offline": 30_000, "online": 300_000, "held": 40, "tasks": 3, "media": 20}
"""The most that is written under a unit of measure or into a field; 120 where nothing is said."""


def values_of(form: Form, unit: Unit, rng: random.Random) -> dict[str, str]:
    """Return what a clerk writes into each field of a form: every one is there and right."""
    values = {field.key: _value(field, unit, rng) for field in form.fields}
    if "scientists" in values:
        people = rng.randrange(800, 9000)
        values |= {"participants": f"{people:,}", "scientists": f"{people // 9}人"}
    if form.unit_field:
        values[form.unit_field] = unit.name
    return {key: value for key, value in values.items() if value}


def _value(field: FormField, unit: Unit, rng: random.Random) -> str:
    return TYPES[field.type](field, unit, rng)


def _number(field: FormField, _unit: Unit, rng: random.Random) -> str:
    most = LARGE.get(field.key) or LARGE.get(field.unit or "", 120)
    amount = 0 if rng.random() < 0.15 else rng.randrange(1, most)
    return spelled(max(amount, 1) if field.key in {"held", "offline"} else amount, field, rng)


def _money(field: FormField, unit: Unit, rng: random.Random) -> str:
    if field.unit == "万元":
        return rng.choice(("0", "3.5", "12", "8.2万元", "50000元", "无", "1.25", "２０"))
    return _number(field, unit, rng) if field.unit else rng.choice(("5万元", "30000元", "1.2万元"))


def spelled(amount: int, field: FormField, rng: random.Random) -> str:
    """Write an amount as somebody would type it."""
    if amount == 0:
        return rng.choice(("0", "无", "/", "—"))
    ways = [str(amount)] * 4 + [f"{amount:,}", str(amount).translate(WIDE)]
    if field.unit and len(field.unit) <= 2:
        ways.append(f"{amount}{field.unit}")
    if amount >= 10_000 and amount % 100 == 0:
        ways.append(f"{amount / 10_000:g}万")
    return rng.choice(ways)


def _period(_field: FormField, _unit: Unit, rng: random.Random) -> str:
    first = rng.randrange(20, 28)
    return rng.choice(
        (f"2023年5月{first}日—5月{first + 3}日", f"5月{first}日至{first + 2}日", f"2023.5.{first}")
    )


def _choice(field: FormField, unit: Unit, _rng: random.Random) -> str:
    known = next((c for c in field.choices if unit.category[-4:] in c), "")
    return known or next((c for c in field.choices if c.startswith("地方")), field.choices[0])


def _text(field: FormField, unit: Unit, rng: random.Random) -> str:
    topic, way = rng.choice(TOPICS), rng.choice(WAYS)
    said = {
        "name": f"“{topic}”{way}",
        "authority": unit.parent or unit.name,
        "venue": rng.choice(PLACES),
        "leader": rng.choice(("李建华", "王海燕", "赵志刚")),
        "contact": unit.contact if field.label == "联系人" else f"{unit.phone}/{unit.addresses[0]}",
        "address": f"新城区科技路{rng.randrange(1, 200)}号",
        "in_kind": rng.choice(IN_KIND),
        "summary": f"围绕{topic}开展{way}，面向公众讲解、展示和互动体验，"
        "参加人员为社区群众和学生，通过媒体和新媒体平台宣传。",
    }
    return said.get(field.key, "")


TYPES: dict[FieldType, Callable[[FormField, Unit, random.Random], str]] = {
    FieldType.COUNT: _number,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.TEXT: _text,
    FieldType.PERIOD: _period,
    FieldType.DATE: lambda _f, _u, rng: f"2023年5月{rng.randrange(20, 31)}日",
    FieldType.PHONE: lambda _f, _u, rng: rng.choice(("13900001122", "0471-6320000")),
    FieldType.EMAIL: lambda _f, unit, _r: unit.addresses[0],
    FieldType.POSTCODE: lambda _f, _u, rng: rng.choice(("010010", "014010", "028000")),
    FieldType.CHOICE: _choice,
}
REPORT = (
    "一、加强组织领导",
    "{unit}按照通知要求，紧扣“热爱科学 崇尚科学”主题，成立工作专班，制定实施方案，会同宣传部门和科协明确分工，把各项任务落实到人。",
    "二、活动内容丰富",
    "活动周期间，组织科技工作者和志愿者走进农村、社区、学校、企业和园区，举办科普报告会、流动科技馆巡展、科普大集和青少年科学营，开放科普基地，现场解答群众关心的健康、防灾、农业生产等问题，受到干部群众普遍欢迎。",
    "三、宣传效果明显",
    "通过广播、电视、报纸和新媒体平台同步宣传，制作短视频和图文，开展线上直播和有奖问答，扩大了活动的覆盖面，营造了讲科学、爱科学、学科学、用科学的良好氛围。",
    "四、下一步打算",
    "我们将认真总结经验，建立长效机制，加强科普队伍和阵地建设，推动优质科普资源向基层倾斜，不断提高公众科学文化素质，为当地经济社会发展提供有力支撑。",
)
PRESS = (
    "1. 《科技活动周走进社区》，当地日报5月22日，https://paper.example.cn/0522/a3.html",
    "2. 《让科学走到群众身边》，融媒体中心客户端5月24日，https://news.example.cn/2023/0524.html",
    "3. 电视新闻5月26日，https://tv.example.cn/v/20230526",
)
EXHIBITS = (
    "宣传内容：{topic}知识。什么是{topic}，生活中怎样用好它，遇到问题找谁咨询；配图三幅，图片随后送达。",
    "现场工作人员：{contact}，手机号{phone}。",
)


def report(unit: Unit) -> tuple[str, list[str]]:
    """Return title and paragraphs of a summary report, long enough to be one."""
    title = f"{unit.name}2023年科技活动周总结报告"
    return title, [paragraph.format(unit=unit.name) for paragraph in REPORT]


def press(unit: Unit) -> tuple[str, list[str]]:
    """Return title and lines of a list of press coverage."""
    return f"{unit.name}科技活动周媒体报道", list(PRESS)


def exhibits(unit: Unit, rng: random.Random) -> tuple[str, list[str]]:
    """Return what a bureau wants shown on the boards, and who stands beside them."""
    said = {"topic": rng.choice(TOPICS), "contact": unit.contact, "phone": unit.phone}
    return f"{unit.name}科技活动周宣传内容", [line.format(**said) for line in EXHIBITS]
