"""What each unit owes by when: deadlines of sentences that ask for something to be sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from parsers.document import Table
from rules.campaign import VideoRule
from rules.notice.acts import Act, named_units, read_acts, sends
from rules.notice.annexes import Source, form_named
from rules.notice.dates import Years
from rules.notice.deadlines import find_deadlines
from rules.notice.forms import annex_number
from rules.notice.material import Thing, find_things, kind_of
from rules.notice.media import passages, read_video
from rules.notice.model import Due, NoticeForm, Owed
from rules.reader.titles import read_title

if TYPE_CHECKING:
    from rules.notice.flat import Flat

_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、")
_ITEM = re.compile(r"(?:\d{1,2}[.、]|[①-⑳]|\([一二三四五六七八九十\d]{1,3}\))")
_NOTE = re.compile(r"(?:备?注|说明)\d?[:]?")
_BY_MAIL = re.compile(r"邮箱|邮件|@|电子版|附件\d?|报送|发至|寄至")
_MATERIAL_HEAD = re.compile(
    r"(?:报送|申报|提交|上报|推荐|报名|需提供|所需)(?:的)?(?:材料|内容|资料|清单)"
)
_NAME_ENDS = re.compile(r"[:,;。(]")
NEAR = 14  # sentences looked through for material named elsewhere
LIKE = 80
MOST = 12  # deadlines of one sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """What requirements are read from."""

    source: Source
    years: Years
    forms: tuple[NoticeForm, ...]
    annexes: dict[int, str]
    skip: tuple[int, int]  # the title

    @property
    def flat(self) -> Flat:
        """The notice's flat text."""
        return self.source.flat


@dataclass
class Requirements:
    """What is owed, and the sentences that set a day for something they do not name."""

    owed: list[Owed] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)


def read_requirements(reading: Reading) -> Requirements:
    """Return everything owed, in the order of the notice, the same thing once per due day."""
    sentences = reading.flat.sentences()
    found = Requirements()
    for index, (first, last) in enumerate(sentences):
        begin = max(first, reading.skip[1])  # the title is no sentence
        deadlines = find_deadlines(reading.flat.text, begin, last, reading.years)[:MOST]
        for act in read_acts(reading.flat.text, begin, last, deadlines):
            _take(reading, sentences, index, act, found)
    merged = _merged(found.owed)
    undated = _undated(reading, sentences, merged)
    found.owed = _with_video(reading, _merged([*merged, *undated]))
    return found


def _take(
    reading: Reading, sentences: list[tuple[int, int]], index: int, act: Act, found: Requirements
) -> None:
    tabled = isinstance(reading.source.document.blocks[_block(reading, act)], Table)
    if not (act.sends or act.deadline.how == "until" or tabled):
        return
    owed = _owed(reading, sentences, index, act)
    found.owed.extend(owed)
    if not owed and act.sends and act.deadline.how != "on":
        found.nameless.append(reading.flat.quote(*sentences[index]))


def _owed(reading: Reading, sentences: list[tuple[int, int]], index: int, act: Act) -> list[Owed]:
    form = _form_around(reading, act)
    if form is not None:
        title = reading.forms[form].draft.form.title
        thing = Thing(title, "form", act.first, act.last)
        return [_one(reading, act, thing, form, sentences[index])]
    things = act.things or _elsewhere(reading, sentences, index, act)
    things = tuple(thing for one in things for thing in _annexed(reading, one))
    return [_thing(reading, act, thing, sentences[index]) for thing in things]


def _block(reading: Reading, act: Act) -> int:
    return reading.source.block_at(act.deadline.start)


def _annexed(reading: Reading, thing: Thing) -> list[Thing]:
    """Return what 附件1 or 附件1-3 stand for, by the title of each annex."""
    if thing.kind != "annex":
        return [thing]
    first, _, last = thing.title.removeprefix("附件").partition("-")
    begin = annex_number(first) or 1
    end = min(annex_number(last) or begin, begin + MOST) if last else begin
    return [
        replace(thing, title=title, kind=kind_of(title) or "form", aside=f"附件{number}")
        for number in range(begin, end + 1)
        if (title := _annex_title(reading, number))
    ]


def _annex_title(reading: Reading, number: int) -> str:
    named = (form.draft.form.title for form in reading.forms if form.number == number)
    return next(named, reading.annexes.get(number, ""))


def _form_around(reading: Reading, act: Act) -> int | None:
    """Return the form in whose annex the sentence is a note."""
    block = _block(reading, act)
    for number, form in enumerate(reading.forms):
        if form.blocks[0] <= block <= form.blocks[1]:
            return number
    return None


def _thing(reading: Reading, act: Act, thing: Thing, sentence: tuple[int, int]) -> Owed:
    form = None
    if thing.kind in ("form", "list"):
        form = form_named(thing.title, thing.aside, reading.forms, reading.annexes)
    return _one(reading, act, thing, form, sentence)


def _one(
    reading: Reading, act: Act, thing: Thing, form: int | None, sentence: tuple[int, int]
) -> Owed:
    flat, moment = reading.flat, act.deadline.moment
    doubts = list(moment.doubts)
    if act.deadline.how == "on":
        said = flat.quote(act.deadline.start, act.deadline.end)
        doubts.append(f"“{said}”: the notice names a day, without 前: is it the last day?")
    issued = reading.years.issued
    if moment.day is not None and issued is not None and moment.day < issued:
        doubts.append(f"{moment.day.isoformat()} is before the date of issue: is the year right?")
    return Owed(
        title=thing.title,
        kind="form" if form is not None else thing.kind,
        due=Due(moment.day, moment.at, tuple(doubts)),
        quote=flat.quote(*sentence),
        units=_units(named_units(flat.text, *sentence)),
        form=form,
        position=thing.start,
    )


def _units(listed: str) -> tuple[str, ...]:
    names = (re.sub(r"^.*[,:。]", "", name) for name in listed.split("、"))
    return tuple(name for name in names if 3 <= len(name) <= 24)


def _elsewhere(
    reading: Reading, sentences: list[tuple[int, int]], index: int, act: Act
) -> tuple[Thing, ...]:
    """Return material named before the deadline's sentence, or in a list after it."""
    earlier = find_things(reading.flat.text, max(sentences[index][0], reading.skip[1]), act.first)
    if earlier and not act.refers:
        return tuple(earlier)
    if act.refers == "below":
        return _below(reading.flat, sentences, index)
    return _above(reading, sentences, index, act)


def _below(flat: Flat, sentences: list[tuple[int, int]], index: int) -> tuple[Thing, ...]:
    found: list[Thing] = []
    for first, last in sentences[index + 1 : index + NEAR]:
        if _SECTION.match(flat.text, first):
            break
        things = _listed(flat, first, last) or _item_name(flat, first, last)
        if not things and found:
            break
        found.extend(things)
    return tuple(found)


def _above(
    reading: Reading, sentences: list[tuple[int, int]], index: int, act: Act
) -> tuple[Thing, ...]:
    """Return the material of the nearest sentences before: of this section, else of those before.

    Sentences with a deadline of their own have told whose they are.
    """
    flat = reading.flat
    found: list[Thing] = []
    for first, last in reversed(sentences[max(0, index - NEAR) : index]):
        if find_deadlines(flat.text, first, last, reading.years):
            break
        begin = max(first, reading.skip[1])
        things = _listed(flat, begin, last) if begin < last else []
        if act.refers and not things:
            things = _item_name(flat, begin, last)
        if not things and found and not _ITEM.match(flat.text, first):
            break
        found[:0] = things
    return tuple(found)


def _listed(flat: Flat, first: int, last: int) -> list[Thing]:
    """Return things of a numbered item, of 材料：…, or of a sentence that asks for them."""
    text = flat.text[first:last]
    item = _ITEM.match(text)
    head = _MATERIAL_HEAD.search(text)
    if item or head:
        start = first + (head.end() if head else item.end() if item else 0)
        return find_things(flat.text, start, last)
    if not sends(text):
        return []
    from rules.notice.dates import Moment  # noqa: PLC0415
    from rules.notice.deadlines import Deadline  # noqa: PLC0415

    nowhere = Deadline(last, last, Moment(None, None), "")
    return list(read_acts(flat.text, first, last, [nowhere])[0].things)


def _item_name(flat: Flat, first: int, last: int) -> list[Thing]:
    """Return what a numbered item names first, where a list is known to be of material."""
    item = _ITEM.match(flat.text, first)
    if item is None or _SECTION.match(flat.text, first):
        return []
    stop = _NAME_ENDS.search(flat.text, item.end(), last)
    end = stop.start() if stop else last
    name = flat.text[item.end() : end].strip("《》“”")
    return [Thing(name, "report", item.end(), end)] if 2 <= len(name) <= 20 else []


def _undated(reading: Reading, sentences: list[tuple[int, int]], found: list[Owed]) -> list[Owed]:
    """Return what a sentence asks to be sent without saying until when."""
    more: list[Owed] = []
    for first, last in sentences:
        text = reading.flat.text[first:last]
        if first < reading.skip[1] or not _BY_MAIL.search(text) or not sends(text):
            continue
        if find_deadlines(reading.flat.text, first, last, reading.years):
            continue
        for thing in _listed(reading.flat, first, last):
            form = form_named(thing.title, thing.aside, reading.forms, reading.annexes)
            if thing.kind not in ("form", "report") or any(_same(o, thing, form) for o in found):
                continue
            doubt = f"no date was found by which “{thing.title}” is due"
            quote = reading.flat.quote(first, last)
            due = Due(None, None, (doubt,))
            more.append(Owed(thing.title, thing.kind, due, quote, form=form, position=first))
    return more


def _same(owed: Owed, thing: Thing, form: int | None) -> bool:
    if form is not None or owed.form is not None:
        return form == owed.form
    return owed.kind == thing.kind and _alike(owed.title, thing.title)


def _alike(first: str, second: str) -> bool:
    a, b = read_title(first).bare, read_title(second).bare
    return a.endswith(b) or b.endswith(a) or fuzz.ratio(a, b) >= LIKE


def _merged(found: list[Owed]) -> list[Owed]:
    """Keep one of each thing per due day; what either mention says more is kept."""
    kept: list[Owed] = []
    for owed in found:
        twin = next((n for n, k in enumerate(kept) if _is_twin(k, owed)), None)
        if twin is None:
            kept.append(owed)
        else:
            kept[twin] = _richer(kept[twin], owed)
    return kept


def _is_twin(first: Owed, second: Owed) -> bool:
    days = {first.due.day, second.due.day}
    if len(days) > 1 and None not in days:
        return False
    if first.form is not None and second.form is not None:
        return first.form == second.form
    return first.kind == second.kind and _alike(first.title, second.title)


def _richer(first: Owed, second: Owed) -> Owed:
    due = first.due if first.due.day is not None else second.due
    other = second.due if due is first.due else first.due
    return replace(
        first,
        due=Due(due.day, due.at or (other.at if other.day == due.day else None), due.doubts),
        form=first.form if first.form is not None else second.form,
        units=first.units or second.units,
        quote=first.quote if due is first.due else second.quote,
    )


def _with_video(reading: Reading, found: list[Owed]) -> list[Owed]:
    spots = passages(reading.flat)
    if not spots:
        return found
    rule = VideoRule()
    unchecked: list[str] = []
    for first, last in spots:
        more, rest = read_video(reading.flat, first, last)
        known = {k: v for k, v in more.model_dump().items() if v}
        rule = rule.model_copy(update={k: v for k, v in known.items() if not getattr(rule, k)})
        unchecked += rest
    return [_filmed(owed, rule, unchecked) if owed.kind == "video" else owed for owed in found]


def _filmed(owed: Owed, rule: VideoRule, unchecked: list[str]) -> Owed:
    doubts = owed.due.doubts
    if unchecked:
        named = "”, “".join(dict.fromkeys(unchecked))
        doubts = (*doubts, f"the limit “{named}” on the video is not checked by the program")
    return replace(owed, video=rule, due=replace(owed.due, doubts=doubts))
