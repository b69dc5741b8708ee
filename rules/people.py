"""What in a text is a person's name: a family's, or with 老师 behind it; no office, no label."""

from __future__ import annotations

import re

# the commonest family names: what follows a number is a name only with one of them
FAMILIES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左"
    "柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈"
    "饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵"
    "苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南"
    "班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉仝区郜海阚花强帅甫常刀那"
)
ORGANISATION = re.compile(
    r"(?:局|厅|委|办|处|室|部|科|司|中心|协会|学会|科协|会|院|校|馆|大学|公司|组|站|所|院系|联|系|办公室)$"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}")
_TITLES = re.compile(r"(?:同志|老师|主任|处长|科长|女士|先生|工程师|教授|秘书|部长|博士)$")
_OFFICE = re.compile(
    r".{2,}(?:局|厅|委|办公室|处|科|部|中心|会|院|校|馆|组|股|室|所|站)(?=.{2,3}$)"
)
_TWO_LETTERS = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "司徒",
)
# letters of names that stand together → how they may be parted
_LENGTHS = {4: ((2, 2),), 5: ((3, 2), (2, 3)), 6: ((3, 3), (2, 2, 2)), 9: ((3, 3, 3),)}
_NO_NAMES = frozenset(
    [
        *("联系人", "电话", "手机", "地址", "邮箱", "邮编", "传真", "附件", "办公室", "工作日"),
        *("咨询", "微信", "同上", "同号", "微信同号"),
    ]
)


_OF_HINTS = re.compile(
    "[名签写填称位职章务式机话间用目急员程选关]"
)  # （全称）, （时间）, （单位联系人）


def is_person(text: str) -> bool:
    """Say whether a text is one person's name, by the usual family names, and no hint."""
    whole = re.sub(r"\s+", "", text)
    usual = whole[:1] in FAMILIES or whole.startswith(_TWO_LETTERS)
    return usual and len(whole) <= 4 and _is_name(whole) and not _OF_HINTS.search(whole[1:])


def names_in(text: str) -> list[str]:
    """Return the names in a piece; 王 芳 is one name, 科技局 办公室 none."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])\([^()]*\)", " ", text)
    found: list[str] = []
    for part in re.split(r"[、,;/():]+", text):
        for word in _spread(part.split()):
            found += _run_together(word) or ([word] if _is_name(word) else [])
    return list(dict.fromkeys(found))


def _run_together(word: str) -> list[str]:
    """Return the names in a word whose gaps got lost: 孙云霞杨艳艳, 合作办公室王宏颖."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{4,24}", word) or word.startswith(_TWO_LETTERS):
        return []
    office = _OFFICE.match(word)
    rest = word[office.end() :] if office else word
    if office and rest[0] in FAMILIES and _is_name(rest):
        return [rest]
    for lengths in _LENGTHS.get(len(rest), ()):
        starts = [sum(lengths[:n]) for n in range(len(lengths))]
        names = [rest[a : a + n] for a, n in zip(starts, lengths, strict=True)]
        if all(name[0] in FAMILIES and _is_name(name) for name in names):
            return names
    return []


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
    if part in _NO_NAMES or ORGANISATION.search(part) or not _NAME.fullmatch(part):
        return False
    return 2 <= len(bare) <= 4 or (len(bare) == 1 and bare != part)
