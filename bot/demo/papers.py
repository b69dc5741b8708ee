"""What people put into their mails: forms in whatever format they save, reports, films, links."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from bot.demo import typing_habits
from bot.demo.conversion import as_html, as_pdf, as_sheet, as_word_page
from bot.demo.films import write_film
from parsers.writing.plain_docx import write_plain_docx
from rules.reader.fill_form import fill_form

if TYPE_CHECKING:
    from bot.demo.people import Person

Attached = tuple[str, bytes]
SAVED = {"xlsx": as_sheet, "doc": as_word_page, "pdf": as_pdf}
LINK = (
    '<div style="border:1px solid #ccc"><a href="{url}">{name}</a><span>({size})</span>'
    "<span>到期时间：2023年7月15日 18:00</span></div>"
)


class Paper(Protocol):
    """Something a person makes: a file, or a piece of the mail's own page."""

    def file(self, person: Person) -> Attached | None:
        """Return name and content, None for what stands in the mail itself."""

    def page(self, person: Person) -> str:
        """Return what is pasted into the mail, "" for a file."""


class _File:
    def page(self, _person: Person) -> str:
        return ""


@dataclass(frozen=True)
class Filled:
    """A form filled in. `slips` are this copy's mistakes, `of` another campaign whose form it is."""

    form: str = "statistics"
    saved: Literal["docx", "xlsx", "doc", "pdf", "pasted"] = "docx"
    slips: Mapping[str, str] = field(default_factory=dict)
    number: int = 1
    of: str = ""

    def file(self, person: Person) -> Attached | None:
        """Return the copy as it is saved."""
        if self.saved == "pasted":
            return None
        copy = self._copy(person)
        title = person.campaign.forms[self.form].title.removeprefix("2023年")
        name = f"{person.unit.name}{title}.{self.saved}"
        return name, SAVED[self.saved](copy) if self.saved in SAVED else copy

    def page(self, person: Person) -> str:
        """Return the copy as it is pasted."""
        return as_html(self._copy(person)) if self.saved == "pasted" else ""

    def _copy(self, person: Person) -> bytes:
        campaign = person.campaigns[self.of] if self.of else person.campaign
        form = campaign.forms[self.form]
        rng = random.Random(f"{person.unit.id}-{self.form}-{self.number}")  # noqa: S311 - invented
        values = typing_habits.values_of(form, person.unit, rng) | dict(self.slips)
        return fill_form(campaign, form, {key: value for key, value in values.items() if value})


@dataclass(frozen=True)
class Written(_File):
    """A document of words: 总结报告, 媒体报道, 宣传内容."""

    what: Literal["report", "press", "exhibits"] = "report"
    most: int = 99  # paragraphs

    def file(self, person: Person) -> Attached:
        """Return it as a Word document."""
        rng = random.Random(f"{person.unit.id}-{self.what}")  # noqa: S311 - invented people
        title, paragraphs = {
            "report": lambda: typing_habits.report(person.unit),
            "press": lambda: typing_habits.press(person.unit),
            "exhibits": lambda: typing_habits.exhibits(person.unit, rng),
        }[self.what]()
        return f"{title}.docx", write_plain_docx(title, paragraphs[: self.most])


@dataclass(frozen=True)
class Photo(_File):
    """A picture of the event."""

    number: int = 1

    def file(self, person: Person) -> Attached:
        """Return a small real PNG, another grey for each."""
        shade = (37 * self.number + len(person.unit.id) * 11) % 256
        return f"活动照片{self.number}.png", png(64, 48, shade)


@dataclass(frozen=True)
class Film(_File):
    """A film of the event; 720p unless it is as Xinjiang asks."""

    seconds: float = 150
    as_asked: bool = False

    def file(self, _person: Person) -> Attached:
        """Return a film as a camera or a phone saves it."""
        if self.as_asked:
            shape = {"width": 1920, "height": 1080, "mbps": 60.0, "brand": b"qt"}
            return "活动视频.mov", write_film(seconds=self.seconds, **shape)  # type: ignore[arg-type]
        return "活动视频.mp4", write_film(seconds=self.seconds, width=1280, height=720, mbps=0.001)


@dataclass(frozen=True)
class Blank(_File):
    """The blank, attached by mistake."""

    form: str = "statistics"

    def file(self, person: Person) -> Attached:
        """Return it under the name of a filled one."""
        return f"{person.unit.name}统计表.docx", person.campaign.blanks[self.form]


@dataclass(frozen=True)
class Locked(_File):
    """A file that cannot be opened."""

    def file(self, person: Person) -> Attached:
        """Return an encrypted compound file, as far as anybody can tell."""
        return f"{person.unit.name}统计表.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@dataclass(frozen=True)
class Packed(_File):
    """Several papers in one archive, names as Chinese Windows writes them."""

    papers: tuple[Paper, ...]

    def file(self, person: Person) -> Attached:
        """Return a .zip with names in GBK and no flag that says so."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for paper in self.papers:
                named = paper.file(person)
                if named is not None:
                    archive.writestr(_GbkName(named[0]), named[1])
        return f"{person.unit.name}材料.zip", packed.getvalue()


class _GbkName(zipfile.ZipInfo):
    """An entry whose name goes out in GBK without the flag for UTF-8 (APPNOTE 4.4.4)."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's name
        return self.filename.encode("gbk"), self.flag_bits


@dataclass(frozen=True)
class Link:
    """An oversize attachment: only a link comes."""

    name: str = "科技活动周视频.mov"
    size: str = "1.42G"

    def file(self, _person: Person) -> None:
        """Bring no file."""

    def page(self, person: Person) -> str:
        """Return the card that the mail client puts into the mail."""
        url = f"https://wx.mail.qq.com/ftn/download?func=3&k={person.unit.id}&code=demo"
        return LINK.format(url=url, name=self.name, size=self.size)


def png(width: int, height: int, shade: int) -> bytes:
    """Return a plain grey picture."""
    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
        for tag, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body
