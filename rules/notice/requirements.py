"""What each unit owes by when: deadlines of sentences that ask for something to be sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from parsers.document import Table
from rules.notice.acts import Act, named_units, read_acts, sends
from rules.notice.annexes import form_named
from rules.notice.asides import said_of
from rules.notice.deadlines import find_deadlines
from rules.notice.duties import asked_of, named_in_row, row_of
from rules.notice.elsewhere import Reading, elsewhere, listed
from rules.notice.forms import annex_number
from rules.notice.lengths import length_beside, with_lengths
from rules.notice.material import Thing, kind_of
from rules.notice.merging import merged, same_thing, with_video
from rules.notice.model import Due, Owed, Question

_ONLINE = re.compile(
    r"(?:登录|登陆|访问|进入|通过|在)[^。;@]{0,30}(?:系统|平台|网站|小程序|公众号)[^。;]{0,12}(?:填|报|提交|上传|录入|完成)"
    r"|网上(?:申报|填报|报名)|在线(?:申报|填报|填写|报名)"
)
_BY_MAIL = re.compile(r"邮箱|邮件|@|电子版|附件\d?|报送|发至|寄至")
_POINTED = re.compile(r"(?:将|把|填写|填报|填好|见|如)(?:[下附本]|后附|所附)表(?!格?式)")
BARE = 3  # letters of a name that says no more than that it is a form
MOST = 12  # deadlines of one sentence


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
    dated = merged(found.owed)
    undated = _undated(reading, sentences, dated)
    found.owed = with_lengths(reading, with_video(reading.flat, merged([*dated, *undated])))
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
    pointed = _pointed_at(reading, act) if not act.things else None
    if pointed is not None:
        title = reading.forms[pointed].draft.form.title
        thing = Thing(title, "form", act.first, act.last)
        return [_one(reading, act, thing, pointed, sentences[index])]
    things = act.things or elsewhere(reading, sentences, index, act)
    things = tuple(thing for one in things for thing in _annexed(reading, one))
    block = reading.source.document.blocks[_block(reading, act)]
    name = named_in_row(block, things[0].title) if things else ""
    if name and things[0].title not in name:
        kind = kind_of(name) or things[0].kind
        things = (replace(things[0], title=name, kind=kind, aside=things[0].title),)
    owed = [_thing(reading, act, thing, sentences[index]) for thing in things]
    return [each for one in owed for each in _by_month(one, act)]


def _by_month(owed: Owed, act: Act) -> list[Owed]:
    """Return what is owed every month once a month, as far as the months are known."""
    if not act.deadline.days:
        return [owed]
    return [
        replace(owed, part=f"{day.year}年{day.month}月", due=replace(owed.due, day=day, doubts=()))
        if number
        else replace(owed, part=f"{day.year}年{day.month}月", due=replace(owed.due, day=day))
        for number, day in enumerate(act.deadline.days)
    ]


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
        if form.has(block):
            return number
    return None


def _pointed_at(reading: Reading, act: Act) -> int | None:
    """Return the notice's one form where the clause calls it 下表 or 附表."""
    said = _POINTED.search(reading.flat.text, act.first, act.last)
    return 0 if said and len(reading.forms) == 1 else None


def _thing(reading: Reading, act: Act, thing: Thing, sentence: tuple[int, int]) -> Owed:
    form = None
    if thing.kind in ("form", "list"):
        form = form_named(thing.title, thing.aside, reading.forms, reading.annexes)
    if form is not None and len(thing.title) <= BARE:  # 汇总表, whichever that is
        thing = replace(thing, title=reading.forms[form].draft.form.title)
    return _one(reading, act, thing, form, sentence)


def _one(
    reading: Reading, act: Act, thing: Thing, form: int | None, sentence: tuple[int, int]
) -> Owed:
    flat, moment = reading.flat, act.deadline.moment
    block = reading.source.document.blocks[_block(reading, act)]
    doubts = list(moment.doubts)
    if act.deadline.how == "on":
        said = flat.quote(act.deadline.start, act.deadline.end)
        doubts.append(Question("day-without-before", {"said": said}))
    issued = reading.years.issued
    if moment.day is not None and issued is not None and moment.day < issued:
        doubts.append(Question("before-issue", {"day": moment.day.isoformat()}))
    return Owed(
        title=thing.title,
        kind="form" if form is not None else thing.kind,
        due=Due(moment.day, moment.at, tuple(doubts)),
        quote=(form is None and row_of(block, thing.title)) or flat.quote(*sentence),
        units=_units(named_units(flat.text, *sentence)),
        form=form,
        position=thing.start,
        characters=length_beside(thing),
        note=said_of(thing.kind, thing.aside),
        part=act.deadline.part,
        mailbox=_mailbox(reading, act, sentence),
        only=asked_of(block, thing.title),
        online=_ONLINE.search(flat.text, *sentence) is not None
        and not _BY_MAIL.search(flat.text, *sentence),
    )


def _mailbox(reading: Reading, act: Act, sentence: tuple[int, int]) -> str:
    """Return the address that the deadline's own clause names, else its sentence."""
    for first, last in ((act.deadline.start, act.last), sentence):
        for box in reading.mailboxes:
            if first <= box.start < last:
                return box.address
    return ""


def _units(listed: str) -> tuple[str, ...]:
    names = (re.sub(r"^.*[,:。]", "", name) for name in listed.split("、"))
    return tuple(name for name in names if 3 <= len(name) <= 24)


def _undated(reading: Reading, sentences: list[tuple[int, int]], found: list[Owed]) -> list[Owed]:
    """Return what a sentence asks to be sent without saying until when."""
    more: list[Owed] = []
    for first, last in sentences:
        text = reading.flat.text[first:last]
        if first < reading.skip[1] or not _BY_MAIL.search(text) or not sends(text):
            continue
        if find_deadlines(reading.flat.text, first, last, reading.years):
            continue
        for thing in listed(reading.flat, first, last):
            form = form_named(thing.title, thing.aside, reading.forms, reading.annexes)
            if thing.kind == "list" or any(same_thing(o, thing, form) for o in found):
                continue
            quote = reading.flat.quote(first, last)
            due = Due(None, None, (Question("no-day"),))
            more.append(Owed(thing.title, thing.kind, due, quote, form=form, position=first))
    return more
