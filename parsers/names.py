"""Which characters may stand in a string we return: clean text, one-line text, names, ids."""

from __future__ import annotations

import re
import unicodedata

MAX_NAME = 200

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029]|\x85")
# U+202A-E, U+2066-9, U+200E/F, U+061C turn text round; U+FEFF and U+200B are not seen at all
_DIRECTIONS = re.compile(r"[\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
# all ASCII that is seen but < > ?: `=?…?=` in an id becomes a new header line
# (facts/reliability.md §0.1); a single `=` is not refused, because Gmail writes it
_MESSAGE_ID = re.compile(r"<[!-;=@-~]{1,250}>")


def clean(text: str) -> str:
    """Text that UTF-8 can hold, without controls but newline and tab, without bidi marks."""
    if text.isprintable():  # most is: what is taken out never is
        return text
    text = _NEWLINES.sub("\n", text)
    return _DIRECTIONS.sub("", _CONTROLS.sub("", _SURROGATES.sub("\ufffd", text)))


def one_line(text: str) -> str:
    """Clean text with every run of white space as one space."""
    return " ".join(clean(text).split())


def file_name(raw: str) -> str:
    """Return a label for people: the last part of a path, no invisible characters, not long."""
    last = one_line(raw).rstrip("/\\").replace("\\", "/").rpartition("/")[2]
    if not last.isprintable():
        last = "".join(c for c in last if unicodedata.category(c) not in {"Cf", "Co", "Cn"})
    return _shorten(last.strip())


def turns_round(raw: str) -> bool:
    """Whether a name uses direction marks, as `xcod.exe` shown as `exe.docx` does."""
    return re.search(r"[\u202a-\u202e\u2066-\u2069]", raw) is not None


def extension(name: str) -> str:
    """Return the lower-case extension without its dot, or ""."""
    stem, dot, last = name.rpartition(".")
    return last.strip().lower() if dot and stem and len(last) <= 8 else ""


def message_ids(value: str) -> tuple[str, ...]:
    """Every acceptable `<id>` in a header value, Foxmail's commas included, each once."""
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(value)))


def _shorten(name: str) -> str:
    if len(name) <= MAX_NAME:
        return name
    ending = extension(name)
    return name[: MAX_NAME - len(ending) - 2] + "…" + (f".{ending}" if ending else "")
