"""Which choices a place offers: words after boxes, or words far apart on a line."""

from __future__ import annotations

import re

from parsers.values.characters import plain

MARKS = "□☐◻▢○◯❏⬜▯☑■√✓✔☒"
_EMPTY_BRACKETS = re.compile(r"[(（\[【]\s*[)）\]】]")
_EXPLAIN = re.compile(r"[,，、:：(（]?\s*(?:请|需)(?:注明|说明|填写|列出|写明).*", re.DOTALL)
_ROOM = re.compile(r"[(（][\s_＿]+[^()（）\s]{0,3}[)）]")  # 是（    次）
_EDGES = " \t\n　、,，;；:：()（）[]【】。._＿-—/"
_SPACED = re.compile(r"[ \t　]{2,}|\n")
_OPPOSITES = ({"是", "否"}, {"有", "无"}, {"男", "女"}, {"线上", "线下"})
LONGEST = 40


def has_boxes(text: str) -> bool:
    """Say whether boxes, or pairs of empty brackets after words, are printed."""
    return any(mark in text for mark in MARKS) or len(_EMPTY_BRACKETS.findall(text)) > 1


def choices_in(text: str) -> tuple[str, ...]:
    """Return the words that belong to printed boxes, in order."""
    marked = _EMPTY_BRACKETS.sub("□", plain(text))
    before = any(marked.strip().startswith(mark) for mark in MARKS)
    parts = re.split(f"[{MARKS}]+", marked)
    named = parts[1:] if before else parts if parts[-1].strip() == "" else parts[1:]
    return _names(named)


def spaced_choices(text: str) -> tuple[str, ...]:
    """Return the words that stand far apart, for blanks whose boxes got lost."""
    inner = re.sub(r"[(（][ \t　]*([^()（）]*?)[)）]", r"\n\1\n", text)
    joined = re.sub(r"(?<=[,，、])\n", "", inner)
    parts = _SPACED.split(joined)
    if any(part.strip().endswith((":", "：")) for part in parts):
        return ()  # each asks for something of its own
    return _names(parts)


def _names(parts: list[str]) -> tuple[str, ...]:
    names = (_name(part) for part in parts)
    return tuple(dict.fromkeys(name for name in names if name and len(name) <= LONGEST))


def _name(part: str) -> str:
    own = re.split(r"[ \t　]{2,}", part.strip())[0]  # 否　　如是，累计减免____元 is 否
    bare = _ROOM.sub("", _EXPLAIN.sub("", " ".join(own.split())))
    return re.sub(r"[_＿]+.*", "", bare).strip(_EDGES)


def is_one_of(choices: tuple[str, ...]) -> bool:
    """Say whether the choices exclude each other: 是 or 否."""
    return any(set(choices) == pair for pair in _OPPOSITES)
