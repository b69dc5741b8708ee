"""A composed letter: stable bytes that thread, show their names, and carry nothing injected."""

from __future__ import annotations

import base64
import email
import re
from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.message.mime import read_mail
from templates.compose import compose
from templates.headers import encoded, is_address, is_message_id, mailbox
from templates.names import safe_name
from templates.render import Letter, render
from templates.views import Attachment
from templates.words import clean
from tests.unit import letter_samples as samples

DATE = datetime(2023, 6, 14, 2, 23, 5, tzinfo=UTC)
FIXED = {
    "sender_name": "内蒙古自治区科学技术厅政策法规与监督处",
    "sender_address": "nmkepu@example.cn",
    "recipients": ("wangli@example.cn",),
    "message_id": "<r.20230614.0042@example.cn>",
    "date": DATE,
    "loop_token": "k3v9.Zx-_",
}
INJECTIONS = (
    "统计表\r\nBcc: victim@example.cn",
    "统计表\nX-Injected: yes",
    "统计表\r\n\r\n<html>",
    "=?utf-8?q?x=0D=0ABcc:_victim@example.cn?=",
    "=?utf-8?B?eA0KQmNjOiB2aWN0aW1AZXhhbXBsZS5jbg==?=",
    "a\u2028Bcc: victim@example.cn",
    "a\x85Bcc: victim@example.cn",
    "a\x0b\x0cBcc: victim@example.cn\x00",
    "\ud800\udfff lone surrogates \udcff",
    "\u202egnp.exe\u2066",
)


def letter(
    subject="Re: 统计表 〔已收到〕 [#A7K2]", attachments=(), text="正文\n", html="<p>正文</p>"
):
    return Letter("receipt", subject, text, html, tuple(attachments))


def mail(*, of=None, **changes):
    return compose(of or letter(), **(FIXED | changes))


def parsed(raw, rules=policy.default):
    return email.message_from_bytes(raw, policy=rules)


def docx(name, data=b"PK\x03\x04data"):
    return Attachment(name, data, samples.DOCX)


@pytest.mark.parametrize("pages", [0, 1, 2])
@pytest.mark.parametrize("size", [0, 1, 56, 57, 58, 57 * 31, 57 * 32 - 1])
def test_a_file_of_any_size_is_folded_as_the_standard_library_folds_it(pages, size):
    data = bytes(number % 251 for number in range(pages * 57 * 32 + size))
    raw = mail(of=letter(attachments=[docx("a.docx", data)]))
    written = raw.split(b"attachment;")[1].split(b"\r\n\r\n")[1].split(b"\r\n--")[0]
    assert written == base64.encodebytes(data).rstrip().replace(b"\n", b"\r\n")


@pytest.mark.parametrize("kind", sorted(samples.SAMPLES))
def test_every_letter_comes_back_whole_from_both_parsers_of_the_standard_library(kind):
    source = render(kind, samples.SAMPLES[kind]())
    raw = mail(of=source)
    for rules in (policy.default, policy.compat32):
        message = parsed(raw, rules)
        assert str(make_header(decode_header(message["Subject"]))) == source.subject
        leaves = [part for part in message.walk() if not part.is_multipart()]
        text, page, *files = [leaf.get_payload(decode=True) for leaf in leaves]
        assert text.decode().replace("\r\n", "\n") == source.text
        assert page.decode().split() == source.html.split()
        assert files == [attachment.data for attachment in source.attachments]
        assert not [part.defects for part in message.walk() if part.defects]


def test_our_own_reader_sees_sender_thread_names_and_that_it_is_ours():
    source = render("correction", samples.correction())
    asked = {"in_reply_to": "<a.b@mail.example.cn>", "references": ("<first@example.cn>",)}
    seen = read_mail(mail(of=source, **asked))
    assert seen.sender.address == FIXED["sender_address"]
    assert seen.sender.name == FIXED["sender_name"]
    assert seen.message_id == FIXED["message_id"]
    assert seen.in_reply_to == ("<a.b@mail.example.cn>",)
    assert seen.references == ("<first@example.cn>", "<a.b@mail.example.cn>")
    assert seen.subject == source.subject
    assert [file.name for file in seen.files] == [a.name for a in source.attachments]
    assert seen.automatic is not None


def test_the_same_letter_always_gives_the_same_bytes():
    source = render("correction", samples.correction())
    assert mail(of=source) == mail(of=source)


def test_every_line_is_ascii_ends_in_crlf_and_headers_stay_short():
    raw = mail(of=render("digest", samples.digest()), references=[f"<{n}@x.cn>" for n in range(9)])
    raw.decode("ascii")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    head = raw.split(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 76


def test_an_answer_says_that_it_is_automatic_and_whose_loop_it_would_be():
    message = parsed(mail())
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["X-Shoubiao-Loop"] == FIXED["loop_token"]
    assert message["MIME-Version"] == "1.0"
    assert message["Date"].datetime == DATE
    assert "Bcc" not in message
    assert "Precedence" not in message


def test_a_reminder_is_generated_not_replied():
    assert parsed(mail(automatic="auto-generated"))["Auto-Submitted"] == "auto-generated"


def test_text_and_html_are_twins_in_base64_and_attachments_stand_beside_them():
    message = parsed(mail(of=letter(attachments=[docx("a.docx")])))
    assert message.get_content_type() == "multipart/mixed"
    twins, file = message.iter_parts()
    assert twins.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in twins.iter_parts()] == ["text/plain", "text/html"]
    for part in (*twins.iter_parts(), file):
        assert part["Content-Transfer-Encoding"] == "base64"
    assert parsed(mail()).get_content_type() == "multipart/alternative"


@pytest.mark.parametrize(
    "name",
    [
        "统计表.docx",
        "2023年内蒙古科技活动周情况统计表（已标注）.docx",
        "赤峰市 科技活动周 (1).xlsx",
        "a b'c%25;d.xlsx",
        "😀表格é.docx",
        "plain.xlsx",
    ],
)
def test_a_name_arrives_in_both_of_its_spellings(name):
    raw = mail(of=letter(attachments=[docx(name)]))
    part = next(iter(parsed(raw).iter_attachments()))
    assert part.get_filename() == name
    old = parsed(raw, policy.compat32).get_payload()[1]
    assert str(make_header(decode_header(old.get_param("name")))) == name
    assert not re.search(rb"filename\*\d", raw)  # no continuations: QQ shows tcmime.bin


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("长" * 60 + ".docx", "长" * 34 + ".docx"),
        ("../../etc/passwd", ".._.._etc_passwd".strip(". ")),
        ("a\r\nb.docx", "a b.docx"),
        ("xcod.\u202eexe", "xcod.exe"),
        ("", "file"),
        ("...", "file"),
        ("\udcff.docx", "docx"),
        ("没有扩展名" * 10, ("没有扩展名" * 10)[:39]),
    ],
)
def test_a_name_is_short_safe_and_keeps_its_extension(name, shown):
    assert safe_name(name) == shown
    assert len(safe_name(name)) < 40


@pytest.mark.parametrize("text", INJECTIONS)
def test_nothing_from_outside_becomes_a_header(text):
    raw = mail(
        of=letter(subject=text, attachments=[docx(f"{text}.docx")], text=text, html=text),
        sender_name=text,
        in_reply_to=text,
        references=(text, f"<{text}>", "<good@example.cn>"),
    )
    allowed = {name.lower() for name in parsed(mail(references=("<good@example.cn>",)))}
    for rules in (policy.default, policy.compat32):
        message = parsed(raw, rules)
        assert {name.lower() for name in message} == allowed
        assert message["References"] == "<good@example.cn>"
        again = parsed(message.as_bytes(), rules)
        assert "Bcc" not in again
        assert {name.lower() for name in again} == allowed


@given(st.text(), st.text(), st.text(max_size=60))
def test_any_text_gives_a_mail_with_exactly_our_headers(subject, name, file):
    raw = mail(of=letter(subject=subject, attachments=[docx(file)]), sender_name=name)
    message = parsed(raw, policy.compat32)
    assert list(message.keys()) == list(parsed(mail(), policy.compat32).keys())


@pytest.mark.parametrize(
    "known",
    [
        "<CAHk-=wjAbc+def_0123@mail.gmail.com>",
        "<PH0PR01MB" + "A1b2" * 30 + "@PH0PR01MB0001.prod.exchangelabs.com>",
        "<tencent_0123456789ABCDEF@qq.com>",
        "<64896f3e.1a2b.188b8f1c3d4.Coremail.user@163.com>",
    ],
)
def test_a_long_or_odd_message_id_is_written_as_it_is(known):
    raw = mail(in_reply_to=known, references=("<first@example.cn>",))
    assert f"\r\nIn-Reply-To: {known}\r\n".encode() in raw
    assert f"References: <first@example.cn>\r\n {known}\r\n".encode() in raw
    assert b"=?" not in raw.split(b"In-Reply-To")[1].split(b"Auto-Submitted")[0]


@pytest.mark.parametrize(
    "foreign",
    [
        "", "no brackets", "<>", "<a b@x.cn>", "<a@x.cn> <b@x.cn>", "<a\r\nBcc: b@x.cn>",
        "<汉字@x.cn>",
        "<=?utf-8?q?x=0D=0ABcc:_v?=@x.cn>", "<" + "a" * 251 + ">", "<a@x.cn\x00>", "<a<b@x.cn>",
    ],
)  # fmt: skip
def test_a_malformed_message_id_is_left_out_where_foreign_and_refused_where_ours(foreign):
    assert not is_message_id(foreign)
    message = parsed(mail(in_reply_to=foreign, references=(foreign,)), policy.compat32)
    assert "In-Reply-To" not in message
    assert "References" not in message
    with pytest.raises(ValueError, match="Message-ID"):
        mail(message_id=foreign)


def test_a_long_thread_keeps_its_first_and_last_references():
    chain = [f"<{n}@example.cn>" for n in range(500)]
    kept = parsed(mail(in_reply_to=chain[-1], references=chain), policy.compat32)
    kept = kept["References"].split()
    assert len(kept) == 12
    assert kept[0] == chain[0]
    assert kept[1:] == chain[-11:]


@pytest.mark.parametrize(
    "address",
    [
        "", "a", "a@", "@b", "a b@x.cn", "a@x.cn, b@x.cn", "a@x.cn\r\nBcc: b@x.cn",
        "<a@x.cn>", "汉@x.cn",
        "=?utf-8?q?a?=@x.cn", "a..b@x.cn", "a@x.cn.", 'a"b@x.cn', "a@x.cn>",
    ],
)  # fmt: skip
def test_an_address_that_is_not_one_bare_address_is_refused(address):
    assert not is_address(address)
    for key in ("sender_address", "reply_to"):
        if address or key == "sender_address":
            with pytest.raises(ValueError, match="address"):
                mail(**{key: address})
    with pytest.raises(ValueError, match="address"):
        mail(recipients=("a@example.cn", address))


def test_a_letter_needs_a_recipient_a_zoned_date_and_a_plain_loop_token():
    with pytest.raises(ValueError, match="recipient"):
        mail(recipients=())
    with pytest.raises(ValueError, match="zone"):
        mail(date=datetime(2023, 6, 14))  # noqa: DTZ001 - the fault under test
    with pytest.raises(ValueError, match="loop token"):
        mail(loop_token="a\r\nBcc: b@x.cn")


def test_a_media_type_nobody_knows_is_sent_as_bytes():
    odd = Attachment("a.bin", b"x", 'text/html; charset="x"\r\nBcc: a@x.cn')
    part = next(iter(parsed(mail(of=letter(attachments=[odd]))).iter_attachments()))
    assert part.get_content_type() == "application/octet-stream"


@given(st.text(max_size=120))
def test_an_encoded_text_decodes_to_its_clean_self_in_words_of_at_most_75_characters(text):
    written = encoded(text, used=9)
    for line in f"Subject: {written}".split("\r\n"):
        assert len(line) <= 76
        assert line.isascii()
    assert str(make_header(decode_header(written.replace("\r\n", "")))) == clean(text)


def test_an_offices_long_name_is_shown_without_a_gap():
    for rules in (policy.default, policy.compat32):
        shown = str(make_header(decode_header(str(parsed(mail(), rules)["From"]))))
        assert shown.startswith(FIXED["sender_name"])


def test_only_the_display_name_is_encoded_never_the_address():
    assert mailbox("", "a@x.cn") == "a@x.cn"
    assert mailbox("Shoubiao", "a@x.cn") == '"Shoubiao" <a@x.cn>'
    assert mailbox("收表", "a@x.cn").endswith(" <a@x.cn>")
    assert mailbox('a"; <b@x.cn>', "a@x.cn").count("<") == 1
