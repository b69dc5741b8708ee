"""Whether a reply says anything that a person must read."""

from __future__ import annotations

import re

from parsers.message.quotation import own_lines

THANKS = ("谢谢", "收到", "感谢", "好的", "辛苦")
ASKS = re.compile("[?？]|[吗呢]|请问|没|未|什么|怎么|哪|是否|能否|不")

SIGNED = 20  # characters of 发自我的手机, which clients add
ONLY = re.compile(
    r"(?:谢谢|收到|感谢|好的?|辛苦|知道|明白|已阅|已?收悉|[您你了啦们大家各位都嗯]|\W)+"
)


def is_only_thanks(text: str) -> bool:
    """Say whether a mail holds courtesies and not a word more: 收到，延到周五 says more."""
    lines = own_lines(text)
    if len(lines) > 1 and len(lines[-1]) <= SIGNED and lines[-1].lstrip().startswith("发自"):
        lines = lines[:-1]
    return ONLY.fullmatch("".join(lines)) is not None


def is_thanks(text: str) -> bool:
    """Say whether a reply's own words (before the quotation) are only a courtesy."""
    own = "".join("".join(own_lines(text)).split())
    return 0 < len(own) <= 16 and any(word in own for word in THANKS) and not ASKS.search(own)
