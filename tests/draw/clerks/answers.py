"""What clerks write into forms, each text with what it states.

The meaning is decided here, where the text is chosen, never by reading it: a number is written in
a clerk's habit; words, dates and boxes stand in tables with what a person takes them to say.
`ASK` means that nobody can say which number it is: it has to be asked.
"""

# ruff: noqa: E501 - tables of what people write and how it is laid out

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

ASK = "ambiguous"


@dataclass(frozen=True)
class Answer:
    """What is typed, and what it states: a value, ASK, or None for nothing.

    `tag` is the kind of mess; `stored` what a spreadsheet keeps, with its number format.
    """

    text: str
    means: Any = None
    tag: str = ""
    stored: Any = None
    shown: str = ""


_FULL = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_DIGITS, _OLD = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"


def chinese(
    number: int, digits: str = _DIGITS, units: tuple[str, ...] = ("千", "百", "十", "")
) -> str:
    """Write a number below a hundred million in characters."""
    if number >= 10_000:
        rest = number % 10_000
        low = chinese(rest, digits, units) if rest else ""
        gap = digits[0] if 0 < rest < 1000 else ""
        return f"{chinese(number // 10_000, digits, units)}万{gap}{low}"
    out, gap = "", False
    for digit, unit in zip(f"{number:04d}", units, strict=True):
        if digit == "0":
            gap = bool(out)
        else:
            out += (digits[0] if gap else "") + digits[int(digit)] + unit
            gap = False
    return out.removeprefix("一") if out.startswith("一十") else out or digits[0]


def financial(number: int) -> str:
    """Write a number in the characters used on cheques."""
    return chinese(number, _OLD, ("仟", "佰", "拾", ""))


def count(  # noqa: C901, PLR0911 - a habit a case
    number: int, unit: str, habit: str, dice: random.Random
) -> Answer:
    """Write a count in a habit; one that does not fit the number is written plainly."""
    first = unit.split("、", maxsplit=1)[0]
    match habit:
        case "sep" if number >= 1000:
            return Answer(f"{number:,}", number, "thousands")
        case "wide":
            return Answer(str(number).translate(_FULL), number, "full-width")
        case "widesep" if number >= 1000:
            return Answer(f"{number:,}".translate(_FULL), number, "full-width")
        case "unit" if first:
            gap = dice.choice(("", "", " ", "　"))
            return Answer(f"{number}{gap}{first}", number, "unit-in-cell")
        case "about" if number >= 20:
            return Answer(_about(number, first, dice), number, "about")
        case "chinese" if number:
            return Answer(chinese(number) + dice.choice(("", first)), number, "chinese-numerals")
        case "financial" if number:
            return Answer(financial(number), number, "financial-numerals")
        case "wan" if number >= 10_000 and number % 100 == 0:
            written = f"{number / 10_000:g}万" + dice.choice(("", first, "余" + first))
            return Answer(written, number, "wan")
        case "nil" | "nil-words" if number == 0:
            words = ("无", "/", "—", "0", "-", "零", "没有")
            return Answer(dice.choice(words), 0, "nil")
        case "spaced":
            return Answer(f"  {number} ", number, "spaces")
        case "decimal" if number:
            return Answer(f"{number}.0", number, "decimals")
    return Answer(str(number), number, "")


def _about(number: int, unit: str, dice: random.Random) -> str:
    forms = (
        "约{n}",
        "约{n}{u}",
        "{n}余{u}",
        "{n}多{u}",
        "近{n}{u}",
        "约{n}余{u}",
        "大约{n}{u}",
        "{n}{u}左右",
        "{n}{u}余",
    )
    return dice.choice(forms if number % 10 == 0 else forms[:2]).format(n=number, u=unit)


def money(  # noqa: PLR0911 - a habit a case
    ten_thousandths: int, habit: str, dice: random.Random
) -> Answer:
    """Write an amount of 元 where 万元 is asked; a multiple of 100."""
    amount = ten_thousandths / 10_000
    plain = f"{amount:g}"
    match habit:
        case "unit" if amount:
            return Answer(f"{plain}万元", amount, "unit-in-cell")
        case "yuan" if amount:
            written = dice.choice(
                ("{n}元", "{n:,}元", "{n}.00元", "¥{n:,}", "人民币{n}元", "{n}元整")
            )
            return Answer(written.format(n=ten_thousandths), amount, "yuan-for-wan")
        case "financial" if amount:
            return Answer(f"{financial(ten_thousandths)}元整", amount, "financial-numerals")
        case "wan" if amount:
            return Answer(f"{plain}万", amount, "wan")
        case "about" if amount:
            return Answer(f"约{plain}万元", amount, "about")
        case "wide":
            return Answer(plain.translate(_FULL), amount, "full-width")
        case "nil" | "nil-words" if not amount:
            return Answer(dice.choice(("无", "/", "0", "—", "0万元", "没有")), 0, "nil")
        case "decimal" if amount:
            return Answer(f"{amount:.2f}", amount, "decimals")
    return Answer(plain, amount, "")


def yuan(  # noqa: PLR0911 - a habit a case
    amount: int, habit: str, dice: random.Random
) -> Answer:
    """Write an amount of 元 where 元 is asked."""
    match habit:
        case "wan" if amount and amount % 100 == 0:
            return Answer(f"{amount / 10_000:g}万{dice.choice(('元', ''))}", amount, "wan")
        case "unit" if amount:
            return Answer(f"{amount}元", amount, "unit-in-cell")
        case "sep" if amount >= 1000:
            return Answer(f"{amount:,}", amount, "thousands")
        case "wide":
            return Answer(str(amount).translate(_FULL), amount, "full-width")
        case "financial" if amount:
            return Answer(f"{financial(amount)}元整", amount, "financial-numerals")
        case "chinese" if amount:
            return Answer(f"{chinese(amount)}元", amount, "chinese-numerals")
        case "about" if amount:
            return Answer(f"约{amount}元", amount, "about")
        case "nil" | "nil-words" if not amount:
            return Answer(dice.choice(("无", "/", "0", "0元")), 0, "nil")
        case "decimal" if amount:
            return Answer(f"{amount}.00", amount, "decimals")
    return Answer(str(amount), amount, "")


# where a number is asked: what a person would ask back about, whatever the unit
ODD_COUNTS = (
    Answer("3-5", ASK, "range"),
    Answer("20～30", ASK, "range"),
    Answer("100至150", ASK, "range"),
    Answer("8/12", ASK, "double"),
    Answer("线上200，线下350", ASK, "double"),
    Answer("5、7", ASK, "double"),
    Answer("若干", ASK, "words"),
    Answer("十几", ASK, "words"),
    Answer("见总结", ASK, "words"),
    Answer("正在统计", ASK, "words"),
    Answer("不少于10", ASK, "words"),
    Answer("12.5.", ASK, "words"),
)

PERIODS = (
    ("2023年5月20日", "2023-05-20"),
    ("2023年5月20日至26日", "2023-05-20/2023-05-26"),
    ("2023.5.20-2023.5.31", "2023-05-20/2023-05-31"),
    ("2023-05-22", "2023-05-22"),
    ("5月20日—5月31日", "2023-05-20/2023-05-31"),
    ("5月20日-28日", "2023-05-20/2023-05-28"),
    ("２０２３年５月２１日", "2023-05-21"),
    ("2023年5月27日（星期六）", "2023-05-27"),
    ("2023年5月25日上午9:00-11:30", "2023-05-25"),
    ("二〇二三年五月二十日", "2023-05-20"),
    ("2023/5/20—2023/5/24", "2023-05-20/2023-05-24"),
    ("2023年5月20日、5月27日", "2023-05-20,2023-05-27"),
    ("2023 年 5 月 20 日 ～ 2023 年 5 月 30 日", "2023-05-20/2023-05-30"),
    ("20230523", "2023-05-23"),
    ("5.20-5.26", "2023-05-20/2023-05-26"),
    ("2023年5月20—31日", "2023-05-20/2023-05-31"),
    ("23年5月28日", "2023-05-28"),
    ("自2023年5月20日起至2023年5月25日止", "2023-05-20/2023-05-25"),
    ("2023年5月下旬", ASK),
    ("5月", ASK),
    ("活动周期间", ASK),
)

PHONES = (
    ("13900001201", "13900001201"),
    ("139 0000 1202", "13900001202"),
    ("139-0000-1203", "13900001203"),
    ("0476-8330012", "0476-8330012"),
    ("0471－6300013", "0471-6300013"),
    ("（0471）6300014", "0471-6300014"),
    ("13900001205、0475-8300015", "13900001205、0475-8300015"),
    ("１３９００００１２０６", "13900001206"),
    ("手机：13900001207", "13900001207"),
    ("0470 8200018", "0470-8200018"),
    ("13900001209/13900001210", "13900001209、13900001210"),
    ("+86 13900001211", "13900001211"),
    ("办公：0477-8500012  手机：13900001212", "0477-8500012、13900001212"),
    ("8330013", "8330013"),
)
EMAILS = (
    ("kjj_office@example.cn", "kjj_office@example.cn"),
    ("nmkp2023@mail.example.cn", "nmkp2023@mail.example.cn"),
    ("Kepu.Zhou@Example.CN", "Kepu.Zhou@example.cn"),
    ("kepu@example.com；kjk@example.cn", "kepu@example.com、kjk@example.cn"),
    ("liu-siyu@example.cn ", "liu-siyu@example.cn"),
    ("邮箱：wangxl@example.cn", "wangxl@example.cn"),
)
PEOPLE = (
    "李建华", "王晓岚", "其木格", "包志强", "欧阳静", "苏日娜", "赵文博", "马 丽", "巴特尔", "乌云其其格",
    "陈立新", "艾力·买买提", "张海峰", "周丽萍", "高 明", "古丽娜尔·阿不都热合曼", "孙雅琴", "何立",
)  # fmt: skip
ADDRESSES = (
    ("新城区科技路18号", "024000"),
    ("赛罕区大学东路235号科技大厦6楼", "010020"),
    ("东河区工业路9号", "014040"),
    ("科尔沁区霍林河大街12号", "028000"),
    ("海拉尔区胜利大街30号", "021008"),
    ("乌兰浩特市兴安南大街7号", "137400"),
)
NAMES = (
    "科技大篷车走进牧区", "“科学之夜”主题晚会", "青少年机器人创新体验营", "农牧业实用技术培训班（第二期）",
    "防震减灾科普进校园", "健康生活 科学相伴——义诊咨询活动", "实验室开放日", "“热爱科学 崇尚科学”科普知识竞赛",
    "气象科普馆公众开放周", "中医药文化宣传周启动仪式", "院士专家科普报告会", "春季植树与荒漠化防治科普行",
)  # fmt: skip
VENUES = (
    "市民广场", "红山区体育馆", "市第三中学报告厅", "科尔沁左翼中旗保康镇", "线上（科普内蒙古平台）", "自治区科技馆一楼大厅",
    "赛罕区大学西路235号图书馆三楼", "乌兰牧骑宫、人民广场", "各旗县区", "农科院试验基地",
)  # fmt: skip
SUMMARIES = (
    "组织防灾减灾科普展览、专家讲座和应急演练，面向市民和中小学生，通过电视台和公众号宣传。",
    "一、主要内容：展出科普展品30余件。\n二、方式：参观、讲解、互动体验。\n三、参加人员：中小学生及家长约500人。\n四、宣传：微信公众号、抖音直播。",
    "邀请农牧业专家5人深入嘎查村，现场讲解春耕春播、疫病防控技术，发放汉蒙双语资料2000份。参加人员为农牧民，由旗融媒体中心宣传报道。",
    "开放重点实验室2个，安排讲解员10名，每批次40人，预约参观；同步开展线上直播。",
    "以“热爱科学 崇尚科学”为主题，设咨询台12处，发放宣传册，解答群众疑问。",
)
AUTHORITIES = (
    "自治区科学技术厅",
    "市人民政府",
    "内蒙古自治区教育厅",
    "无",
    "赤峰市委宣传部、市科协",
)
IN_KIND = (
    ("捐赠图书200册", "捐赠图书200册"),
    ("2.5万元", "2.5万元"),
    ("图书500册，光盘120张", "图书500册，光盘120张"),
    ("无", "无"),
    ("科普展板30块（约合1.2万元）", "科普展板30块（约合1.2万元）"),
    ("0", "0"),
    ("3", "3"),
)
