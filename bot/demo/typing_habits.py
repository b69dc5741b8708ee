"""How people fill forms in: plausible values, typed the many ways people type them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.form import FieldType

if TYPE_CHECKING:
    import random

    from rules.form import Form, FormField
    from rules.roster import Unit

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
TOPICS = (
    "防灾减灾",
    "人工智能",
    "健康生活",
    "航天",
    "农牧业新技术",
    "碳达峰碳中和",
    "科学家精神",
    "无人机",
)
REPORT = (
    "一、加强组织领导",
    "{unit}按照通知要求，紧扣“热爱科学 崇尚科学”主题，成立工作专班，制定实施方案，会同宣传部门和科协明确分工，把各项任务落实到人。",
    "二、活动内容丰富",
    "活动周期间，组织科技工作者和志愿者走进农村牧区、社区、学校、企业和园区，举办科普报告会、流动科技馆巡展、科普大集和青少年科学营，开放科普基地，现场解答群众关心的健康、防灾、农牧业生产等问题，受到干部群众普遍欢迎。",
    "三、宣传效果明显",
    "通过广播、电视、报纸和新媒体平台同步宣传，制作短视频和图文，开展线上直播和有奖问答，扩大了活动的覆盖面，营造了讲科学、爱科学、学科学、用科学的良好氛围。",
    "四、下一步打算",
    "我们将认真总结经验，建立长效机制，加强科普队伍和阵地建设，推动优质科普资源向基层倾斜，不断提高公众科学文化素质，为当地经济社会发展提供有力支撑。",
)
WAYS = ("科普报告会", "流动科技馆巡展", "科普大集", "青少年科学营", "线上直播", "科普进校园")


def statistics(form: Form, unit: Unit, rng: random.Random) -> dict[str, str]:
    """Return a well filled 统计表: every number there, each in someone's own spelling."""
    values = {
        field.key: spelled(_amount(field, rng), field, rng)
        for field in form.fields
        if field.type in {FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY}
    }
    people = rng.randrange(800, 9000)
    values |= {
        "reporter": unit.name,
        "participants": f"{people:,}",
        "scientists": f"{people // 9}人",
    }
    return values


def _amount(field: FormField, rng: random.Random) -> int:
    scale = {"元": 90_000, "人次": 20_000, "条": 50_000, "份、册": 30_000}.get(
        field.unit or "", 120
    )
    return 0 if rng.random() < 0.15 else rng.randrange(1, scale)


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


def project(unit: Unit, rng: random.Random) -> dict[str, str]:
    """Return a well filled 备案表."""
    topic, way = rng.choice(TOPICS), rng.choice(WAYS)
    first = rng.randrange(20, 28)
    return {
        "name": f"“{topic}”{way}",
        "organiser": unit.name,
        "authority": unit.parent or unit.name,
        "venue": rng.choice(("市民广场", "第一中学", "科技馆", "大学生活动中心")),
        "period": f"2023年5月{first}日—5月{first + 3}日",
        "leader": rng.choice(("李建华", "王海燕", "格日勒")),
        "contact": unit.contact,
        "address": f"新城区科技路{rng.randrange(1, 200)}号",
        "postcode": rng.choice(("010010", "014010", "024000", "028000")),
        "phone": rng.choice(("13900001122", "0471-6320000", "139 0000 3344")),
        "email": unit.addresses[0],
        "budget": rng.choice(("5万元", "30000元", "1.2万元")),
        "participants": rng.choice(("500", "约800人", "1200人", "３００")),
        "summary": f"围绕{topic}开展{way}，面向公众讲解、展示和互动体验，通过媒体和新媒体平台宣传。",
    }


def report(unit: Unit) -> tuple[str, list[str]]:
    """Return title and paragraphs of a summary report, long enough to be one."""
    title = f"{unit.name}2023年科技活动周总结报告"
    return title, [paragraph.format(unit=unit.name) for paragraph in REPORT]
