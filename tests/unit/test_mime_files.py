"""Attachments: their names, the containers they are in, and why one cannot be read."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

from parsers.mail import PASTED
from parsers.message.files import LEAST_PASTED
from parsers.message.mime import find_file, read_file, read_mail

if TYPE_CHECKING:
    from parsers.mail import File

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def form() -> bytes:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(1, 0).text = "参加人数"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook() -> bytes:
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "内容"
    book.save(buffer)
    return buffer.getvalue()


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def part(data: bytes, fields: bytes, encoding: str = "base64") -> bytes:
    body = base64.encodebytes(data) if encoding == "base64" else data
    return b"--b\r\n%s\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n" % (
        fields,
        encoding.encode(),
        body,
    )


def multipart(*parts: bytes) -> bytes:
    return (
        b"From: zs@example.cn\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"".join(parts)
        + b"--b--\r\n"
    )


def only(raw: bytes) -> File:
    (file,) = read_mail(raw).files
    return file


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b'attachment; filename="=?gb2312?B?uL28/i5kb2N4?="', "附件.docx"),
        (b"attachment; filename==?gb2312?B?uL28/i5kb2N4?=", "附件.docx"),
        (b'attachment; filename="=?GBK?Q?=B8=BD?=\r\n =?GBK?Q?=BC=FE.docx?="', "附件.docx"),
        (b"attachment; filename=a b c.docx", "a b c.docx"),
        (b'attachment; filename="a;b.docx"', "a;b.docx"),
        (b'attachment; filename="open.docx', "open.docx"),
        (b"attachment; filename*=gbk''%B8%BD%BC%FE.docx", "附件.docx"),
        (b"attachment; filename*=''%B8%BD%BC%FE.docx", "附件.docx"),
        (b"attachment; filename*=UTF-8''%B8%BD%BC%FE.docx", "附件.docx"),
        (b"attachment; filename*0*=gbk''%B8%BD%BC;\r\n filename*1*=%FE.docx", "附件.docx"),
        (b'attachment; filename*0="a"; filename*1="b.docx"', "ab.docx"),
        (b'attachment; filename="%E9%99%84%E4%BB%B6.docx"', "附件.docx"),
        (b'attachment; filename="' + "附件.docx".encode("gb18030") + b'"', "附件.docx"),
        (b'attachment; filename="' + "附件.docx".encode() + b'"', "附件.docx"),
        (b'attachment; filename="..\\..\\C:/temp/a.docx"', "a.docx"),
        (b'attachment; filename="a\xe2\x80\xaexcod.docx"', "axcod.docx"),
        (b'attachment; filename="=?GBK?B?uL28/i5kb2N4"', "附件.docx"),
        (b'attachment; filename="=?GBK?Q?=B8=BD=BC=FE.docx?"', "附件.docx"),
        (b'attachment; filename="&#38468;&#20214;.docx"', "附件.docx"),
        (b'attachment; filename="A&#B;&amp;.docx"', "A&#B;&amp;.docx"),
        (b"attachment; filename*0*", "part-1.docx"),
        (b"attachment", "part-1.docx"),
    ],
)
def test_a_name_is_read_however_it_is_written(disposition, name):
    fields = b"Content-Type: application/octet-stream\r\nContent-Disposition: " + disposition
    file = only(multipart(part(form(), fields)))
    assert (file.name, file.kind) == (name, "docx")
    assert file.document is not None


def test_a_name_of_the_type_alone_is_enough():
    fields = b'Content-Type: application/octet-stream; name="=?gb18030?B?uL28/i5kb2N4?="'
    assert only(multipart(part(form(), fields))).name == "附件.docx"


def test_a_mail_that_is_itself_the_attachment_gives_its_file():
    raw = (
        b"Content-Type: application/octet-stream; name=a.xlsx\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(workbook())
    )
    assert only(raw).kind == "xlsx"


def test_a_picture_is_inline_when_the_html_shows_it_whatever_its_disposition():
    page = part(b'<img src="cid:p1">', b"Content-Type: text/html", "7bit")
    shown = b'Content-Disposition: attachment; filename="a.png"\r\nContent-ID: <p1>'
    sent = b'Content-Disposition: inline; filename="b.png"\r\nContent-ID: <p2>'
    raw = multipart(page, part(PNG, shown), part(PNG + b"2", sent))
    assert [(f.name, f.inline) for f in read_mail(raw).files] == [
        ("a.png", True),
        ("b.png", False),
    ]


@pytest.mark.parametrize(
    ("html", "size", "detail"),
    [
        (b'<img src="cid:p1">', LEAST_PASTED, PASTED),
        (b'<img src="cid:p1">', LEAST_PASTED - 1, ""),
        (b'<p>ok</p><blockquote type="cite"><img src="cid:p1"></blockquote>', LEAST_PASTED, ""),
    ],
    ids=["a page", "a logo", "quoted"],
)
def test_a_picture_in_the_own_text_may_be_a_page(html, size, detail):
    page = part(html, b"Content-Type: text/html", "7bit")
    shown = part(PNG.ljust(size, b"\1"), b"Content-Type: image/png\r\nContent-ID: <p1>")
    file = only(multipart(page, shown))
    assert (file.inline, file.detail, file.document) == (True, detail, None)


@pytest.mark.parametrize("encoding", ["base64", "8bit"])
@pytest.mark.parametrize("kind", [b"message/rfc822", b"application/octet-stream; name=f.eml"])
def test_an_attached_mail_is_opened(encoding, kind):
    inner = multipart(part(form(), b"Content-Type: application/x; name=a.docx"))
    inner = b"Subject: fw\r\nMessage-ID: <i@x>\r\n" + inner.replace(b"=b\r", b"=c\r").replace(
        b"--b", b"--c"
    )
    files = read_mail(multipart(part(inner, b"Content-Type: " + kind, encoding))).files
    assert [(f.kind, f.path) for f in files] == [("mail", ()), ("docx", (files[0].name,))]
    assert files[0].name in {"fw.eml", "f.eml"}


def test_a_zip_is_opened_and_its_folders_are_kept_as_labels():
    data = zipped(
        ("赤峰市/统计表.docx", form()), ("../../b.xlsx", workbook()), ("__MACOSX/._b.xlsx", b"x")
    )
    files = read_mail(multipart(part(data, b"Content-Type: application/zip; name=x.zip"))).files
    assert [(f.name, f.path, f.kind) for f in files] == [
        ("x.zip", (), "zip"),
        ("统计表.docx", ("x.zip", "赤峰市"), "docx"),
        ("b.xlsx", ("x.zip",), "xlsx"),
    ]


@pytest.mark.parametrize(
    ("data", "name", "kind", "problem"),
    [
        (b"", "a.docx", "empty", "empty"),
        (b"\x00" * 100, "a.docx", "empty", "empty"),
        (form()[:500], "a.docx", "docx", "damaged"),
        (b"MZ" + bytes(58) + b"\x40\0\0\0PE\0\0", "统计表.docx", "program", "disguised"),
        (b"MZ" + bytes(58) + b"\x40\0\0\0PE\0\0", "统计表.docx.exe", "program", "disguised"),
        (b"MZ" + bytes(58) + b"\x40\0\0\0PE\0\0", "a\u202excod.exe", "program", "disguised"),
        (b"MZ" + bytes(58) + b"\x40\0\0\0PE\0\0", "setup.exe", "program", "unsupported"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), "a.zip", "rar", "damaged"),
        (b"\x01\x02\x03" * 50, "a.docx", "other", "unsupported"),
        (PNG, "a.docx", "image", None),
        (zipped(("a.txt", b"x"))[:-30], "a.zip", "zip", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data, name, kind, problem):
    file = read_file(data, name)[0]
    assert (file.kind, file.problem, file.document) == (kind, problem, None)


def test_a_file_with_the_wrong_ending_is_read_by_its_content():
    file = read_file(workbook(), "a.doc")[0]
    assert (file.kind, file.problem) == ("xlsx", None)
    assert file.document is not None


def test_the_bytes_of_a_file_are_found_again_by_their_hash():
    wanted = workbook()
    data = zipped(("a.docx", form()), ("b.xlsx", wanted))
    raw = multipart(part(data, b"Content-Type: application/zip; name=x.zip"))
    assert find_file(raw, hashlib.sha256(wanted).hexdigest()) == ("b.xlsx", wanted)
    assert find_file(raw, "0" * 64) is None


def test_base64_that_lost_its_padding_or_goes_on_after_it_is_decoded():
    text = "内容 ".encode() * 40
    joined = base64.encodebytes(text[:91]) + base64.encodebytes(text[91:]).rstrip(b"=\n")
    fields = b"Content-Type: text/plain; name=a.txt\r\nContent-Transfer-Encoding: base64"
    raw = multipart(b"--b\r\n" + fields + b"\r\n\r\n" + joined + b"\r\n")
    assert only(raw).sha256 == hashlib.sha256(text).hexdigest()


def test_the_standard_library_and_we_agree_on_its_own_mail():
    message = EmailMessage()
    message["From"] = "张三 <zs@example.cn>"
    message["Subject"] = "关于报送二〇二三年科技活动周统计表及总结报告的函" * 3
    message.set_content("您好\n")
    message.add_attachment(
        form(), maintype="application", subtype="octet-stream", filename="统计表" * 30 + ".docx"
    )
    read = read_mail(message.as_bytes())
    assert read.subject == message["Subject"]
    assert read.text.strip() == "您好"
    assert read.files[0].name == "统计表" * 30 + ".docx"
    assert read.files[0].sha256 == hashlib.sha256(form_of(message)).hexdigest()


def form_of(message: EmailMessage) -> bytes:
    (attachment,) = message.iter_attachments()
    content = attachment.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


FORM = form()


def uu(data: bytes, name: bytes = b"a.docx") -> bytes:
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return b"begin 644 " + name + b"\n" + b"".join(lines) + b"`\nend\n"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("7bit", base64.encodebytes(FORM)),
        ("", base64.encodebytes(FORM).replace(b"\n", b"\r\n")),
        ("8bit", base64.encodebytes(FORM).rstrip(b"=\n")),
        ("x-uuencode", uu(FORM)),
        ("7bit", b"\r\n" + uu(FORM).replace(b"\n", b"\r\n")),
    ],
)
def test_a_file_whose_encoding_is_not_said_is_decoded(encoding, body):
    fields = b"Content-Type: application/octet-stream; name=a.docx"
    file = only(multipart(part(body, fields, encoding)))
    assert (file.kind, file.sha256) == ("docx", hashlib.sha256(FORM).hexdigest())


@pytest.mark.parametrize("text", [b"\xc4\xfa\xba\xc3\r\n\r\n", b""])
def test_a_file_uuencoded_into_the_text_is_taken_out_of_it(text):
    raw = b"From: zs@example.cn\r\n\r\n" + text + uu(FORM, "附件.docx".encode("gbk")) + b"bye\r\n"
    mail = read_mail(raw)
    assert [(file.name, file.kind) for file in mail.files] == [("附件.docx", "docx")]
    assert mail.text.split() == ["您好", "bye"][not text :]


@pytest.mark.parametrize(
    "text",
    [
        b"begin 644 words\nThis is no code, and nobody says so.\nend\n",
        b"begin 644 a.docx\n`\nend\n",
        b"please begin 644 tables\n",
        "第一行\nbegin 644 统计表\n参加活动人员1200人\nend\n".encode(),
    ],
)
def test_words_that_begin_and_end_are_words(text):
    mail = read_mail(
        b"From: zs@example.cn\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text
    )
    assert (mail.files, mail.text) == ((), text.decode())


@pytest.mark.parametrize("keep", [lambda b: b[: len(b) // 2], lambda b: b"To: x\n\n" + b])
def test_code_that_cannot_be_taken_off_is_no_text(keep):
    data = keep(base64.encodebytes(bytes(range(256)) * 20).replace(b"\n", b" \n"))
    file = read_file(data, "报告.txt")[0]
    assert (file.kind, file.problem) == ("other", "unsupported")


@pytest.mark.parametrize(
    "data",
    [("总结报告。" * 30 + "\n").encode() * 30, b"https://example.cn/" + b"a" * 90 + b"\nok\n"],
)
def test_long_lines_of_words_are_text(data):
    assert read_file(data, "报告.txt")[0].kind == "text"


def test_a_document_is_no_picture_of_the_page_that_links_to_it_and_no_mail():
    page = part(b'<a href="cid:d1">x</a>', b"Content-Type: text/html", "7bit")
    linked = b"Content-Type: application/octet-stream; name=a.docx\r\nContent-ID: <d1>"
    typed = b"Content-Type: message/rfc822; name=b.docx"
    files = read_mail(multipart(page, part(form(), linked), part(form(), typed))).files
    assert [(f.name, f.kind, f.inline) for f in files] == [
        ("a.docx", "docx", False),
        ("b.docx", "docx", False),
    ]
    assert all(file.document is not None for file in files)


def test_what_a_mac_knows_of_a_file_is_none():
    about = part(b"\0\5\x16\7" + bytes(90), b"Content-Type: application/applefile; name=a.docx")
    sent = part(form(), b"Content-Type: application/octet-stream; name=a.docx")
    assert [file.kind for file in read_mail(multipart(about, sent)).files] == ["docx"]


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\r\n"),
        lambda raw: raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r"),
        lambda raw: b"\xef\xbb\xbf" + raw,
    ],
)
def test_a_mail_is_read_whatever_its_lines_end_with(change):
    fields = b"Content-Type: application/octet-stream; name=a.docx"
    mail = read_mail(change(multipart(part(FORM, fields))))
    assert mail.sender is not None
    assert [(file.kind, file.document is None) for file in mail.files] == [("docx", False)]
