"""What charset labels in Chinese mail really mean (facts/mail.md §4.2)."""

from __future__ import annotations

import codecs
import re

_GB = "gb18030"
_ALIASES = {
    **dict.fromkeys(
        [
            "gb2312",
            "gbk",
            "cp936",
            "ms936",
            "x-gbk",
            "gb_2312-80",
            "gb2312-80",
            "gbk2312",
            "gb18030",
            "gb18030-2000",
            "gbk18030",
            "euc-cn",
            "euccn",
            "eucgb2312_cn",
            "windows-936",
            "chinese",
            "iso-ir-58",
            "csgb2312",
            "hz-gb-2312-80",
        ],
        _GB,
    ),
    **dict.fromkeys(
        ["utf8", "utf-8", "utf8mb4", "unicode-1-1-utf-8", "x-utf-8", "utf_8", "cp65001"], "utf-8"
    ),
    **dict.fromkeys(
        ["big5", "chinesebig5", "big-5", "x-big5", "cn-big5", "cp950", "big5-hkscs"], "big5hkscs"
    ),
    "hz-gb-2312": "hz",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
}
# labels that say nothing: the bytes decide
_SILENT = frozenset(
    [
        "us-ascii",
        "ascii",
        "iso-8859-1",
        "iso8859-1",
        "latin1",
        "windows-1252",
        "cp1252",
        "unknown-8bit",
        "x-unknown",
        "default",
        "ansi",
        "8bit",
        "binary",
        "unknown",
        "_autodetect",
    ]
)
# named here because codecs.lookup also finds idna, punycode and unicode_escape
_TRUSTED = frozenset(
    [
        "gb18030",
        "utf-8",
        "big5hkscs",
        "hz",
        "cp949",
        "cp932",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-7",
        "iso2022_jp",
        "euc_jp",
        "koi8-r",
        "iso8859-2",
        "iso8859-5",
        "iso8859-9",
        "iso8859-15",
        "cp1250",
        "cp1251",
        "cp1254",
        "utf-32",
    ]
)
_THREE_BYTES = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}")
_PAIRS_ONLY = re.compile(rb"[\x00-\x7f]*(?:[\x81-\xfe]{2}[\x00-\x7f]*)*")


def canonical(label: str) -> str | None:
    """Return the codec to use for a label, or None when the label says nothing useful."""
    name = label.strip(" \"'\t").lower().partition("*")[0]
    if name in _SILENT:
        return None
    if name in _ALIASES:
        return _ALIASES[name]
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return found if found in _TRUSTED else None


def decode(data: bytes, label: str = "") -> str:
    """Text of `data`, whatever it is labelled; undecodable bytes become U+FFFD."""
    codec = canonical(label)
    if codec is None:
        return decode_raw(data, western=bool(label))
    if codec == _GB and _is_plainly_utf8(data):
        codec = "utf-8"
    return _strictly(data, codec) or _closest(data, codec)


def decode_raw(data: bytes, *, western: bool = False) -> str:
    """Text of bytes nobody labelled: a BOM, strict UTF-8, GB18030, then replacement.

    With `western`, lone high bytes are taken for Latin-1, whose label they carried.
    """
    if data.isascii():
        return data.decode("ascii")
    if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return data.decode("utf-16", "replace")
    text = _strictly(data, "utf-8-sig")
    if text is not None:
        return text
    if western and not _PAIRS_ONLY.fullmatch(data):
        return data.decode("cp1252", "replace")
    return _strictly(data, _GB) or _closest(data, "utf-8")


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _closest(data: bytes, codec: str) -> str:
    """Of the label's codec, UTF-8 and GB18030, the one that loses least."""
    tries = [data.decode(name, "replace") for name in dict.fromkeys((codec, "utf-8", _GB))]
    return min(tries, key=lambda text: text.count("\ufffd"))


def _is_plainly_utf8(data: bytes) -> bool:
    """UTF-8 under a GB label: four Chinese characters at least, and no other reading."""
    return len(_THREE_BYTES.findall(data[:4096])) >= 4 and _strictly(data, "utf-8") is not None
