"""A printed label as a person would name it."""

from __future__ import annotations

import re

from parsers.values.measures import as_measure
from rules.labels import squeeze

_NUMBERED = re.compile(
    r"^(?:[(（]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[、．.](?!\d)|[①-⒛])\s*"
)
_BRACKET = re.compile(r"[(（【〔\[]([^()（）【】〔〕\[\]]*)[)）】〕\]]$")
_ASIDE = re.compile(
    r"^(?:如|例|请|不超过|不少于|限|含|包括|不含|不包括|限|注|可|单选|多选|选填|必填|见|详见|按)|盖章|公章|签章|字以?内|字左右|签字"
)


def shown_label(text: str) -> str:
    """Return a label as a person would name it: one line, no number, unit, seal or advice."""
    left = flat(text).rstrip(":：")
    while (match := _NUMBERED.match(left)) and match.end() < len(left):
        left = left[match.end() :]
    while match := _BRACKET.search(left):
        inner = squeeze(match[1])
        if match.start() < 2 or not (as_measure(inner) or _ASIDE.search(inner)):
            break
        left = left[: match.start()].rstrip(":：")
    return left


def flat(text: str) -> str:
    """Return a text in one line, without the spaces between Chinese letters."""
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", text.strip())


def ends_in_brackets(label: str) -> bool:
    """Say whether a label ends in brackets, whatever they hold."""
    return _BRACKET.search(squeeze(label)) is not None
