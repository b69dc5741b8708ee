"""Whom a notice says to call: names after 联系人, numbers after 电话, as they belong together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.notice.model import Person
from rules.people import FAMILIES, ORGANISATION, names_in

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
_OTHER_USE = re.compile(r"监督|举报|投诉|纪检|技术支持|账号|邮编|地址|网址")
# 会务食宿：郑 凯 0470-8221234, 业务咨询：科技处 石磊 6265000
_CALLED = re.compile(
    r"[\u4e00-\u9fff·]{2,16}(?:\([^()]{1,8}\))?(?=\(?0\d{2,3}|1[3-9]\d{9}|[2-8]\d{6,7})"
)
_STOP = re.compile(r"[。!?]|附件|\(此件|抄送")
_SHORT = 8  # letters of what somebody is to be called about: 竞赛：教务处 常老师
FAR = 60  # characters from which another place begins
LONGEST = 120  # characters that may follow a label


def find_contacts(flat: Flat, body_end: int) -> list[Person]:
    """Return the persons and numbers of the notice, each name once, in order.

    Those of its body; a form's own 联系电话 is asked, not told.
    """
    found: dict[str, Person] = {}
    for quote, stream in _streams(flat, body_end):
        for names, numbers in _groups(stream):
            called = "、".join(dict.fromkeys(numbers))
            for name in names or ([""] if numbers else []):
                found.setdefault(name or called, Person(name, called, quote))
    return list(found.values())


Stream = list[tuple[str, str]]


def _streams(flat: Flat, body_end: int) -> list[tuple[str, Stream]]:
    """Return names and numbers in the order they stand, place by place in the notice."""
    streams: list[tuple[str, Stream]] = []
    until = -FAR
    for kind, start, end in _entries(flat):
        if start > body_end:
            break
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
        found.append(_label(flat, run.start(), colon.start()))
    return found


def _label(flat: Flat, run: int, colon: int) -> tuple[str, int, int]:
    other = _OTHER_USE.search(flat.text, run, colon) is not None
    for kind, label in (("person", _PERSON_LABEL), ("phone", _PHONE_LABEL)):
        match = label.search(flat.text, run, colon)
        if match and not other:
            return kind, match.start(), colon + 1
    start = _word_start(flat, run, colon)
    called = not other and _CALLED.match(flat.text, colon + 1) is not None
    return "person" if called else "", start, colon + 1


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
    text = re.sub(r"(?<=\d)—+(?=\d)", "-", text)
    for match in _DIGITS.finditer(text):
        written = match[0].strip(" -(")
        written = written if "(" in match[0] else written.rstrip(")")
        numbers = _parted(written.split())
        if not numbers:
            continue
        between = text[position : match.start()]
        begins = position == 0 and not called
        found += _named(between, sure=begins or between.lstrip().startswith((";", "；")))
        for number in numbers:
            area = number["area"] or area
            found.append(("number", _written(number, area)))
        position = match.end()
    return found + _named(text[position:], sure=not called and position == 0)


def _named(text: str, *, sure: bool) -> Stream:
    return [("name", name) for name in names_in(text) if sure or name[0] in FAMILIES]


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
    if colon and not (ORGANISATION.search(organisation) or len(organisation) <= _SHORT):
        return []
    names = names_in((name or text).rstrip(",;"))
    return names[-1:] if colon or (text.split() and len(names) == 1) else []
