"""How header text is encoded: RFC 2047 words as Chinese clients really write them."""

from __future__ import annotations

import base64
import binascii
import re
from typing import NamedTuple

from parsers.charsets import canonical, decode, decode_raw

# lengths are bounded so that a hostile header costs no quadratic time
_WORD = re.compile(
    r"=\?([^?\s]{1,60})\?([bBqQ])\?(?:(.{0,3000}?)\?=|([^?\s]{2,3000})\??$)", re.DOTALL
)
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")


class _Word(NamedTuple):
    charset: str
    encoding: str
    text: str


def header_text(raw: bytes) -> str:
    """Return an unfolded header value as text: raw 8-bit bytes, then encoded words."""
    return decode_words(unfold(decode_raw(raw)))


def unfold(value: str) -> str:
    """Join folded lines; the white space that begins a continuation stays."""
    return _FOLD.sub("", value) if "\n" in value else value


def decode_words(value: str) -> str:
    """Decode every encoded word; neighbours of one charset are joined before decoding."""
    if "=?" not in value:
        return value
    out: list[str] = []
    run: list[_Word] = []
    end = 0
    for match in _WORD.finditer(value):
        between = value[end : match.start()]
        if between.strip() or not run:
            out += [_decode_run(run), between]
            run = []
        run.append(_Word(match[1], match[2].lower(), match[3] or match[4] or ""))
        end = match.end()
    return "".join([*out, _decode_run(run), value[end:]])


def _decode_run(run: list[_Word]) -> str:
    """Decode neighbouring words, charset by charset."""
    out: list[str] = []
    start = 0
    for stop in range(1, len(run) + 1):
        if stop == len(run) or _key(run[stop]) != _key(run[start]):
            out.append(_decode_group(run[start:stop]))
            start = stop
    return "".join(out)


def _key(word: _Word) -> str:
    return canonical(word.charset) or word.charset.lower()


def _decode_group(words: list[_Word]) -> str:
    """Words of one charset: bytes joined; failing that, their base64 text joined."""
    charset = words[0].charset
    text = decode(b"".join(_bytes(word) for word in words), charset)
    if "\ufffd" not in text or any(word.encoding == "q" for word in words):
        return text
    joined = decode(unpad("".join(word.text for word in words)), charset)
    return min(text, joined, key=lambda tried: tried.count("\ufffd"))


def _bytes(word: _Word) -> bytes:
    if word.encoding == "b":
        return unpad(word.text)
    quoted = word.text.replace("_", " ").encode("utf-8", "surrogateescape")
    return binascii.a2b_qp(quoted.replace(b"\r", b"").replace(b"\n", b""))


def unpad(text: str) -> bytes:
    """Base64 whose padding is missing, doubled or in the middle."""
    letters = _BASE64.sub("", text)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return base64.b64decode(letters + "=" * (-len(letters) % 4))
