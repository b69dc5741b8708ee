"""One mail seen in two mailboxes is one mail; two mails are two."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.message.identity import Identity, content_key, with_equal_line_ends

WRITTEN = b"From: a@example.cn\r\nSubject: x\r\nMessage-ID: <1@x>\r\n"
BODY = b"\r\nline\r\nline\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"Received: from a by b; now\r\n" + WRITTEN + BODY,
        b"Delivered-To: b@example.cn\r\nX-CM-TRANSID: 1\r\nReturn-Path: <a@example.cn>\r\n"
        + WRITTEN
        + BODY,
        WRITTEN + b"Authentication-Results: mx19; spf=pass\r\nSender: a@example.cn\r\n" + BODY,
        (WRITTEN + BODY).replace(b"\r\n", b"\n"),
        WRITTEN.replace(b"Subject: x", b"SUBJECT:\r\n x") + BODY,
        WRITTEN + BODY + b"\r\n\r\n",
    ],
)
def test_the_way_of_a_mail_does_not_change_it(raw):
    assert content_key(raw) == content_key(WRITTEN + BODY)


@pytest.mark.parametrize(
    "raw",
    [
        WRITTEN.replace(b"<1@x>", b"<2@x>") + BODY,
        WRITTEN + BODY.replace(b"line", b"lime", 1),
        WRITTEN + b"Date: Tue, 16 May 2023 09:00:00 +0800\r\n" + BODY,
        WRITTEN + b"\r\nline line\r\n",
        b"",
    ],
)
def test_what_was_written_does(raw):
    assert content_key(raw) != content_key(WRITTEN + BODY)


def test_line_ends_across_a_chunk_are_still_equal():
    body = b"x" * ((1 << 20) - 1) + b"\r\n" + b"y" * 10
    assert content_key(b"\r\n" + body) == content_key(b"\n" + body.replace(b"\r\n", b"\n"))


@given(
    st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"a", b"text \t"]), max_size=30),
    st.lists(st.integers(0, 60), max_size=5),
)
def test_a_mail_that_comes_in_pieces_is_the_mail_that_came_whole(words, cuts):
    head, body = WRITTEN + b"\r\n", b"".join(words)
    at = sorted({0, *(cut for cut in cuts if cut < len(body)), len(body)})
    identity = Identity(head)
    for start, stop in pairwise(at):
        identity.update(body[start:stop])
    assert identity.hexdigest() == content_key(head + body)
    assert identity.hexdigest() == content_key(head + body.rstrip(b"\r\n"))


@given(st.lists(st.sampled_from([b"a", b"\r", b"\n", b"\r\n", b" "]), max_size=12).map(b"".join))
def test_only_pairs_of_cr_and_lf_are_line_ends_made_equal(text):
    assert with_equal_line_ends(text) == text.replace(b"\r\n", b"\n")
