"""How a clerk's page becomes a file: which program writes it, what saves it again, its ending."""

# ruff: noqa: E501 - tables of what people write and how it is laid out

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from tests.draw.clerks import as_html, as_ink, as_text
from tests.draw.clerks.as_docx import docx, merged
from tests.draw.clerks.as_picture import taken
from tests.draw.clerks.as_sheet import Sheets, misdimensioned, phantom, xlsx
from tests.draw.clerks.as_xml import workbook
from tests.draw.clerks.page import Page
from tests.unit import outlook_files as outlook
from tests.unit.archive_files import rar4, seven, tar


@dataclass(frozen=True)
class Saved:
    """`write` makes the first file, `steps` are LibreOffice's; `shown` is what the score calls it."""

    write: Callable[[Sequence[Page]], bytes]
    first: str
    steps: tuple[str, ...]
    ending: str
    shown: str
    tags: tuple[str, ...] = ()
    finish: Callable[[bytes], bytes] | None = None


def _picture(kind: str, ending: str, shown: str) -> Saved:
    return Saved(_docx, "docx", ("pdf",), ending, shown, (f"picture-{kind}",), taken(kind))


def _docx(pages: Sequence[Page]) -> bytes:
    return docx(merged(pages))


def _docx_breaks(pages: Sequence[Page]) -> bytes:
    return docx(merged(pages), lines="br", font="仿宋_GB2312")


def _docm(pages: Sequence[Page]) -> bytes:
    return docx(merged(pages), macros=True)


def _html(by: str, charset: str = "utf-8") -> Callable[[Sequence[Page]], bytes]:
    return lambda pages: as_html.html(merged(pages), by=by, charset=charset)


def _mhtml(by: str, coding: str) -> Callable[[Sequence[Page]], bytes]:
    return lambda pages: as_html.mhtml(merged(pages), by=by, coding=coding)


def _mail(pages: Sequence[Page]) -> bytes:
    text = "各位老师：\n    您好，统计表见下，请查收。"
    return as_html.mail("报送科技活动周材料", "王秀芳 <office@example.cn>", text, merged(pages))


def _text_mail(pages: Sequence[Page]) -> bytes:
    text = "您好：\n\n" + as_text.typed(merged(pages)) + "\n\n祝好！\n"
    return as_html.mail("报送科技活动周材料", "王秀芳 <office@example.cn>", text, None)


def _book(**how: object) -> Callable[[Sequence[Page]], bytes]:
    return lambda pages: xlsx(pages, Sheets(**how))


def _csv(charset: str, delimiter: str = ",") -> Callable[[Sequence[Page]], bytes]:
    return lambda pages: as_text.table(merged(pages), charset=charset, delimiter=delimiter)


FORMATS = {
    # documents of text
    "docx": Saved(_docx, "docx", (), "docx", "docx"),
    "docx-breaks": Saved(_docx_breaks, "docx", (), "docx", "docx"),
    "docx-office": Saved(_docx, "docx", ("docx",), "docx", "docx"),
    "docx-by-odt": Saved(_docx, "docx", ("odt", "docx"), "docx", "docx"),
    "docx-by-rtf": Saved(_docx, "docx", ("rtf", "docx"), "docx", "docx"),
    "docx-from-html": Saved(_html("plain"), "html", ("docx-from-html",), "docx", "docx"),
    "docm": Saved(_docm, "docm", (), "docm", "docm"),
    "doc": Saved(_docx, "docx", ("doc",), "doc", "doc"),
    "doc-from-html": Saved(_html("plain"), "html", ("odt-from-html", "doc"), "doc", "doc"),
    "wps": Saved(_docx, "docx", ("doc",), "wps", "wps"),
    "rtf": Saved(_docx, "docx", ("rtf",), "rtf", "rtf"),
    "rtf-as-doc": Saved(_docx, "docx", ("doc", "rtf"), "doc", "rtf"),
    "odt": Saved(_docx, "docx", ("odt",), "odt", "odt"),
    "odt-from-html": Saved(_html("plain"), "html", ("odt-from-html",), "odt", "odt"),
    "docx-as-doc": Saved(_docx, "docx", (), "doc", "docx"),
    "html-as-doc": Saved(_html("word", "gb2312"), "html", (), "doc", "html"),
    "html-writer": Saved(_docx, "docx", ("html-writer",), "html", "html"),
    "mhtml-as-doc": Saved(_mhtml("word", "qp"), "mht", (), "doc", "mhtml"),
    "mht": Saved(_mhtml("plain", "base64"), "mht", (), "mht", "mhtml"),
    "wordml-as-doc": Saved(_docx, "docx", ("wordml",), "doc", "word-xml"),
    "wordml": Saved(_docx, "docx", ("odt", "wordml"), "xml", "word-xml"),
    # workbooks
    "xlsx": Saved(_book(), "xlsx", (), "xlsx", "xlsx"),
    "xlsx-texts": Saved(_book(numbers=False), "xlsx", (), "xlsx", "xlsx", ("numbers-as-text",)),
    "xlsx-moved": Saved(_book(top=2, left=1, notes=(("J3", "已核"), ("A30", "2023.6.8报"))), "xlsx", (), "xlsx", "xlsx", ("notes-in-odd-cells",)),
    "xlsx-narrow": Saved(_book(narrow=True), "xlsx", (), "xlsx", "xlsx", ("columns-too-narrow",)),
    "xlsx-phantom": Saved(lambda p: phantom(xlsx(p)), "xlsx", (), "xlsx", "xlsx", ("phantom-rows",)),
    "xlsx-misdimensioned": Saved(lambda p: misdimensioned(xlsx(p)), "xlsx", (), "xlsx", "xlsx", ("wrong-dimension",)),
    "xlsx-office": Saved(_book(), "xlsx", ("xlsx",), "xlsx", "xlsx"),
    "xlsx-from-html": Saved(_html("plain"), "html", ("xlsx-from-html",), "xlsx", "xlsx"),
    "xlsm": Saved(_book(macros=True), "xlsm", (), "xlsm", "xlsm"),
    "xls": Saved(_book(), "xlsx", ("xls",), "xls", "xls"),
    "xls-texts": Saved(_book(numbers=False), "xlsx", ("xls",), "xls", "xls", ("numbers-as-text",)),
    "xls-narrow": Saved(_book(narrow=True, top=1), "xlsx", ("xls",), "xls", "xls", ("columns-too-narrow",)),
    "et": Saved(_book(), "xlsx", ("xls",), "et", "et"),
    "xlsx-as-xls": Saved(_book(), "xlsx", (), "xls", "xlsx"),
    "ods": Saved(_book(), "xlsx", ("ods",), "ods", "ods"),
    "html-as-xls": Saved(_html("plain"), "html", (), "xls", "html"),
    "html-as-xls-gb": Saved(_html("excel", "gb2312"), "html", (), "xls", "html"),
    "html-calc": Saved(_book(), "xlsx", ("html-calc",), "html", "html"),
    "mhtml-as-xls": Saved(_mhtml("excel", "qp"), "mht", (), "xls", "mhtml"),
    "excelml-as-xls": Saved(workbook, "xml", (), "xls", "excel-xml"),
    "excelml": Saved(lambda p: workbook(p, numbers=False), "xml", (), "xml", "excel-xml", ("numbers-as-text",)),
    "csv": Saved(_csv("utf-8-sig"), "csv", (), "csv", "csv"),
    "csv-plain": Saved(_csv("utf-8"), "csv", (), "csv", "csv"),
    "csv-gb": Saved(_csv("gb18030"), "csv", (), "csv", "csv (GB18030)"),
    "tsv-gb": Saved(_csv("gb18030", "\t"), "csv", (), "csv", "csv (GB18030)"),
    "txt": Saved(_csv("utf-8"), "txt", (), "txt", "txt"),
    "fodt": Saved(_docx, "docx", ("fodt",), "fodt", "flat odf"),
    "fods": Saved(_book(), "xlsx", ("fods",), "fods", "flat odf"),
    # pages of ink
    "pdf": Saved(_docx, "docx", ("pdf",), "pdf", "pdf"),
    "pdf-doc": Saved(_docx, "docx", ("doc", "pdf"), "pdf", "pdf"),
    "pdf-sheet": Saved(_book(), "xlsx", ("pdf",), "pdf", "pdf"),
    "pdf-chromium": Saved(_html("plain"), "html", ("chromium-pdf",), "pdf", "pdf"),
    "pdf-ink": Saved(lambda p: as_ink.as_pdf(p[0]), "pdf", (), "pdf", "pdf"),
    "ofd": Saved(lambda p: as_ink.as_ofd(p[0]), "ofd", (), "ofd", "ofd"),
    # on paper
    "scan": _picture("scan", "jpg", "scan (jpg)"),
    "stamped": _picture("stamped", "jpg", "scan (jpg)"),
    "stamped-grey": _picture("stamped-grey", "jpg", "scan (jpg)"),
    "scan-png": _picture("png", "png", "scan (png)"),
    "upside-down": _picture("upside-down", "jpg", "scan (jpg)"),
    "scanned-pdf": _picture("scanned-pdf", "pdf", "scan (pdf)"),
    "photo": _picture("photo", "jpg", "photo"),
    # in mails
    "mail": Saved(_mail, "eml", (), "eml", "mail body"),
    "text-mail": Saved(_text_mail, "eml", (), "eml", "mail body"),
}  # fmt: skip


def packed(  # noqa: C901, PLR0911 - a kind a case
    kind: str, files: Sequence[tuple[str, bytes]]
) -> tuple[str, bytes]:
    """Return the ending and bytes of an archive; names as Chinese Windows writes them."""
    match kind:
        case "zip":
            return "zip", _zip(files, "gb18030")
        case "zip-utf8":
            return "zip", _zip(files, "utf-8")
        case "7z":
            return "7z", seven(*files)
        case "rar":
            return "rar", rar4(*((name.encode("gb18030"), data) for name, data in files))
        case "tar.gz":
            return "tar.gz", gzip.compress(tar(*files, encoding="gb18030"), mtime=0)
        case "zip-in-zip":
            return "zip", _zip([("统计表.zip", _zip(files, "gb18030"))], "gb18030")
        case "mail":
            return "eml", as_html.mail(
                "报送材料", "王秀芳 <office@example.cn>", "请查收附件。", None, files
            )
        case "mail-in-mail":
            inner = as_html.mail("报送材料", "刘思雨 <liu@example.cn>", "见附件。", None, files)
            return "eml", _forwarding(inner)
        case "msg":
            return "msg", outlook.compound(outlook.letter(*(outlook.enclosed(*f) for f in files)))
        case "winmail":
            name, data = files[0]
            return "dat", outlook.tnef(outlook.attached(name.encode("gb18030"), data))
    raise KeyError(kind)


def _forwarding(inner: bytes) -> bytes:
    """Write a mail that encloses another whole."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "office@example.cn",
        "kepu@example.cn",
        "转发：报送材料",
    )
    message["Date"], message["Message-ID"] = (
        "Thu, 01 Jun 2023 10:00:00 +0800",
        "<forwarded@example.cn>",
    )
    message.set_content("转发，请收。")
    message.add_attachment(message_from_bytes(inner, policy=default))
    return message.as_bytes()


def _zip(files: Sequence[tuple[str, bytes]], charset: str) -> bytes:
    """Write names in a charset without saying which, as Windows' own zip does."""
    buffer = io.BytesIO()
    names: dict[bytes, bytes] = {}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(files):
            raw = name.encode(charset)
            stand_in = f"{number:02d}".ljust(len(raw), "_")
            names[stand_in.encode()] = raw
            archive.writestr(
                zipfile.ZipInfo(stand_in, (2023, 6, 8, 9, 0, 0)), data, zipfile.ZIP_DEFLATED
            )
    out = buffer.getvalue()
    for stand_in, raw in names.items():
        out = out.replace(stand_in, raw)
    return out
