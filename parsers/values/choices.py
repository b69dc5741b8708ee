"""How people tick: ☑ ■ √ before or after a label, in brackets, or the label alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.values.answer import Asked, ValueRead, ambiguous, found, missing
from parsers.values.characters import is_empty, is_nil, plain

_OPEN, _DONE = "□", "☑"
_MARKS = str.maketrans(
    dict.fromkeys("☐◻▢○◯❏⬜▯", _OPEN) | dict.fromkeys("☑■√✓✔●◉⊙▣✅☒⊠∨🗸🗹🗵🗷", _DONE)
)
_IN_BRACKETS = re.compile(r"[(\[【]\s*([√✓✔xX×*Vv☑☒■●]?)\s*[)\]】]")
# What says more about a choice: 分支机构（分析仪器分会）, 其他组织，请注明：某协会
_ASIDE = re.compile(
    r"\((?![^()]*[不非否未无没])[^()]{1,40}\)|[,;]?\s*(?:请?注明|请?说明)\s*:?[^、,;\n]{0,60}$"
)
# ticks typed as letters, or in Wingdings whose font got lost, among boxes
_LETTER = re.compile(r"(?<![A-Za-z0-9])[VvRPþüý](?![A-Za-z0-9])")
_COUNTED = re.compile(r"(?:[0-9]{1,2}|[①-⑳])\s?[.、):]?|(?:选择|已选|勾选|选)\s*:?")
_CROSS = "×✗✘"


@dataclass(frozen=True, slots=True)
class _Spot:
    """One choice's label where it stands in the text."""

    label: str
    start: int
    end: int


def read_choice(text: str, asked: Asked) -> ValueRead:
    """Return the chosen labels as declared; none is missing; a stray tick is ambiguous."""
    bare = plain(text)
    if is_empty(bare):
        return missing()
    if is_nil(bare):
        return found("无", nil=True)
    if "☒" in bare and re.search(r"[☑√✓✔]", bare):
        return ambiguous("unclear-mark")
    marked = _marked(bare)
    spots = _spots(marked, asked.choices or _labels_in(marked))
    return _ticked(marked, spots) if _has_marks(marked) else _typed(marked, spots, asked)


def _marked(text: str) -> str:
    """Write every tick as ☑ and every empty box as □; a bare × ticks only where √ does not."""
    ticked = re.search(r"[√✓✔☑■●]", text) is not None
    text = _IN_BRACKETS.sub(lambda m: _bracketed(m[1], ticked=ticked), text)
    text = text.translate(_MARKS)
    if _OPEN in text:
        text = _LETTER.sub(_DONE, text)
    return re.sub(f"[{_CROSS}]", _OPEN if ticked else _DONE, text)


def _bracketed(mark: str, *, ticked: bool) -> str:
    if not mark or (ticked and mark in "xX×*"):
        return _OPEN
    return _DONE


def _has_marks(text: str) -> bool:
    return _OPEN in text or _DONE in text


def _labels_in(text: str) -> tuple[str, ...]:
    """Without declared choices, the words between the marks."""
    parts = re.split(f"[{_OPEN}{_DONE}\\s]+", text)
    return tuple(part.strip("、,，;；。") for part in parts if part.strip("、,，;；。"))


def _spots(text: str, choices: tuple[str, ...]) -> list[_Spot]:
    """Find each choice once, longest first, so that a label inside another is not taken."""
    taken: list[_Spot] = []
    for label in sorted(set(choices), key=len, reverse=True):
        for match in re.finditer(_loose(label), text):
            if all(match.end() <= spot.start or match.start() >= spot.end for spot in taken):
                taken.append(_Spot(label, match.start(), match.end()))
                break
    return sorted(taken, key=lambda spot: spot.start)


def _loose(label: str) -> str:
    letters = [re.escape(c) for c in plain(label) if not c.isspace()]
    return r"\s*".join(letters)


def _typed(text: str, spots: list[_Spot], asked: Asked) -> ValueRead:
    """No marks: labels typed alone are chosen; all of them is the blank's own line."""
    rest = text
    for spot in spots:
        rest = rest[: spot.start] + " " * (spot.end - spot.start) + rest[spot.end :]
    if not spots or not is_empty(_COUNTED.sub("", _ASIDE.sub("", rest))):
        return ambiguous("words")
    return missing() if len(spots) == len(set(asked.choices)) > 1 else found(_names(spots, asked))


def _names(spots: list[_Spot], asked: Asked) -> tuple[str, ...]:
    chosen = {spot.label for spot in spots}
    return tuple(c for c in asked.choices if c in chosen) or tuple(spot.label for spot in spots)


def _ticked(text: str, spots: list[_Spot]) -> ValueRead:
    """Give each tick to the label it touches, or to the side on which the marks stand."""
    if _DONE not in text:
        return missing()
    after = _marks_follow(text, spots)
    chosen: set[str] = set()
    for position in (m.start() for m in re.finditer(_DONE, text)):
        spot = _owner(text, spots, position, after=after)
        if spot is None:
            return ambiguous("unclear-mark")
        chosen.add(spot.label)
    return found(tuple(spot.label for spot in spots if spot.label in chosen))


def _marks_follow(text: str, spots: list[_Spot]) -> bool | None:
    """Whether marks stand after their labels; None when the line's ends do not tell."""
    if not spots:
        return None
    before = re.search(f"[{_OPEN}{_DONE}]", text[: spots[0].start]) is not None
    behind = re.search(f"[{_OPEN}{_DONE}]", text[spots[-1].end :]) is not None
    return None if before == behind else behind


def _owner(text: str, spots: list[_Spot], position: int, *, after: bool | None) -> _Spot | None:
    earlier = [spot for spot in spots if spot.end <= position]
    later = [spot for spot in spots if spot.start > position]
    left = earlier[-1] if earlier and _joins(text[earlier[-1].end : position]) else None
    right = later[0] if later and _joins(text[position + 1 : later[0].start]) else None
    if left is None or right is None:
        return _only(text, position, left or right)
    return _nearer(text, position, (left, right), after=after)


def _only(text: str, position: int, spot: _Spot | None) -> _Spot | None:
    """Keep the one label beside a mark, unless other words stand nearer: 甲 ☑其他."""
    if spot is None:
        return None
    behind = spot.end <= position
    gap = text[spot.end : position] if behind else text[position + 1 : spot.start]
    aside = text[position + 1 :] if behind else text[:position][::-1]
    words = re.match(r"([ \n]*)\w", aside)
    return None if words is not None and _width(words[1]) <= _width(gap) else spot


def _joins(between: str) -> bool:
    return re.fullmatch(rf"[\s{_OPEN}{_DONE}()、:]*", between) is not None


def _nearer(
    text: str, position: int, sides: tuple[_Spot, _Spot], *, after: bool | None
) -> _Spot | None:
    """Part a run such as "A√ □B": the space in it divides the two labels' marks."""
    left, right = sides
    gap_left = text[left.end : position]
    gap_right = text[position + 1 : right.start]
    split_left, split_right = (bool(re.search(r"[\s、]", gap)) for gap in (gap_left, gap_right))
    if split_left != split_right:
        return right if split_left else left
    nearness = _width(gap_left) - _width(gap_right)
    if abs(nearness) > 1:
        return right if nearness > 0 else left
    return None if after is None else (left if after else right)


def _width(gap: str) -> int:
    """Measure a gap in characters; another line is far away."""
    return len(gap) + 100 * gap.count("\n")
