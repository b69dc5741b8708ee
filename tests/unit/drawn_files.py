"""Pages drawn by hand, as PDF and as OFD: tables of lines, text set anywhere, fields, locks."""

# ruff: noqa: E501
# parts of files stand here as programs write them

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT, WIDTH = 842.0, 595.0
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass
class Drawn:
    """A page in points from its top left: texts (x, base line, size, text, stretch) and lines."""

    texts: list[tuple[float, float, float, str, float]] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)  # annotation dictionaries
    extra: str = ""  # pen commands as they are
    after: str = ""  # and those that come last, in a PDF
    rotate: int = 0

    def text(self, x: float, y: float, text: str, size: float = 10.0, wide: float = 1.0) -> Drawn:
        self.texts.append((x, y, size, text, wide))
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Drawn:
        self.lines.append((x0, y0, x1, y1))
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Drawn:
        """Draw every line of a table, each cell's edge on its own as Word does."""
        for y in ys:
            for left, right in pairwise(xs):
                self.line(left, y, right, y)
        for x in xs:
            for top, bottom in pairwise(ys):
                self.line(x, top, x, bottom)
        return self

    def table(
        self,
        x: float,
        y: float,
        widths: Sequence[float],
        rows: Sequence[Sequence[str]],
        height: float = 20.0,
    ) -> Drawn:
        """Draw a table of one-line cells."""
        xs = [x + sum(widths[:n]) for n in range(len(widths) + 1)]
        self.grid(xs, [y + n * height for n in range(len(rows) + 1)])
        for number, row in enumerate(rows):
            for left, text in zip(xs, row, strict=False):
                self.text(left + 4, y + number * height + 14, text)
        return self


def pdf(*pages: Drawn, password: str | None = None, owner: str = "owner", forms: str = "") -> bytes:
    """Write a PDF with a Chinese font of the reader's own; locked when a password is given."""
    objects: dict[int, bytes] = {}
    kids = []
    number = 10
    for page in pages:
        content = _content(page)
        objects[number] = b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)
        annots = []
        for offset, entry in enumerate(page.fields, start=2):
            objects[number + offset] = entry.encode("latin-1")
            annots.append(f"{number + offset} 0 R")
        objects[number + 1] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {page.rotate}"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {number} 0 R/Annots[{' '.join(annots)}]>>"
        ).encode()
        kids.append(f"{number + 1} 0 R")
        number += 20
    form = (
        f"/AcroForm<</Fields[{' '.join(_fields(pages))}]{forms}>>"
        if forms or _fields(pages)
        else ""
    )
    objects[1] = f"<</Type/Catalog/Pages 2 0 R{form}>>".encode()
    objects[2] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    objects[3] = (
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>"
    )
    objects[4] = (
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]/FontDescriptor 5 0 R>>"
    )
    objects[5] = (
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 93>>"
    )
    trailer = "/Root 1 0 R/Size 1000"
    if password is not None:
        objects, lock = _locked(objects, password.encode(), owner.encode())
        trailer += lock
    return _file(objects, trailer)


def _fields(pages: Sequence[Drawn]) -> list[str]:
    return [
        f"{10 + 20 * n + 2 + k} 0 R"
        for n, page in enumerate(pages)
        for k in range(len(page.fields))
        if "/Widget" in page.fields[k]
    ]


def _content(page: Drawn) -> bytes:
    out = [page.extra]
    for x0, y0, x1, y1 in page.lines:
        out.append(f"0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")
    for x, y, size, text, _ in page.texts:
        code = text.encode("utf-16-be").hex()
        out.append(f"BT /F1 {size} Tf {x} {HEIGHT - y} Td <{code}> Tj ET")
    return "\n".join([*out, page.after]).encode()


def _file(objects: dict[int, bytes], trailer: str) -> bytes:
    out = b"%PDF-1.6\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    return out + f"trailer\n<<{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()


def _locked(objects: dict[int, bytes], user: bytes, owner: bytes) -> tuple[dict[int, bytes], str]:
    """Lock with RC4 of 40 bits (ISO 32000-1 §7.6.3, algorithms 1 to 4)."""
    owner_key = hashlib.md5((owner + _PAD)[:32]).digest()[:5]
    o = _rc4(owner_key, (user + _PAD)[:32])
    identity = bytes(16)
    permission = (-4 & 0xFFFFFFFF).to_bytes(4, "little")
    key = hashlib.md5((user + _PAD)[:32] + o + permission + identity).digest()[:5]
    u = _rc4(key, _PAD)
    locked = {}
    for number, body in objects.items():
        if b"stream\n" in body:
            head, _, rest = body.partition(b"stream\n")
            data = rest.removesuffix(b"\nendstream")
            own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
            locked[number] = head + b"stream\n" + _rc4(own, data) + b"\nendstream"
        else:
            locked[number] = body
    locked[900] = f"<</Filter/Standard/V 1/R 2/O<{o.hex()}>/U<{u.hex()}>/P -4>>".encode()
    return locked, f"/Encrypt 900 0 R/ID[<{identity.hex()}><{identity.hex()}>]"


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


_MM = 25.4 / 72
_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(
    *pages: Drawn, template: Drawn | None = None, more: dict[str, bytes] | None = None
) -> bytes:
    """Write an OFD; a template's content lies under every page."""
    parts: dict[str, bytes | str] = {
        "OFD.xml": f'<ofd:OFD {_NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/PublicRes.xml": f'<ofd:Res {_NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="宋体"/><ofd:Font ID="2" FontName="Wingdings 2"/></ofd:Fonts></ofd:Res>',
    }
    under = '<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    listed = "".join(
        f'<ofd:Page ID="{100 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>'
        for n in range(len(pages))
    )
    parts["Doc_0/Document.xml"] = (
        f"<ofd:Document {_NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH * _MM} {HEIGHT * _MM}"
        f"</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{under}"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    for n, page in enumerate(pages):
        used = '<ofd:Template TemplateID="9" ZOrder="Background"/>' if template else ""
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = _sheet(page, used)
    if template:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = _sheet(template, "")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **(more or {})}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _sheet(page: Drawn, used: str) -> str:
    shapes = [page.extra]
    for x0, y0, x1, y1 in page.lines:
        box = f"{min(x0, x1) * _MM} {min(y0, y1) * _MM} {abs(x1 - x0) * _MM} {abs(y1 - y0) * _MM}"
        end = f"{(x1 - x0) * _MM} {(y1 - y0) * _MM}"
        shapes.append(
            f'<ofd:PathObject ID="5" Boundary="{box}" LineWidth="0.2"><ofd:AbbreviatedData>M 0 0 L {end}</ofd:AbbreviatedData></ofd:PathObject>'
        )
    for x, y, size, text, wide in page.texts:
        steps = _steps([size * _MM * (0.5 if ord(c) < 256 else 1.0) for c in text[:-1]])
        shapes.append(
            f'<ofd:TextObject ID="6" Boundary="{x * _MM} {(y - size) * _MM} 100 {size * _MM * 1.2}" Font="1" Size="{size * _MM}" HScale="{wide}">'
            f'<ofd:TextCode X="0" Y="{size * _MM}"{steps}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
        )
    layer = f'<ofd:Layer ID="3">{"".join(shapes)}</ofd:Layer>'
    return f"<ofd:Page {_NS}>{used}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def _steps(widths: list[float]) -> str:
    """Write distances as programs do: runs of equal ones as `g count distance`."""
    out: list[str] = []
    at = 0
    while at < len(widths):
        count = next((n for n, w in enumerate(widths[at:]) if w != widths[at]), len(widths) - at)
        out.append(f"g {count} {widths[at]}" if count > 1 else f"{widths[at]}")
        at += count
    return f' DeltaX="{" ".join(out)}"' if out else ""
