"""What a person has to settle: everything a notice left out, or said so that it can be doubted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rules.notice.addressees import names_kinds
from rules.notice.annexes import likest
from rules.notice.model import Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.notice.model import Notice


_BLANKS = ("表", "书", "回执", "单", "问卷")
_LISTED = 80  # characters of the line of addressees


@dataclass(frozen=True, slots=True)
class Gaps:
    """What reading met with and a Notice does not hold.

    `missing`: titles of annexes that are not in the file; `doubtful`: mailboxes put together
    over a gap; `addressed`: the line of addressees; `nameless`: sentences that set a day for
    something they do not name; `cut`: the notice is longer than what was read; `formless`: files
    beside it that are no blanks.
    """

    missing: tuple[str, ...]
    doubtful: tuple[str, ...]
    addressed: str
    nameless: tuple[str, ...]
    cut: bool
    formless: tuple[str, ...] = ()


def open_questions(notice: Notice, gaps: Gaps) -> tuple[Question, ...]:
    """Return the questions, each once."""
    found = [
        *_heading(notice),
        *_mailboxes(notice, gaps.doubtful),
        *_requirements(notice),
        *(Question("nameless", {"said": said}) for said in gaps.nameless),
        *_forms(notice, gaps.missing),
        *(Question("annex-no-form", {"file": name}) for name in gaps.formless),
        *_people(notice, gaps.addressed),
        *([Question("too-long")] if gaps.cut else []),
    ]
    return tuple(dict.fromkeys(found))


def _heading(notice: Notice) -> Iterator[Question]:
    if not notice.title:
        yield Question("no-notice-title")
    if not notice.document:
        yield Question("no-document")
    if notice.window is None:
        yield Question("no-window")
    if notice.issued is None:
        yield Question("no-issue-date")


def _mailboxes(notice: Notice, doubtful: tuple[str, ...]) -> Iterator[Question]:
    if not notice.mailboxes:
        yield Question("no-mailbox")
    for address in doubtful:
        yield Question("mailbox-doubtful", {"address": address})
    if len(notice.mailboxes) > 1:
        yield Question("several-mailboxes", {"addresses": "、".join(notice.mailboxes)})


def _requirements(notice: Notice) -> Iterator[Question]:
    if not notice.requirements:
        yield Question("nothing-owed")
    for owed in notice.requirements:
        yield from (replace(doubt, about=owed.title) for doubt in owed.due.doubts)
        if owed.due.day is None and not owed.due.doubts:
            yield Question("no-day", about=owed.title)
        if owed.kind == "list":
            yield Question("any-document", about=owed.title)
        if owed.online:
            yield Question("online", about=owed.title)
        if owed.mailbox and len(notice.mailboxes) > 1:
            yield Question("other-mailbox", {"address": owed.mailbox}, about=owed.title)
    yield from _twice(notice)


def _twice(notice: Notice) -> Iterator[Question]:
    """Ask about a thing that has two days."""
    days: dict[tuple[str, str], set[str]] = {}
    for owed in notice.requirements:
        if owed.due.day is not None and not owed.part:
            title = owed.title
            if owed.form is not None:
                title = notice.forms[owed.form].draft.form.title
            days.setdefault((owed.kind, title), set()).add(owed.due.day.isoformat())
    for (_, title), dues in days.items():
        if len(dues) > 1:
            yield Question("two-days", {"days": "、".join(sorted(dues))}, about=title)


def _forms(notice: Notice, missing: tuple[str, ...]) -> Iterator[Question]:
    lacking = [
        owed.title for owed in notice.requirements if owed.kind == "form" and owed.form is None
    ]
    for title in missing:
        lists = title.endswith(("清单", "名单"))  # they may be there to be read
        if title.endswith(_BLANKS) and not lists and likest(title, lacking) is None:
            yield Question("annex-missing", about=title)
    asked = {owed.form for owed in notice.requirements}
    for number, form in enumerate(notice.forms):
        title = form.draft.form.title
        if number not in asked:
            yield Question("form-without-day", about=title)
        for doubt in form.draft.doubts:
            if doubt.code != "key-numbered":
                yield Question(doubt.code, doubt.values, about=title)
    yield from (Question("form-without-blank", about=title) for title in lacking)


def _people(notice: Notice, addressed: str) -> Iterator[Question]:
    if not notice.contacts:
        yield Question("no-contact")
    if not addressed and not notice.units:
        yield Question("addresses-nobody")
    elif not notice.units:
        yield Question("addressed-kinds", {"to": addressed[:_LISTED]})
    elif names_kinds(addressed):
        yield Question("addressed", {"to": addressed[:_LISTED], "named": str(len(notice.units))})
    for owed in notice.requirements:
        if owed.only:
            yield Question("only-kinds", {"units": owed.only}, about=owed.title)
        if owed.units:
            yield Question("only-units", {"units": "、".join(owed.units)}, about=owed.title)
