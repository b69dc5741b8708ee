"""What people attach: forms filled in well and badly, reports, pictures, files that are no files."""

# ruff: noqa: E501 - tables of what is written, a case or a header a line

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from functools import cache
from typing import TYPE_CHECKING

import docx
from openpyxl import Workbook
from openpyxl.styles import Alignment

from bot.demo.papers import png
from parsers.writing.plain_docx import write_plain_docx
from rules.folder.load import SHIPPED, load_campaign
from rules.reader.fill_form import fill_form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docx.document import Document as Page

    from rules.campaign import Campaign

STAMP = (2023, 6, 1, 8, 0, 0)
_NEEDLESS = ("docProps/thumbnail.jpeg", "word/stylesWithEffects.xml", "customXml/")
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_TABLE_STYLE = re.compile(rb'<w:style w:type="(?:table|character)"(?: w:customStyle="1")? w:styleId="(?!TableGrid"|TableNormal")[^"]*">.*?</w:style>', re.DOTALL)  # fmt: skip
_REL = re.compile(rb'<Relationship [^>]*Target="(?:docProps/thumbnail\.jpeg|stylesWithEffects\.xml|\.\./customXml/[^"]*)"[^>]*/>')  # fmt: skip
_OVERRIDE = re.compile(rb'<Override [^>]*PartName="/(?:word/stylesWithEffects|customXml/)[^>]*/>')

STATISTICS = {
    "units": "36", "participants": "1,200", "scientists": "130人", "public": "18500",
    "leaflets": "12000", "consultations": "860", "village_visits": "24", "farm_supplies": "35000",
    "free_clinics": "420", "diagnoses": "6", "boards": "58", "galleries": "120.5", "bases": "9",
    "medicines": "8600", "courses": "15", "lectures": "11", "films": "7", "messages": "30000",
    "trainees": "1350", "tv_features": "3", "services": "42", "vehicles": "8", "machines": "26",
}  # fmt: skip
PROJECT = {
    "name": "“防灾减灾”科普大集", "organiser": "赤峰市科学技术局",
    "authority": "内蒙古自治区科学技术厅", "venue": "市民广场",
    "period": "2023年5月20日—5月23日", "leader": "李建华", "contact": "刘思雨",
    "address": "新城区科技路18号", "postcode": "024000", "phone": "0476-8330000",
    "email": "chifeng@kepu.example.cn", "budget": "5万元", "participants": "800",
    "summary": "组织防灾减灾科普展览、专家讲座和应急演练，面向市民和中小学生，通过电视和公众号宣传。",
}  # fmt: skip
REPORT = (
    (
        "一、高度重视，精心组织。成立由分管领导任组长的工作专班，制定实施方案，会同宣传部门和科协"
        "明确分工，把各项任务落实到人，形成上下联动、部门协同、社会参与的工作格局。"
    ),
    (
        "二、内容丰富，形式多样。活动周期间，组织科技工作者和志愿者深入农村牧区、社区、学校和企业，"
        "举办科普报告会、流动科技馆巡展、科普大集和青少年科学营，开放科普基地，现场解答群众关心的"
        "健康、防灾、农牧业生产等问题，发放科普资料，受到干部群众普遍欢迎。"
    ),
    (
        "三、广泛宣传，效果明显。通过广播、电视、报纸和新媒体平台同步宣传，制作短视频和图文，开展"
        "线上直播和有奖问答，扩大了活动的覆盖面，营造了讲科学、爱科学、学科学、用科学的良好氛围。"
    ),
    (
        "四、下一步打算。认真总结经验，建立长效机制，加强科普队伍和阵地建设，推动优质科普资源向基层"
        "倾斜，不断提高公众科学文化素质，为当地经济社会发展提供有力支撑。"
    ),
)


@cache
def campaign() -> Campaign:
    """Return the campaign all the mails belong to."""
    return load_campaign(SHIPPED / "2023-neimenggu")


def statistics(reporter: str, changes: Mapping[str, str] | None = None) -> bytes:
    """Fill the 统计表 in; an empty change leaves the place empty."""
    values = {"reporter": reporter, **STATISTICS, **(changes or {})}
    return _filled("statistics", values)


def project(changes: Mapping[str, str] | None = None) -> bytes:
    """Fill the 备案表 in."""
    return _filled("project", {**PROJECT, **(changes or {})})


def blank(form: str) -> bytes:
    """Return a blank as the notice has it."""
    return settled(campaign().blanks[form])


def _filled(form: str, values: Mapping[str, str]) -> bytes:
    filled = {key: value for key, value in values.items() if value}
    return settled(fill_form(campaign(), campaign().forms[form], filled))


def report(unit: str, paragraphs: tuple[str, ...] = REPORT) -> bytes:
    """Write a 总结报告."""
    title = f"{unit}2023年科技活动周总结报告"
    return settled(write_plain_docx(title, paragraphs))


def edited(data: bytes, change: Callable[[Page], None]) -> bytes:
    """Open a .docx in a word processor, change it, save it."""
    page = docx.Document(io.BytesIO(data))
    change(page)
    return settled(_saved(page))


def retitled(old: str, new: str) -> Callable[[Page], None]:
    """Change text that stands in one run."""

    def change(page: Page) -> None:
        for paragraph in page.paragraphs:
            for run in paragraph.runs:
                run.text = run.text.replace(old, new)

    return change


def without_rows(*labels: str) -> Callable[[Page], None]:
    """Delete the rows whose first cell begins with a label."""

    def change(page: Page) -> None:
        for row in list(page.tables[0].rows):
            if "".join(row.cells[0].text.split()).startswith(labels):
                row._tr.getparent().remove(row._tr)

    return change


def with_rows(*rows: tuple[str, ...]) -> Callable[[Page], None]:
    """Add rows of texts over the last one (说明)."""

    def change(page: Page) -> None:
        last = page.tables[0].rows[-1]
        for texts in rows:
            row = page.tables[0].add_row()
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
            last._tr.addprevious(row._tr)

    return change


def joined(first: bytes, second: bytes) -> bytes:
    """Paste one document behind another."""
    page, other = docx.Document(io.BytesIO(first)), docx.Document(io.BytesIO(second))
    page.add_page_break()
    end = page.element.body.sectPr
    for element in [e for e in other.element.body if not e.tag.endswith("sectPr")]:
        end.addprevious(element)
    return settled(_saved(page))


def statistics_sheet(reporter: str, changes: Mapping[str, str] | None = None) -> bytes:
    """Retype the 统计表 in Excel: a merged title, real numbers, units in the labels."""
    values = {**STATISTICS, **(changes or {})}
    form = campaign().forms["statistics"]
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    sheet.append(["附件2"])
    sheet.append([form.title])
    sheet.append([f"填报单位：{reporter}"])
    sheet.append(["内容", "数量", "备注"])
    for field in form.fields:
        if field.column == "数量":
            remark = (
                f"其中：科技人员{values['scientists']}" if field.key == "participants" else None
            )
            sheet.append([f"{field.label}（{field.unit}）", _typed(values[field.key]), remark])
    sheet.append(["说明", "“内容”栏内不限于上述内容，可自行增加相关项目"])
    for ref in ("A2:C2", "A3:C3", f"B{sheet.max_row}:C{sheet.max_row}"):
        sheet.merge_cells(ref)
    sheet["A2"].alignment = Alignment(horizontal="center")
    for column, width in zip("ABC", (26, 14, 22), strict=True):
        sheet.column_dimensions[column].width = width
    return settled(_saved(book))


def _typed(text: str) -> str | float:
    """Return what Excel makes of what is typed: 1,200 becomes a number."""
    plain = text.replace(",", "")
    return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else text


def page_of(reporter: str, changes: Mapping[str, str] | None = None) -> str:
    """Paste the 统计表 into a mail's body, as Word's clipboard gives it."""
    values = {**STATISTICS, **(changes or {})}
    form = campaign().forms["statistics"]
    rows = [
        "<tr><td><p>内&nbsp;容</p></td><td><p>数&nbsp;量</p></td><td><p>备&nbsp;注</p></td></tr>"
    ]
    for field in form.fields:
        if field.column == "数量":
            remark = (
                f"其中: 科技人员 {values['scientists']}"
                if field.key == "participants"
                else "&nbsp;"
            )
            rows.append(
                f'<tr><td width="227"><p class="MsoNormal">{field.label} <span lang="EN-US">(</span>'
                f'{field.unit}<span lang="EN-US">)</span></p></td><td width="151"><p>{values[field.key]}</p></td>'
                f'<td width="189"><p>{remark}</p></td></tr>'
            )
    return (
        f'<div>各位老师好，统计表如下：</div><p class="MsoNormal" align="center"><b>{form.title}</b></p>'
        f'<p class="MsoNormal">填报单位: {reporter}</p>'
        f'<table class="MsoTableGrid" border="1" cellspacing="0"><tbody>{"".join(rows)}</tbody></table>'
    )  # fmt: skip


def zipped(members: Mapping[str, bytes], encoding: str = "gbk") -> bytes:
    """Pack as Windows does: names in GBK, no UTF-8 flag."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for letter, (name, data) in zip("abcdefgh", members.items(), strict=False):
            info = zipfile.ZipInfo(letter * len(name.encode(encoding)), STAMP)
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    raw = buffer.getvalue()
    for letter, name in zip(b"abcdefgh", members, strict=False):
        coded = name.encode(encoding)
        raw = raw.replace(bytes([letter]) * len(coded), coded)
    return raw


def photo(shade: int = 120) -> bytes:
    """Return a small real PNG."""
    return png(64, 48, shade)


def scan() -> bytes:
    """Return a picture like a stamped page: white paper with a red round seal."""
    width, height = 120, 160
    rows = b"".join(b"\0" + b"".join(_seal(x, y) for x in range(width)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
        for tag, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def _seal(x: int, y: int) -> bytes:
    distance = (x - 84) ** 2 + (y - 120) ** 2
    return b"\xc8\x10\x10" if 24**2 <= distance <= 28**2 else b"\xff\xff\xff"


def video() -> bytes:
    """Return the first boxes of an MP4 of 95 seconds."""
    kind = struct.pack(">I", 24) + b"ftypisom" + struct.pack(">I", 512) + b"isommp42"
    header = struct.pack(">IIIII", 0, 0, 0, 1000, 95_000) + bytes(80)
    moved = struct.pack(">I", 8 + len(header)) + b"mvhd" + header
    return kind + struct.pack(">I", 8 + len(moved)) + b"moov" + moved + bytes(400)


def encrypted() -> bytes:
    """Return the compound file that Word makes of a document with a password: its directory only."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<109I", head, 76 - 0, *([0] + [0xFFFFFFFF] * 108))
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))
    entries = (
        ("Root Entry", 5, 1),
        ("EncryptionInfo", 2, 0xFFFFFFFF),
        ("EncryptedPackage", 2, 0xFFFFFFFF),
    )
    directory = b"".join(_entry(name, kind, child) for name, kind, child in entries) + bytes(128)
    return bytes(head) + fat + directory


def _entry(name: str, kind: int, child: int) -> bytes:
    coded = name.encode("utf-16-le")
    none = 0xFFFFFFFF
    entry = coded.ljust(64, b"\0") + struct.pack("<HBB", len(coded) + 2, kind, 1)
    right = 2 if name == "EncryptionInfo" else none
    entry += struct.pack("<III", none, right, child) + bytes(36)
    return entry + struct.pack("<IQ", 0xFFFFFFFE, 0)


def old_word() -> bytes:
    """Return a compound file with Word's stream: a .doc."""
    data = encrypted()
    old, new = "EncryptionInfo".encode("utf-16-le"), "WordDocument".encode("utf-16-le")
    changed = data.replace(old.ljust(64, b"\0"), new.ljust(64, b"\0"))
    return changed.replace(
        new.ljust(64, b"\0") + struct.pack("<H", len(old) + 2),
        new.ljust(64, b"\0") + struct.pack("<H", len(new) + 2),
    ).replace(
        "EncryptedPackage".encode("utf-16-le"), "1Table\0\0\0\0\0\0\0\0\0\0".encode("utf-16-le")
    )


def program() -> bytes:
    """Return the head of a Windows program."""
    return b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00".ljust(60, b"\0") + (
        struct.pack("<I", 64) + b"PE\0\0" + bytes(200)
    )


def _saved(file: Page | Workbook) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def settled(data: bytes) -> bytes:
    """Pack an office file again without its clock, its thumbnail and styles nobody uses."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            if not info.filename.startswith(_NEEDLESS):
                part = _slim(info.filename, old.read(info))
                entry = zipfile.ZipInfo(info.filename, STAMP)
                new.writestr(entry, part, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def _slim(name: str, part: bytes) -> bytes:
    if name.endswith(".rels"):
        return _REL.sub(b"", part)
    if name == "[Content_Types].xml":
        return _OVERRIDE.sub(b"", part)
    if name == "word/styles.xml":
        return _TABLE_STYLE.sub(b"", part)
    return _WRITTEN.sub(rb"\g<1>2023-06-01T00:00:00Z", part) if name.endswith("core.xml") else part
