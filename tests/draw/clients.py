"""How mail clients in Chinese offices write a mail, header by header ."""

# ruff: noqa: E501 - tables of what is written, a case or a header a line

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from urllib.parse import quote

BOX = "nmkepu@126.com"
TYPES = {"docx": "vnd.openxmlformats-officedocument.wordprocessingml.document", "zip": "zip"}


@dataclass(frozen=True)
class Attached:
    """One attachment; `cid` makes it a picture that the HTML shows."""

    name: str
    data: bytes
    type: str = "application/octet-stream"
    cid: str = ""


@dataclass(frozen=True)
class Note:
    """What a person writes and when the server takes it. `html` replaces the drawn page."""

    address: str
    name: str
    subject: str
    text: str
    at: datetime
    files: tuple[Attached, ...] = ()
    html: str = ""
    answers: str = ""
    box: str = BOX
    extra: tuple[tuple[str, str], ...] = field(default=())

    @property
    def mark(self) -> str:
        """Sixteen characters that are this mail's alone."""
        told = f"{self.address}{self.subject}{self.at.isoformat()}{self.text}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def page(self) -> str:
        """The HTML body."""
        lines = "".join(f"<div>{line or '<br>'}</div>" for line in self.text.split("\n"))
        return self.html or lines


def netease(note: Note) -> bytes:
    """Webmail of 163 and 126: GBK base64 throughout, Coremail's fields."""
    head = [
        ("From", f"{word(note.name, 'GBK')} <{note.address}>"),
        ("To", note.box),
        ("Subject", word(note.subject, "GBK")),
        ("X-Priority", "3"),
        ("X-Mailer", "Coremail Webmail Server Version XT5.0.13 build 20230109(dcb5de15) 163com"),
        ("X-CM-CTRLDATA", base64.b64encode(note.mark.encode()).decode()),
        *thread(note),
        ("Message-ID", f"<{note.mark[:8]}.2f3.{note.mark[8:]}.Coremail.{note.address}>"),
        ("X-Coremail-Locale", "zh_CN"),
    ]
    body = alternative(note, "GBK", "GBK", f"----=_Part_1_{note.mark}")
    files = [plain_file(file, "GBK") for file in note.files]
    return mail(note, head, mixed([body, *files], f"----=_Part_0_{note.mark}"))


def qq(note: Note) -> bytes:
    """Webmail of QQ: the display name is a quoted encoded word, everything gb18030."""
    head = [
        ("X-QQ-mid", f"webmail{note.mark}"),
        ("From", f'"{word(note.name, "gb18030")}" <{note.address}>'),
        ("To", f'"{word("科普", "gb18030")}" <{note.box}>'),
        ("Subject", word(note.subject, "gb18030")),
        *thread(note),
        ("X-Priority", "3"),
        ("Message-ID", f"<tencent_{note.mark.upper()}@qq.example.cn>"),
        ("X-QQ-MIME", "TCMime 1.0 by Tencent"),
        ("X-Mailer", "QQMail 2.x"),
    ]
    body = alternative(note, "gb18030", "gb18030", f"----=_NextPart_1_{note.mark}")
    files = [qq_file(file) for file in note.files]
    return mail(note, head, mixed([body, *files], f"----=_NextPart_0_{note.mark}"))


def foxmail(note: Note) -> bytes:
    """Foxmail: no In-Reply-To, References parted by commas, GB2312 quoted-printable text."""
    head = [
        ("From", f'"{word(note.name, "GB2312")}" <{note.address}>'),
        ("To", note.box),
        ("Subject", word(note.subject, "GB2312")),
        *([("References", f"<first.{note.mark}@example.cn>, \r\n\t{note.answers}")] if note.answers else []),
        ("X-Priority", "3"),
        ("X-GUID", note.mark.upper()),
        ("X-Has-Attach", "yes" if note.files else "no"),
        ("X-Mailer", "Foxmail 7.2.25.179[cn]"),
        ("Message-ID", f"<{note.at:%Y%m%d%H%M%S}{note.mark[:10]}@example.cn>"),
    ]  # fmt: skip
    body = alternative(note, "GB2312", "GB2312", f"----=_001_NextPart{note.mark}_=----")
    files = [plain_file(file, "GB2312") for file in note.files]
    return mail(note, head, mixed([body, *files], f"----=_002_NextPart{note.mark}_=----"))


def mail_master(note: Note) -> bytes:
    """NetEase Mail Master: HTML only, the address as display name."""
    head = [
        ("From", f"{word(note.address, 'utf-8')} <{note.address}>"),
        ("To", note.box),
        ("Subject", word(note.subject, "utf-8")),
        *thread(note),
        ("Message-ID", f"<{note.mark[:8]}-{note.mark[8:12]}-4A1B-9C2D-{note.mark[:12]}@example.cn>".upper()),
        ("X-Mailer", "MailMasterPC/4.19.4.1003 (Win10 22H2)"),
        ("X-CUSTOM-MAIL-MASTER-SENT-ID", note.mark.upper()),
    ]  # fmt: skip
    page = f'<html><head></head><body style="font-family: 微软雅黑">{note.page}</body></html>'
    body = leaf("text/html", page.encode(), 'charset="UTF-8"')
    files = [plain_file(file, "utf-8") for file in note.files]
    return mail(note, head, mixed([body, *files], f"=_mailmaster-{note.mark}"))


def outlook(note: Note) -> bytes:
    """Outlook on Exchange: long ids, file names with sizes and descriptions, a Word page."""
    head = [
        ("From", f"{word(note.name, 'gb2312')} <{note.address}>"),
        ("To", f'"{note.box}" <{note.box}>'),
        ("Subject", word(note.subject, "gb2312")),
        ("Thread-Topic", word(note.subject, "gb2312")),
        ("Thread-Index", base64.b64encode(note.mark.encode()).decode()),
        ("Message-ID", f"<{note.mark.upper()}{note.mark[::-1].upper()}0A1B2C3D4E5F60718293A4B5C6D7E8F9@EXMB01.office.example.cn>"),
        *thread(note),
        ("Accept-Language", "zh-CN, en-US"),
        ("X-MS-Has-Attach", "yes" if note.files else ""),
        ("X-Originating-IP", "[203.0.113.27]"),
    ]  # fmt: skip
    page = f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang="ZH-CN"><div class="WordSection1">{note.page}</div></body></html>'
    body = parts(
        "alternative",
        [leaf("text/plain", note.text.encode("gbk"), 'charset="gb2312"'), leaf("text/html", page.encode("gbk"), 'charset="gb2312"')],
        f"_000_{note.mark.upper()}EXMB01_",
    )  # fmt: skip
    files = [outlook_file(file, note.at) for file in note.files]
    return mail(note, head, mixed([body, *files], f"_004_{note.mark.upper()}EXMB01_"))


def iphone(note: Note) -> bytes:
    """Apple's Mail: format=flowed UTF-8 text, names by RFC 2231."""
    head = [
        ("From", f"{word(note.name, 'utf-8')} <{note.address}>"),
        ("To", note.box),
        ("Subject", word(note.subject, "utf-8")),
        *thread(note),
        ("Message-Id", f"<{note.mark[:8]}-{note.mark[8:12]}-4F5E-8A9B-{note.mark[:12]}@example.cn>".upper()),
        ("X-Mailer", "iPhone Mail (20F66)"),
    ]  # fmt: skip
    body = leaf("text/plain", note.text.encode(), "charset=utf-8; format=flowed")
    files = [coded_file(file) for file in note.files]
    return mail(note, head, mixed([body, *files], f"Apple-Mail-{note.mark.upper()}"))


def mail(note: Note, head: list[tuple[str, str]], body: bytes) -> bytes:
    """Put the fields of the transport over a client's own; the topmost Received is the last."""
    sent = format_datetime(note.at)
    transport = [
        ("Received", f"from mail-m1{note.mark[:3]}.example.cn (unknown [203.0.113.41])\r\n\tby mx27 (Coremail) with SMTP id {note.mark};\r\n\t{sent} (CST)"),
        ("Received", f"from office-pc (unknown [198.51.100.9])\r\n\tby mail.example.cn with ESMTPSA id {note.mark[::-1]}; {sent}"),
    ]  # fmt: skip
    stamp = format_datetime(note.at - timedelta(seconds=7))
    fields = [*transport, ("Date", stamp), *head, *note.extra, ("MIME-Version", "1.0")]
    return "".join(f"{name}: {value}\r\n" for name, value in fields).encode("utf-8") + body


def thread(note: Note) -> list[tuple[str, str]]:
    """Fields of a reply."""
    return [("In-Reply-To", note.answers), ("References", note.answers)] if note.answers else []


def word(text: str, charset: str) -> str:
    """Encode a phrase as RFC 2047 base64 words that keep characters whole."""
    if text.isascii():
        return text
    pieces = [text[i : i + 14] for i in range(0, len(text), 14)]
    coded = (base64.b64encode(p.encode("gb18030" if charset.lower().startswith("gb") else charset)).decode() for p in pieces)  # fmt: skip
    return "\r\n ".join(f"=?{charset}?B?{piece}?=" for piece in coded)


def leaf(kind: str, data: bytes, parameters: str = "", more: str = "") -> bytes:
    """Write one part in base64."""
    typed = f"{kind}; {parameters}" if parameters else kind
    head = f"Content-Type: {typed}\r\nContent-Transfer-Encoding: base64\r\n{more}\r\n"
    return head.encode() + base64.encodebytes(data).replace(b"\n", b"\r\n")


def parts(kind: str, inside: list[bytes], boundary: str) -> bytes:
    """Write a multipart."""
    head = f'Content-Type: multipart/{kind};\r\n\tboundary="{boundary}"\r\n\r\n'.encode()
    line = f"--{boundary}\r\n".encode()
    return (
        head + b"".join(line + part + b"\r\n" for part in inside) + f"--{boundary}--\r\n".encode()
    )


def mixed(inside: list[bytes], boundary: str) -> bytes:
    """Write body and files; a body without files stands alone."""
    return inside[0] if len(inside) == 1 else parts("mixed", inside, boundary)


def alternative(note: Note, plain: str, html: str, boundary: str) -> bytes:
    """Write text and HTML in the client's charset."""
    return parts(
        "alternative",
        [
            leaf("text/plain", note.text.encode("gb18030"), f'charset="{plain}"'),
            leaf("text/html", note.page.encode("gb18030"), f'charset="{html}"'),
        ],
        boundary,
    )


def plain_file(file: Attached, charset: str) -> bytes:
    """Write a file with its name in an encoded word, as NetEase and Foxmail do."""
    name = word(file.name, charset).replace("\r\n ", "\r\n\t")
    shown = f'Content-Disposition: attachment;\r\n\tfilename="{name}"\r\n'
    shown += f"Content-ID: <{file.cid}>\r\n" if file.cid else ""
    return leaf(file.type, file.data, f'\r\n\tname="{name}"', shown)


def qq_file(file: Attached) -> bytes:
    """Write a file as QQ does: always an octet stream with a charset."""
    name = word(file.name, "gb18030")
    shown = f'Content-Disposition: attachment; filename="{name}"\r\n'
    return leaf("application/octet-stream", file.data, f'charset="gb18030"; name="{name}"', shown)


def outlook_file(file: Attached, at: datetime) -> bytes:
    """Write a file as Outlook does, with description, size and dates."""
    name, day = word(file.name, "gb2312"), format_datetime(at)
    shown = (
        f"Content-Description: {name}\r\nContent-Disposition: attachment;\r\n\t"
        f'filename="{name}"; size={len(file.data)};\r\n\tcreation-date="{day}";\r\n\t'
        f'modification-date="{day}"\r\n'
    )
    return leaf(file.type, file.data, f'\r\n\tname="{name}"', shown)


def coded_file(file: Attached) -> bytes:
    """Write a file with its name by RFC 2231."""
    name = quote(file.name)
    shown = f"Content-Disposition: attachment;\r\n\tfilename*=utf-8''{name}\r\n"
    return leaf(file.type, file.data, f"\r\n\tname*=utf-8''{name}", shown)


def enclosed(raw: bytes) -> bytes:
    """Write a mail forwarded as an attachment."""
    head = b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n"
    return head + raw
