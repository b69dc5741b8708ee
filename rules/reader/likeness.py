"""When a retyped label still means a field: alike, unrivalled, and no telling word changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from parsers.values.measures import alike
from rules.labels import Head, heads, skeleton
from rules.reader.groups import of_group
from rules.reader.index import FieldIndex
from rules.reader.matching import Hit, Matches, heads_after_group, in_order
from rules.reader.page import Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules.reader.index import FormIndex
    from rules.reader.page import Page

LEAST = 72  # per cent
MARGIN = 8  # by which the best must lead, seen from the label and from the field
LONG = 10  # letters of a label that stays itself with words left out
# Words that forms use for each other.
_SAME = (
    ("参与", "参加"),
    ("人数", "人员"),
    ("群众", "公众"),
    ("开展", "举办"),
    ("组织", "举办"),
    ("召开", "举办"),
    ("派发", "发放"),
    ("散发", "发放"),
    ("分发", "发放"),
    ("捐赠", "赠送"),
    ("日期", "时间"),
    ("地址", "地点"),
    ("招募", "征集"),
    ("帐", "账"),
)
# A label with one of these is another label than the one without it.
_TELLING = re.compile(
    "线上|线下|网上|青少年|儿童|学生|教师|专职|兼职|其他|其它|[非未无不男女省市县乡镇村]"
    "|[厅局部委院]|中央|地方|国家|自治区|国际|国内|上年|去年|本年|今年|累计|实际|计划|新增|副|总计|小计"
    "|意见|审核|审批|电话|手机|邮箱|邮编|地点|时间|职务|职称|传真|经费|照片|网址|微信"
)
# what people put before or into a label, and behind it, without asking for anything else
_IDLE = re.compile(
    "(?:的|了|和|与|及|为|各|各类|所|项目|活动|相关|有关|主要|社会|宣传|科普|上级|媒体|人|台|参加|举办|起止|具体|详细|拟|预计"
    "|制作|播放|放映|发布|设置|安排|提供|出动|共|总)+"
)
_MEASURED = re.compile("(?:项目|名称|长度|价值|投入|数|量|数量|总数|金额|情况|辆|个|次|活动|工作)+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a slot's label is like a field's, in per cent."""

    score: float
    entry: FieldIndex
    slot: Slot
    head: Head


def match_alike(page: Page, slots: Sequence[Slot], index: FormIndex, matches: Matches) -> list[Hit]:
    """Add hits for fields still without one, among slots that are not spoken for."""
    wanted = [f for f in index.fields if not matches.hits.get(f.number) and f.field.within is None]
    wanted = [f for f in wanted if f.number not in matches.unsure]
    found: list[Likeness] = []
    for slot in slots:
        found.extend(_likenesses(page, slot, index, wanted, matches))
    hits = [Hit(k.entry.number, k.slot, k.head.label, k.head.rest) for k in best(found)]
    for hit in hits:
        matches.add(hit)
    return hits


def best(found: Iterable[Likeness]) -> list[Likeness]:
    """Choose pairs of label and field, the clearest first, leaving out what has a close rival."""
    left = sorted(found, key=lambda k: -k.score)
    chosen: list[Likeness] = []
    while left:
        top = left[0]
        rivals = [k for k in left[1:] if (k.slot is top.slot) != (k.entry is top.entry)]
        if all(top.score - rival.score >= MARGIN for rival in rivals):
            chosen.append(top)
            left = [k for k in left if k.slot is not top.slot and k.entry is not top.entry]
        else:
            left = left[1:]
    return chosen


def _likenesses(
    page: Page, slot: Slot, index: FormIndex, wanted: Sequence[FieldIndex], matches: Matches
) -> Iterable[Likeness]:
    group, grouped = heads_after_group(index, slot.text)
    for head in grouped or heads(slot.text):
        if head.how not in ("whole", "colon") or not 2 <= len(head.label.core) <= 40:
            continue
        for entry in (e for e in wanted if group in (None, e.group)):
            likeness = Likeness(_score(head, entry), entry, slot, head)
            if likeness.score and _confirmed(page, likeness, index, matches):
                yield likeness


def _score(head: Head, entry: FieldIndex) -> float:
    return max(
        _alike(own, given) for own in entry.cores for given in {head.label.core, head.label.plain}
    )


def _alike(own: str, given: str) -> float:
    """Return the likeness of two cores in per cent, or 0 when a telling word differs."""
    first, second = plain_words(own), plain_words(given)
    if sorted(_TELLING.findall(first)) != sorted(_TELLING.findall(second)):
        return 0.0
    if first == second:
        return 98.0
    if len(first) >= 4 and sorted(first) == sorted(second):
        return 92.0
    if _shortened(*sorted((first, second), key=len)):
        return 90.0
    score = fuzz.ratio(first, second)
    return score if score >= LEAST and _small_changes(first, second) else 0.0


def _shortened(short: str, long: str) -> bool:
    """Say whether a label of many words only has some left out: 拟以哪类组织平台名义参与."""
    letters = iter(long)
    return LONG <= len(short) >= len(long) / 2 and all(letter in letters for letter in short)


@lru_cache(maxsize=8192)
def plain_words(core: str) -> str:
    """Return a core with interchangeable words made one, its last word of quantity left out."""
    for word, usual in _SAME:
        core = core.replace(word, usual)
    return skeleton(core.replace("的", ""))[0]


def _small_changes(first: str, second: str) -> bool:
    """Say whether the second label, as typed, still speaks of the same thing.

    At most two letters are left out of its middle, or words added that mean nothing more; one
    letter may be mistyped, if it is none of the form's own: 科技报告绘. In a label of four letters
    one letter is a word: 协办单位 is not 主办单位.
    """
    changed = 0
    for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        lost, new = first[a:b], second[c:d]
        if tag == "replace" and (len(lost), len(new)) != (1, 1):
            return False
        ended = (b, d) == (len(first), len(second))
        if tag in ("insert", "delete") and not _says_nothing(lost, new, ended=ended):
            return False
        if tag == "replace" and (min(len(first), len(second)) < 5 or changed):
            return False
        changed += max(len(lost), len(new)) if tag != "equal" else 0
    return changed <= max(1, min(2, len(first) // 2))


def _says_nothing(lost: str, new: str, *, ended: bool) -> bool:
    """Say whether words left out, or added, leave a label's meaning; its end names the thing."""
    if ended:
        return _MEASURED.fullmatch(lost or new) is not None
    return bool(lost) or _IDLE.fullmatch(new) is not None


def _confirmed(page: Page, like: Likeness, index: FormIndex, matches: Matches) -> bool:
    """Say whether group, unit of measure and place speak for the likeness."""
    entry, label = like.entry, like.head.label
    if not of_group(page, like.slot, index, (entry.number,)):
        return False
    if not _keeps_apart(label.core, entry) or _is_other_word(label.core, entry, index):
        return False
    if entry.is_money and label.plain.endswith("数量"):
        return False
    unit = label.unit or skeleton(label.plain)[1]
    if unit is not None and entry.measure is not None:
        return like.score >= 92 or alike(unit, entry.measure)
    return like.score >= 88 or in_order(matches, entry.number, like.slot)


def _is_other_word(core: str, entry: FieldIndex, index: FormIndex) -> bool:
    """Say whether a letter exchanged is not mistyped but makes another of the form's words."""
    typed = plain_words(core)
    for own in map(plain_words, entry.cores):
        new = [b for a, b in zip(own, typed, strict=False) if a != b]
        if len(own) == len(typed) and len(new) == 1 and new[0] in index.letters:
            return True
    return False


def _keeps_apart(core: str, entry: FieldIndex) -> bool:
    """Say whether the label has the letters that tell this field from similar ones.

    A label of two things, 农资、物品赠送, is not the one of them: 物品赠送.
    """
    letters = set(core)
    if not all(2 * len(letters & {*part}) > len({*part}) for part in entry.parts):
        return False
    return all(
        (not sibling.own or sibling.own & letters) and not sibling.other & letters
        for sibling in entry.siblings
    )
