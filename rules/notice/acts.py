"""Who is to hand in what: the clause around one deadline, its verb and its objects."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rules.notice.deadlines import Deadline, follows
from rules.notice.material import Thing, find_things, names_all

# verbs that part objects from the rest; the nouns they begin (填报单位, 报送材料) are no verbs
SEND = re.compile(
    r"(?:报送|上报|呈报|填报|填写|提交|递交|发送|反馈)(?!单位|材料|要求|方式|时间|日期|期限|内容|邮箱|说明|人|截止)"
    r"|报[至到给回]|交[至到回给]|送[交至到达]|报批|发[至到往给回]|传[至到给]|上传|寄[送至到往]|邮寄|回复|投[稿递](?!邮箱|时间|要求|方式)|返回|转交"
    r"|(?<![海简申汇通电画日周月学媒填呈上])报(?![名告道表纸刊送至到给回批])(?=[\u4e00-\u9fff]{1,14}(?:局|厅|委|办|部|司|处|科|室|会|中心|院|校|馆|邮箱|备案|组))"
    r"|发(?=[\u4e00-\u9fff]{0,12}邮箱)"
)
_OFFERS = re.compile(r"(?:报名|申报|推荐|备案|报备|登记|邮件|邮箱)(?!表|书|单|回执|卡|函)")
_TAKES = re.compile(r"[将把]")
_CUT = re.compile(r"[,;]")
_REFERS = re.compile(r"以下|下列|如下")
_UNITS = re.compile(
    r"([^。;:!?]{4,500}?)等(?:有关|相关)?(?:\d+(?:个|家))?(?:单位|部门|学校|医院|机构)(?:要|应|须|需|请|将)"
)
MOST = 1500  # characters of a sentence in which units are listed


@dataclass(frozen=True, slots=True)
class Act:
    """The part first..last of a sentence that belongs to one deadline."""

    first: int
    last: int
    deadline: Deadline
    things: tuple[Thing, ...]
    sends: bool
    refers: str  # "", "above" or "below": material named elsewhere


def read_acts(text: str, first: int, last: int, deadlines: list[Deadline]) -> list[Act]:
    """Share a sentence out among its deadlines."""
    found: list[Act] = []
    start = first
    asks = sends(text[first:last])
    chains = _chains(text, deadlines)
    for number, chain in enumerate(chains):
        following = chains[number + 1][0] if number + 1 < len(chains) else None
        listed = following is not None and _is_listed(text, chain[-1], following)
        end = _cut(text, chain[-1], following, listed=listed) if following else last
        act = _act(text, start, end, replace(chain[0], end=chain[-1].end))
        act = replace(act, sends=asks) if listed else act
        found.extend(_shared(text, act, chain))
        start = end
    return found


def _chains(text: str, deadlines: list[Deadline]) -> list[list[Deadline]]:
    """Return the deadlines in runs of days that follow one another: 6月30日、12月20日前."""
    chains: list[list[Deadline]] = []
    for deadline in deadlines:
        if chains and follows(text, chains[-1][-1], deadline):
            chains[-1].append(deadline)
        else:
            chains.append([deadline])
    return chains


def _shared(text: str, act: Act, chain: list[Deadline]) -> list[Act]:
    """Return an act for each day of a chain: each thing by its own day after 分别, else all."""
    said = text[max(act.first, chain[0].start - 4) : chain[0].start]
    ahead = [thing for thing in act.things if thing.end <= chain[0].start]
    if len(chain) > 1 and len(ahead) == len(chain) and "分别" in said:
        pairs = zip(chain, ahead, strict=True)
        return [replace(act, deadline=replace(d, part=""), things=(t,)) for d, t in pairs]
    return [replace(act, deadline=deadline) for deadline in chain]


def _is_listed(text: str, deadline: Deadline, following: Deadline) -> bool:
    """Say whether each thing stands before its day: 方案于4月5日前、总结于6月5日前报送."""
    if text[deadline.end : deadline.end + 1] not in ("、", ",", ";"):
        return False
    ahead = text[deadline.end + 1 : following.start]
    return not (_TAKES.search(ahead) or SEND.search(ahead))


def _cut(text: str, deadline: Deadline, following: Deadline, *, listed: bool) -> int:
    """Return where one deadline's clause ends and the next one's begins."""
    if listed:
        return deadline.end + 1
    verbs = [m.end() for m in SEND.finditer(text, deadline.end, following.start)]
    after = verbs[-1] if verbs else deadline.end
    cut = _CUT.search(text, after, following.start)
    return cut.end() if cut else following.start


def _act(text: str, first: int, last: int, deadline: Deadline) -> Act:
    spans = _object_spans(text, first, last, deadline)
    things = tuple(t for a, b in spans for t in find_things(text, a, b))
    clause = text[first:last]
    refers = ""
    if not things and any(names_all(text[a:b]) for a, b in spans):
        refers = "below" if _REFERS.search(clause) else "above"
    elif not things and _REFERS.search(clause):
        refers = "below"
    return Act(first, last, deadline, things, sends(clause), refers)


def sends(clause: str) -> bool:
    """Say whether a clause asks for something to be sent or handed in."""
    return SEND.search(clause) is not None or _OFFERS.search(clause) is not None


def _object_spans(text: str, first: int, last: int, deadline: Deadline) -> list[tuple[int, int]]:
    """Return where the objects stand: after 将 up to the verb, else around the verb."""
    takes = list(_TAKES.finditer(text, first, last))
    outside = [t for t in takes if not deadline.start <= t.start() < deadline.end]
    for take in reversed(outside):
        verb = _verb_after(text, max(take.end(), deadline.end), last)
        verb = verb if verb is not None else _verb_after(text, take.end(), last)
        if verb is not None or take.start() > deadline.start:
            end = verb if verb is not None else last
            spans = _without(take.end(), end, deadline)
            if any(find_things(text, a, b) or names_all(text[a:b]) for a, b in spans):
                return spans
    pieces: list[tuple[int, int]] = []
    for a, b in _without(first, last, deadline):
        pieces.extend(_between_verbs(text, a, b))
    return pieces


def _verb_after(text: str, first: int, last: int) -> int | None:
    """Return where the next verb of sending stands, brackets and titles passed over."""
    depth = 0
    for position in range(first, last):
        char = text[position]
        depth += (char in "(《") - (char in ")》")
        if depth <= 0 and SEND.match(text, position, last):
            return position
    return None


def _without(first: int, last: int, deadline: Deadline) -> list[tuple[int, int]]:
    if deadline.end <= first or deadline.start >= last:
        return [(first, last)]
    return [(a, b) for a, b in ((first, deadline.start), (deadline.end, last)) if b > a]


def _between_verbs(text: str, first: int, last: int) -> list[tuple[int, int]]:
    pieces = []
    start = position = first
    while (verb := _verb_after(text, position, last)) is not None:
        match = SEND.match(text, verb, last)
        position = match.end() if match else verb + 1
        pieces.append((start, verb))
        start = position
    pieces.append((start, last))
    return [(a, b) for a, b in pieces if b > a]


def named_units(text: str, first: int, last: int) -> str:
    """Return the list of units a sentence addresses by name: A、B、C等单位要…."""
    stop = text.find("等", first, min(last, first + MOST))
    match = _UNITS.search(text, first, min(last, first + MOST)) if stop > 0 else None
    return match[1] if match and "、" in match[1] else ""
