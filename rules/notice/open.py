"""What a person has to settle: everything a notice left out, or said so that it can be doubted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.notice.annexes import likest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.notice.model import Notice


_BLANKS = ("表", "书", "回执", "单", "问卷")


@dataclass(frozen=True, slots=True)
class Gaps:
    """What reading met with and a Notice does not hold.

    `missing`: titles of annexes that are not in the file; `doubtful`: mailboxes put together
    over a gap; `addressed`: the line of addressees; `nameless`: sentences that set a day for
    something they do not name; `cut`: the notice is longer than what was read.
    """

    missing: tuple[str, ...]
    doubtful: tuple[str, ...]
    addressed: str
    nameless: tuple[str, ...]
    cut: bool


def open_questions(notice: Notice, gaps: Gaps) -> tuple[str, ...]:
    """Return the questions as sentences, each once."""
    found = [
        *_heading(notice),
        *_mailboxes(notice, gaps.doubtful),
        *_requirements(notice),
        *(f"“{said}” sets a day, but not for what: is it owed?" for said in gaps.nameless),
        *_forms(notice, gaps.missing),
        *_people(notice, gaps.addressed),
        *(["The notice is very long: its end was not read."] if gaps.cut else []),
    ]
    return tuple(dict.fromkeys(found))


def _heading(notice: Notice) -> Iterator[str]:
    if not notice.title:
        yield "No title was found: write it."
    if not notice.document:
        yield "No document number was found: write it, or leave it out."
    if notice.window is None:
        yield "The days of the activity were not found: write “window”, or leave it out."
    if notice.issued is None:
        yield "No date of issue was found: check the year of every date."


def _mailboxes(notice: Notice, doubtful: tuple[str, ...]) -> Iterator[str]:
    if not notice.mailboxes:
        yield "The notice names no mailbox: write the one that collects."
    for address in doubtful:
        yield f"The mailbox {address} was put together over a gap or a line break: compare it."
    if len(notice.mailboxes) > 1:
        named = ", ".join(notice.mailboxes)
        yield f"The notice names several mailboxes ({named}): keep those that collect."


def _requirements(notice: Notice) -> Iterator[str]:
    if not notice.requirements:
        yield "Nothing was found that has to be handed in: write “requirements”."
    days: dict[int, set[str]] = {}
    for owed in notice.requirements:
        for doubt in owed.due.doubts:
            yield f"{owed.title}: {doubt[0].upper()}{doubt[1:]}{'' if doubt.endswith('?') else '.'}"
        if owed.due.day is None and not owed.due.doubts:
            yield f"{owed.title}: no date was found by which it is due."
        if owed.form is not None and owed.due.day is not None:
            days.setdefault(owed.form, set()).add(owed.due.day.isoformat())
        if owed.kind == "list":
            yield f"{owed.title}: it is taken as any document; say how it should come."
    yield from _twice(notice)
    for form, dues in days.items():
        if len(dues) > 1:
            title = notice.forms[form].draft.form.title
            yield f"“{title}” is asked for by {' and by '.join(sorted(dues))}: which day holds?"


def _twice(notice: Notice) -> Iterator[str]:
    """Ask about a thing that is no form of the annexes and has two days."""
    days: dict[tuple[str, str], set[str]] = {}
    for owed in notice.requirements:
        if owed.form is None and owed.due.day is not None:
            days.setdefault((owed.kind, owed.title), set()).add(owed.due.day.isoformat())
    for (_, title), dues in days.items():
        if len(dues) > 1:
            yield f"“{title}” is asked for by {' and by '.join(sorted(dues))}: which day holds?"


def _forms(notice: Notice, missing: tuple[str, ...]) -> Iterator[str]:
    lacking = [
        owed.title for owed in notice.requirements if owed.kind == "form" and owed.form is None
    ]
    for title in missing:
        lists = title.endswith(("清单", "名单"))  # they may be there to be read
        if title.endswith(_BLANKS) and not lists and likest(title, lacking) is None:
            yield f"The annex “{title}” is named, but it is not in the file."
    asked = {owed.form for owed in notice.requirements}
    for number, form in enumerate(notice.forms):
        title = form.draft.form.title
        if number not in asked:
            yield f"The annex “{title}” is a form, but no sentence says by when it is due."
        for doubt in form.draft.doubts:
            if doubt.code != "key-numbered":
                yield f"Form “{title}”: {doubt.message}."
    for owed in notice.requirements:
        if owed.kind == "form" and owed.form is None:
            yield f"{owed.title}: it is a form, but its blank is not in the file."


def _people(notice: Notice, addressed: str) -> Iterator[str]:
    if not notice.contacts:
        yield "No contact was found: whom may submitters call?"
    if not notice.units:
        said = f"“{addressed[:80]}”" if addressed else "nobody by name"
        yield f"The notice addresses {said}: write the units into the roster."
    for owed in notice.requirements:
        if owed.units:
            named = "、".join(owed.units)
            yield f"{owed.title}: it is asked only of {named}; set 应报材料 in the roster."
