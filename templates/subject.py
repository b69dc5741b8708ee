"""How a subject line is built: the thread's own subject, something of this letter, its token."""

from __future__ import annotations

import re

from templates.words import clean, shorten

_PREFIX = re.compile(
    r"^\s*(?:re|fw|fwd|aw|回复|答复|转发|转寄|回覆|转)\s*(?:[\[(（]\d+[\])）])?\s*[:：]\s*",
    re.IGNORECASE,
)
_OURS = re.compile(r"\s*(?:〔[^〔〕]*〕\s*)?\[#[A-Z0-9]{2,16}\]\s*", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Z0-9]{2,16}", re.IGNORECASE)
_ORIGINAL_LENGTH = 60
_OWN_LENGTH = 50
_ORDER_LENGTH = 120
_LONGEST_READ = 1000  # a longer subject is cut before any pattern sees it


def bare(subject: str) -> str:
    """Return a subject without reply prefixes, however many, and without what we added."""
    text = _OURS.sub(" ", clean(subject[:_LONGEST_READ])).strip()
    while match := _PREFIX.match(text):
        text = text[match.end() :]
    return text.strip()


def answer(original: str, own: str, token: str) -> str:
    """Return `Re: <original> 〔own〕 [#TOKEN]`, which clients keep in the sender's thread."""
    title = shorten(bare(original), _ORIGINAL_LENGTH)
    return " ".join(part for part in ("Re:", title, f"〔{_own(own)}〕", mark(token)) if part)


def opening(own: str, token: str | None = None) -> str:
    """Return the subject of a letter that starts a thread; a digest's needs no token."""
    return f"{_own(own)} {mark(token)}" if token else _own(own)


def ordered(own: str, code: str) -> str:
    """Return the subject of an answer to a command, whole: a reply to it is read again."""
    return f"{shorten(own, _ORDER_LENGTH)} [{code}]" if code else shorten(own, _ORDER_LENGTH)


def mark(token: str) -> str:
    """Return `[#TOKEN]`; a token is 2-16 letters and digits."""
    if not _TOKEN.fullmatch(token):
        raise ValueError(f"not a thread token: {token!r}")
    return f"[#{token}]"


def _own(own: str) -> str:
    return shorten(own.translate(str.maketrans("〔〕", "（）")), _OWN_LENGTH)
