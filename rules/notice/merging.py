"""When two mentions are of one thing owed, and what is known of it from both."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from rules.campaign import VideoRule
from rules.notice.media import passages, read_video
from rules.notice.model import Due, Owed, Question
from rules.reader.titles import read_title

if TYPE_CHECKING:
    from rules.notice.flat import Flat
    from rules.notice.material import Thing

LIKE = 80  # per cent


def same_thing(owed: Owed, thing: Thing, form: int | None) -> bool:
    """Say whether a thing is one that is known to be owed."""
    if form is not None or owed.form is not None:
        return form == owed.form
    return owed.kind == thing.kind and alike(owed.title, thing.title)


def alike(first: str, second: str) -> bool:
    """Say whether two titles mean the same, years apart."""
    a, b = read_title(first).bare, read_title(second).bare
    if re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return False  # 107-1表 and 107-2表 are two
    return a.endswith(b) or b.endswith(a) or fuzz.ratio(a, b) >= LIKE


def merged(found: list[Owed]) -> list[Owed]:
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
    return first.kind == second.kind and alike(first.title, second.title)


def _richer(first: Owed, second: Owed) -> Owed:
    due = first.due if first.due.day is not None else second.due
    other = second.due if due is first.due else first.due
    return replace(
        first,
        due=Due(due.day, due.at or (other.at if other.day == due.day else None), due.doubts),
        form=first.form if first.form is not None else second.form,
        units=first.units or second.units,
        characters=first.characters or second.characters,
        quote=first.quote if due is first.due else second.quote,
    )


def with_video(flat: Flat, found: list[Owed]) -> list[Owed]:
    """Give what is owed as video the limits that the notice sets anywhere."""
    spots = passages(flat)
    if not spots:
        return found
    rule = VideoRule()
    unchecked: list[str] = []
    for first, last in spots:
        more, rest = read_video(flat, first, last)
        known = {k: v for k, v in more.model_dump().items() if v}
        rule = rule.model_copy(update={k: v for k, v in known.items() if not getattr(rule, k)})
        unchecked += rest
    return [_filmed(owed, rule, unchecked) if owed.kind == "video" else owed for owed in found]


def _filmed(owed: Owed, rule: VideoRule, unchecked: list[str]) -> Owed:
    doubts = owed.due.doubts
    if unchecked:
        named = "”“".join(dict.fromkeys(unchecked))
        doubts = (*doubts, Question("video-unchecked", {"limits": named}))
    return replace(owed, video=rule, due=replace(owed.due, doubts=doubts))
