"""No byte string makes the parser raise, and no string it returns is unclean."""

from __future__ import annotations

import dataclasses
import random
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.message.identity import content_key
from parsers.message.mime import read_file, read_mail
from parsers.message.structure import MAX_PARTS
from tests.unit.test_mime_files import form, multipart, part, workbook, zipped

if TYPE_CHECKING:
    from parsers.mail import Mail

SAMPLE = (
    b'From: "=?gb18030?B?1cXI/Q==?=" <zs@example.cn>\r\nTo: a@example.cn, b <c@example.cn>\r\n'
    b"Subject: =?gb2312?B?uL28/g==?=\r\n =?gbk?Q?=B8=BD?=\r\nMessage-ID: <a=b@x.cn>\r\n"
    b"References: <a@x.cn>,\r\n\t<b@x.cn>\r\nDate: Tue, 16 May 2023 09:00:00 +0800\r\n"
    b"Received: from a by b; Tue, 16 May 2023 09:00:00 +0800 (CST)\r\n"
) + multipart(
    part(b"<table><tr><td>1<tr><td>2</table>", b"Content-Type: text/html; charset=gbk", "8bit"),
    part(zipped(("a.docx", form()), ("b.xlsx", workbook())), b"Content-Type: a/b; name=x.zip"),
)
FILES = (form(), workbook(), zipped(("a.txt", b"x" * 500)))


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 30))
def test_a_mail_cut_and_flipped_at_random_is_still_read(seed, changes):
    raw = _damaged(SAMPLE, random.Random(seed), changes)
    _is_clean(read_mail(raw))
    assert len(content_key(raw)) == 64


@settings(max_examples=100, deadline=None)
@given(raw=st.binary(max_size=2_000))
def test_any_bytes_are_read_as_a_mail(raw):
    _is_clean(read_mail(raw))


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 20), which=st.integers(0, 2))
def test_a_file_cut_and_flipped_at_random_has_an_answer(seed, changes, which):
    for file in read_file(_damaged(FILES[which], random.Random(seed), changes), "a.docx"):
        assert file.document is not None or file.problem or file.kind in {"zip", "image", "video"}


def _nested(levels: int) -> bytes:
    opened = (
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(levels)
    )
    return b"".join(opened) + b"\nx"


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: " + b"a " * 200_000 + b"\n\nx",
        b"Subject: " + b"=?gbk?B?sA==?= " * 15_000 + b"\n\nx",
        b"Subject: " + b"=?gbk?q?" * 30_000 + b"\n\nx",
        b"To: " + b'"\\' * 30_000 + b"\n\nx",
        b"To: " + b"(" * 30_000 + b"a@b.cn" + b")" * 30_000 + b"\n\nx",
        b"Content-Type: text/plain" + b"; a*0*=x" * 20_000 + b"\n\nx",
        _nested(5_000),
        b"Content-Type: message/rfc822\n\n" * 1_000 + b"x",
        b"Content-Type: text/html\n\n" + b"<div>" * 100_000,
        b"Content-Type: text/html\n\n<table>" + b"<tr><td rowspan=99999 colspan=99999>x" * 2_000,
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 50_000,
        b"X: y\n" * 100_000 + b"\nx",
    ],
)
def test_a_bomb_of_headers_or_parts_is_read_to_its_limits(raw):
    mail = read_mail(raw)
    _is_clean(mail)
    assert len(mail.files) <= MAX_PARTS


def test_what_was_cut_off_is_flagged():
    assert "too-deep" in read_mail(_nested(30)).flags
    many = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 1_100
    assert "too-many-parts" in read_mail(many).flags


def test_mails_inside_mails_end_at_a_limit():
    files = read_mail(b"Content-Type: message/rfc822\n\n" * 50 + b"x").files
    assert len(files) < 10
    assert files[-1].problem == "too-deep"


def _damaged(raw: bytes, rnd: random.Random, changes: int) -> bytes:
    data = bytearray(raw)
    for _ in range(changes):
        at = rnd.randrange(len(data) + 1)
        how = rnd.randrange(4)
        if how == 0 and at < len(data):
            data[at] = rnd.randrange(256)
        elif how == 1:
            del data[at : at + rnd.randrange(40)]
        elif how == 2:
            data[at:at] = rnd.choice(
                [b'"', b"=?gbk?B?", b"?=", b"\r\n", b";", b"*0*=", b"<", b"--b"]
            )
        elif rnd.random() < 0.2:
            del data[at:]
    return bytes(data)


def _is_clean(mail: Mail) -> None:
    repr(mail).encode("utf-8")
    for text in _strings(dataclasses.asdict(mail)):
        assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in text)
    for line in (mail.subject, *(file.name for file in mail.files)):
        assert "\n" not in line
        assert not any("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" for c in line)


def _strings(value: object):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from _strings(child)
    elif isinstance(value, (tuple, list, frozenset)):
        for child in value:
            yield from _strings(child)
