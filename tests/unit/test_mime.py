"""Header fields and bodies as Chinese clients write them (facts/mail.md §4, §8.3)."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from parsers.mail import Party
from parsers.message.mime import read_mail


def b64(text: str, charset: str = "gb18030") -> str:
    return base64.b64encode(text.encode(charset)).decode()


def mail(*fields: bytes | str, body: bytes | str = b"x") -> bytes:
    lines = [field.encode() if isinstance(field, str) else field for field in fields]
    return b"\r\n".join([*lines, b"", body.encode() if isinstance(body, str) else body])


def split_word(text: str, at: int) -> str:
    """Two encoded words, cut inside a character of two bytes, the first without padding."""
    data = text.encode("gb18030")
    first, second = (base64.b64encode(part).decode() for part in (data[:at], data[at:]))
    return f"=?gb2312?B?{first.rstrip('=')}?=\r\n =?gb2312?B?{second}?="


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (f"=?GBK?B?{b64('附件名单')}?=", "附件名单"),
        (f"=?gb2312?B?{b64('朱镕基')}?=", "朱镕基"),
        (f"=?x-gbk?B?{b64('附件')}?=", "附件"),
        (f"=?unknown-8bit?B?{b64('附件')}?=", "附件"),
        (f"=?ISO-8859-1?B?{b64('附件名单')}?=", "附件名单"),
        ("=?iso-8859-1?Q?M=FCller?=", "Müller"),
        (f"=?utf-8?B?{b64('附件', 'utf-8')}?=", "附件"),
        (f"=?gb2312?B?{b64('附件名单', 'utf-8')}?=", "附件名单"),
        (f"=?utf-8?B?{b64('附件名单')}?=", "附件名单"),
        (split_word("关于报送统计表的通知", 5), "关于报送统计表的通知"),
        (split_word("关于报送统计表的通知", 7), "关于报送统计表的通知"),
        ("附件名单".encode("gb18030"), "附件名单"),
        ("附件名单".encode(), "附件名单"),
        (f"回执（已显示） - =?GBK?Q?{'=B8=BD'}?=".encode(), "回执（已显示） - 附"),
        (f"=?GBK?B?{b64('第一行' + chr(13) + chr(10) + 'Bcc: v')}?=", "第一行 Bcc: v"),
        (f"=?utf-8?B?{b64(chr(0x202E) + 'cod' + chr(0), 'utf-8')}?=", "cod"),
        (f"Re: =?GBK?B?{b64('甲')}?= x =?GBK?B?{b64('乙')}?=", "Re: 甲 x 乙"),
        ("=?gb2312?B??= x", "x"),
        ("=?nonsense?B?YWJj?=", "abc"),
    ],
)
def test_a_subject_is_read_however_it_is_encoded(raw, subject):
    value = raw if isinstance(raw, bytes) else raw.encode()
    assert read_mail(mail(b"Subject: " + value)).subject == subject


@pytest.mark.parametrize(
    ("raw", "party"),
    [
        (f'"=?gb18030?B?{b64("张三")}?=" <Zs@QQ.com>', Party("张三", "zs@qq.com")),
        ("zs@example.cn", Party("", "zs@example.cn")),
        ("<zs@example.cn>", Party("", "zs@example.cn")),
        ("zs@example.cn (Zhang San)", Party("", "zs@example.cn")),
        ("Zhang, San <zs@example.cn>", Party("Zhang, San", "zs@example.cn")),
        ('"a \\"b\\" c" <zs@example.cn>', Party('a "b" c', "zs@example.cn")),
        ("张三 <zs@example.cn>".encode("gb18030"), Party("张三", "zs@example.cn")),
        ("user+auto_=a=b.cn@qq.com", Party("", "user+auto_=a=b.cn@qq.com")),
    ],
)
def test_the_one_sender_is_read(raw, party):
    value = raw if isinstance(raw, bytes) else raw.encode()
    read = read_mail(mail(b"From: " + value))
    assert read.sender == party
    assert not read.flags


@pytest.mark.parametrize(
    ("fields", "flag"),
    [
        ((), "no-sender"),
        (('From: "',), "no-sender"),
        (("From: undisclosed-recipients:;",), "no-sender"),
        (("From: a@example.cn, b@example.cn",), "several-senders"),
        (("From: a@example.cn", "From: b@example.cn"), "several-senders"),
        (("From: a=?utf-8?q?=0A?=@example.cn",), "no-sender"),
    ],
)
def test_no_sender_is_guessed(fields, flag):
    read = read_mail(mail(*fields))
    assert read.sender is None
    assert flag in read.flags


@pytest.mark.parametrize(
    "value",
    [
        "admin@gov.example.cn <evil@example.com>",
        '"admin@gov.example.cn" <evil@example.com>',
        '"x <admin@gov.example.cn>" <evil@example.com>',
        f"=?utf-8?B?{b64('admin@gov.example.cn', 'utf-8')}?= <evil@example.com>",
    ],
)
def test_only_the_brackets_count_and_another_shown_address_is_flagged(value):
    read = read_mail(mail(f"From: {value}"))
    assert read.sender is not None
    assert read.sender.address == "evil@example.com"
    assert "sender-phrase-differs" in read.flags


def test_the_same_address_as_name_is_normal():
    read = read_mail(mail("From: =?utf-8?Q?Zs@Example.cn?= <zs@example.cn>"))
    assert "sender-phrase-differs" not in read.flags


def test_recipients_are_read_each_once():
    read = read_mail(mail('To: "a, b" <a@example.cn>; B@example.cn, a@example.cn,, nobody'))
    assert read.to == (Party("a, b", "a@example.cn"), Party("", "b@example.cn"))


def test_foxmail_references_are_split_at_commas():
    read = read_mail(mail("References: <a@x.cn>, \r\n\t<b@x.cn>,<c=1@x.cn>"))
    assert read.references == ("<a@x.cn>", "<b@x.cn>", "<c=1@x.cn>")


@pytest.mark.parametrize(
    "value", ["<abc@[1.2.3.4", "<=?utf-8?q?x=0D=0ABcc:_victim?=>", "<a b>", "abc", "<附件@x>"]
)
def test_an_id_that_could_break_a_header_is_none(value):
    assert read_mail(mail(f"Message-ID: {value}")).message_id is None


def test_receipt_is_the_topmost_received_and_the_date_header_is_kept_apart():
    read = read_mail(
        mail(
            "Received: from a (unknown [192.0.2.1]) by mx (Coremail) with SMTP id x;\r\n"
            "\tTue, 16 May 2023 09:00:01 +0800 (CST)",
            "Received: from b by c; Tue, 16 May 2023 08:00:00 +0800",
            "Date: Wed, 1 Jan 2031 00:00:00 +0800",
        )
    )
    assert read.received_at == datetime(2023, 5, 16, 1, 0, 1, tzinfo=UTC)
    assert read.date == datetime(2030, 12, 31, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", ["Tue, 1 May 2023 00:00:00 +080000000000000", "gestern", "", "1 Jan 1800 00:00 +0000"]
)
def test_an_impossible_date_is_none(value):
    assert read_mail(mail(f"Date: {value}")).date is None


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("text/plain; charset=gb2312", "朱镕基".encode("gb18030"), "朱镕基"),
        ("text/plain", "您好".encode("gb18030"), "您好"),
        ("text/plain; charset=x-unknown", "您好".encode(), "您好"),
        ("text/plain; charset=utf8mb4", "您好".encode(), "您好"),
        ("text/html; charset=GBK", "<p>您好</p><script>x</script>".encode("gbk"), "您好"),
        ("text/html", "<?xml version='1.0' encoding='x'?><b>您好</b>".encode(), "您好"),
        ("", b"a\x00b\x1bc\r\nd", "abc\nd"),
        ("multipart/mixed", "没有分界".encode(), "没有分界"),
    ],
)
def test_a_body_is_readable_text(content_type, body, text):
    assert read_mail(mail(f"Content-Type: {content_type}", body=body)).text.strip() == text


@pytest.mark.parametrize("encoding", ["base64", "BASE64 ", "base64 junk", "=?x?", "7bit"])
def test_a_transfer_encoding_with_junk_is_still_understood(encoding):
    plain = "您好，这是正文" if encoding in {"=?x?", "7bit"} else b64("您好，这是正文", "utf-8")
    raw = mail(
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Transfer-Encoding: {encoding}",
        body=plain,
    )
    assert read_mail(raw).text == "您好，这是正文"


def test_a_table_pasted_into_the_body_is_a_document():
    html = (
        "<table><tr><td><p>各位好</p><table><tr><th>内容</th><th>数量</th></tr>"
        "<tr><td rowspan=2>参加<br>人数</td><td>1,200</td></tr><tr><td>5</td></tr></table>"
        "</td></tr></table>"
    )
    body = read_mail(mail("Content-Type: text/html; charset=utf-8", body=html)).body
    assert body is not None
    assert [paragraph.text for paragraph in body.paragraphs] == ["各位好"]
    cells = [(c.row, c.column, c.text, c.row_span, str(c.place)) for c in body.tables[0].cells]
    assert cells == [
        (1, 1, "内容", 1, "表1 第1行第1列"),
        (1, 2, "数量", 1, "表1 第1行第2列"),
        (2, 1, "参加\n人数", 2, "表1 第2行第1列"),
        (2, 2, "1,200", 1, "表1 第2行第2列"),
        (3, 2, "5", 1, "表1 第3行第2列"),
    ]


def test_a_layout_table_of_one_row_is_no_document():
    html = "<table><tr><td>您好</td></tr></table>"
    assert read_mail(mail("Content-Type: text/html", body=html)).body is None


def test_plain_text_is_preferred_and_empty_plain_text_is_not():
    def both(plain: str) -> str:
        return (
            f"--b\r\nContent-Type: text/plain\r\n\r\n{plain}\r\n"
            "--b\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--b--\r\n"
        )

    kind = "Content-Type: multipart/alternative; boundary=b"
    assert read_mail(mail(kind, body=both("plain"))).text == "plain"
    assert read_mail(mail(kind, body=both(" \r\n"))).text == "html"
