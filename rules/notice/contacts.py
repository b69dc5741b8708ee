"""Whom a notice says to call: names after 联系人, numbers after 电话, as they belong together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.notice.model import Person

if TYPE_CHECKING:
    from rules.notice.flat import Flat

_PERSON = (
    r"(?:业务|项目|活动|会务|技术|材料|具体)?(?:联系人|联络人|联络员|联系老师|咨询人|经办人"
    r"|会务组|组委会|秘书处|工作人员)(?:员)?(?:姓名)?"
)
_PHONE = (
    r"(?:联系|咨询|办公|固定|业务|值班)?(?:电话|手机|座机|热线|号码|Tel|TEL|tel|手机号码?|联系方式)"
    r"(?:号码)?(?:/传真|及传真|\(传真\))?"
)
_PERSON_LABEL = re.compile(rf"{_PERSON}(?:(?:及|和|、|与)?(?:联系)?(?:电话|方式|手机)(?:号码)?)?$")
_PHONE_LABEL = re.compile(rf"{_PHONE}$")
_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z、/()-]{1,16}$")
_AREA = r"0(?:10|2\d|[3-9]\d\d)"
_VALID = re.compile(
    rf"(?:\+?86-?)?(?P<mobile>1[3-9]\d-?\d{{4}}-?\d{{4}})"
    rf"|(?:\(?(?P<area>{_AREA})\)?-*)?(?P<local>[2-8]\d{{2,3}}-?\d{{4}})"
    r"(?:[-转](?P<extension>\d{1,5}))?"
    r"|(?P<service>400-?\d{3,4}-?\d{3,4})"
)
_DIGITS = re.compile(r"(?<![.@A-Za-z])[+(]?\d(?:[\d()转-]| (?=[\d(-]))*(?![@A-Za-z年.])")
# the commonest family names: what follows a number is a name only with one of them
_FAMILIES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左"
    "柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈"
    "饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵"
    "苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南"
    "班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉仝区郜海阚花强帅甫"
)
_ORGANISATION = re.compile(
    r"(?:局|厅|委|办|处|室|部|科|司|中心|协会|学会|科协|会|院|校|馆|大学|公司|组|站|所|院系|联|系|办公室)$"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}")
_TITLES = re.compile(r"(?:同志|老师|主任|处长|科长|女士|先生|工程师|教授|秘书|部长|博士)$")
_NO_NAMES = frozenset(
    [
        *("联系人", "电话", "手机", "地址", "邮箱", "邮编", "传真", "附件", "办公室", "工作日"),
        *("咨询", "微信", "同上", "同号", "微信同号"),
    ]
)
_STOP = re.compile(r"[。;!?]|附件|\(此件|抄送")
FAR = 60  # characters from which another place begins
LONGEST = 120  # characters that may follow a label


def find_contacts(flat: Flat) -> list[Person]:
    """Return the persons and numbers of the notice, each name once, in order."""
    found: dict[str, Person] = {}
    for quote, stream in _streams(flat):
        for names, numbers in _groups(stream):
            called = "、".join(dict.fromkeys(numbers))
            for name in names or ([""] if numbers else []):
                found.setdefault(name or called, Person(name, called, quote))
    return list(found.values())


Stream = list[tuple[str, str]]


def _streams(flat: Flat) -> list[tuple[str, Stream]]:
    """Return names and numbers in the order they stand, place by place in the notice."""
    streams: list[tuple[str, Stream]] = []
    until = -FAR
    for kind, start, end in _entries(flat):
        pieces = _pieces(flat.spaced(start, end), called=kind == "phone")
        named = any(what == "name" for what, _ in pieces)
        if start - until > FAR:
            streams.append((flat.quote(*flat.sentence(start)), []))
        stream = streams[-1][1]
        if kind == "phone" and not named and (not stream or stream[-1][0] == "number"):
            before = [("name", name) for name in _name_before(flat, start)]
            stream.extend(piece for piece in before if piece not in stream)
        stream.extend(pieces)
        until = end
    return streams


def _groups(stream: Stream) -> list[tuple[list[str], list[str]]]:
    """Part a stream into names and the numbers of all of them; 6688990(王工) begins with them."""
    first = "number" if _numbers_lead(stream) else "name"
    groups: list[tuple[list[str], list[str]]] = []
    last = ""
    for kind, piece in stream:
        if not groups or (kind == first and last != first):
            groups.append(([], []))
        groups[-1][0 if kind == "name" else 1].append(piece)
        last = kind
    return groups


def _numbers_lead(stream: Stream) -> bool:
    kinds = [kind for kind, _ in stream]
    return len(kinds) > 1 and kinds == ["number", "name"] * (len(kinds) // 2)


def _labels(flat: Flat) -> list[tuple[str, int, int]]:
    """Return (kind, start, end) of every label with a colon; kind "" for those of other things."""
    found = []
    for colon in re.finditer(":", flat.text):
        run = _RUN.search(flat.text, max(0, colon.start() - 16), colon.start())
        if run is None:
            continue
        for kind, label in (("person", _PERSON_LABEL), ("phone", _PHONE_LABEL)):
            if match := label.search(flat.text, run.start(), colon.start()):
                found.append((kind, match.start(), colon.end()))
                break
        else:
            found.append(("", _word_start(flat, run.start(), colon.start()), colon.end()))
    return found


def _word_start(flat: Flat, first: int, colon: int) -> int:
    """Return where a label's word begins: at its line's start, or after a wide gap."""
    gaps = [g for g in flat.gaps if first < g < colon and colon - g >= 2]
    return max(gaps, default=max(first, colon - 4))


def _entries(flat: Flat) -> list[tuple[str, int, int]]:
    """Return (kind, start, end) of what follows each label, up to the next label."""
    labels = _labels(flat)
    found = []
    for index, (kind, _, start) in enumerate(labels):
        following = labels[index + 1][1] if index + 1 < len(labels) else len(flat.text)
        stop = _STOP.search(flat.text, start, max(start, following))
        end = min(following, start + LONGEST, stop.start() if stop else len(flat.text))
        if kind and end > start:
            found.append((kind, start, end))
    return found


def _pieces(text: str, *, called: bool = False) -> Stream:
    """Return names and numbers; after a number (`called`) only a likely name counts."""
    found: Stream = []
    position, area = 0, ""
    for match in _DIGITS.finditer(text):
        numbers = _parted(match[0].strip(" -(").split())
        if not numbers:
            continue
        found += _named(text[position : match.start()], sure=not called and position == 0)
        for number in numbers:
            area = number["area"] or area
            found.append(("number", _written(number, area)))
        position = match.end()
    return found + _named(text[position:], sure=not called and position == 0)


def _named(text: str, *, sure: bool) -> Stream:
    return [("name", name) for name in _names(text) if sure or name[0] in _FAMILIES]


def _parted(pieces: list[str]) -> list[re.Match[str]]:
    """Part pieces of digits into whole numbers, keeping as many gaps between them as can be."""
    if not pieces:
        return []
    for size in range(1, min(len(pieces), 6) + 1):
        whole = _VALID.fullmatch("".join(pieces[:size]))
        rest = _parted(pieces[size:]) if whole else []
        if whole and (rest or size == len(pieces)):
            return [whole, *rest]
    return []


def _written(match: re.Match[str], area: str) -> str:
    if match["mobile"]:
        return match["mobile"].replace("-", "")
    if match["service"]:
        return match["service"]
    lead = f"{area}-" if area else ""
    tail = f"-{match['extension']}" if match["extension"] else ""
    return lead + match["local"].replace("-", "") + tail


def _names(text: str) -> list[str]:
    """Return the names in a piece; 王 芳 is one name, 科技局 办公室 none."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])\([^()]*\)", " ", text)
    found: list[str] = []
    for part in re.split(r"[、,;/():]+", text):
        found += [name for name in _spread(part.split()) if _is_name(name)]
    return list(dict.fromkeys(found))


def _spread(words: list[str]) -> list[str]:
    """Join what spacing spread: 王 芳, 孙 云霞, 孙云 霞."""
    joined: list[str] = []
    single = False  # the last word is one letter, still to be joined
    for word in words:
        if joined and (
            single or (len(word) == 1 and len(joined[-1]) == 2 and _is_name(joined[-1]))
        ):
            joined[-1] += word
            single = False
        else:
            joined.append(word)
            single = len(word) == 1
    return joined


def _is_name(part: str) -> bool:
    bare = _TITLES.sub("", part)
    if part in _NO_NAMES or _ORGANISATION.search(part) or not _NAME.fullmatch(part):
        return False
    return 2 <= len(bare) <= 4 or (len(bare) == 1 and bare != part)


def _name_before(flat: Flat, start: int) -> list[str]:
    """Return the name in 县科学技术局:陈曦 电话:…, where no label 联系人 stands."""
    label = _PHONE_LABEL.search(flat.text, max(0, start - 12), start - 1)
    if label is None:
        return []
    end = label.start()
    begin = end
    while (
        begin > 0
        and end - begin < 30
        and flat.text[begin - 1] not in "。;!?、"
        and not (flat.begins_line(begin) and begin < end)
    ):
        begin -= 1
    text = flat.spaced(begin, end)
    organisation, colon, name = text.rpartition(":")
    if colon and not _ORGANISATION.search(organisation):
        return []
    names = _names(name or text)
    return names[-1:] if colon or (text.split() and len(names) == 1) else []
