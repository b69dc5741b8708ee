"""A page as HTML: as web systems export it, as Word and Excel save it, as a mail carries it."""

# ruff: noqa: E501 - parts of files stand here as programs write them

from __future__ import annotations

import base64
import quopri
from email.message import EmailMessage
from html import escape
from typing import TYPE_CHECKING

from tests.draw.clerks.page import Break, Line, bare, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.draw.clerks.page import Block, Cel, Page, Tab

_TAGS = {
    "del": "<del>{}</del>",
    "ins": "<ins>{}</ins>",
    "strike": '<span style="text-decoration:line-through">{}</span>',
    "hide": '<span style="display:none">{}</span>',
    "prompt": "",
}
_WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" '
    'xmlns="http://www.w3.org/TR/REC-html40">'
)
_EXCEL = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns="http://www.w3.org/TR/REC-html40">'
)


def html(page: Page, *, by: str = "plain", charset: str = "utf-8") -> bytes:
    """Write a page as `by`: plain (a web system), word, excel or mail."""
    root = {"word": _WORD, "excel": _EXCEL}.get(by, "<html>")
    program = {"word": "Word.Document", "excel": "Excel.Sheet"}.get(by)
    known = f'<meta name=ProgId content={program}><meta name=Generator content="Microsoft 11">'
    head = f'<head><meta http-equiv="Content-Type" content="text/html; charset={charset}">{known if program else ""}</head>'
    body = "\n".join(_block(block, by) for block in page.blocks)
    return f"{root}{head}<body>\n{body}\n</body></html>".encode(charset, "xmlcharrefreplace")


def _block(block: Block, by: str) -> str:
    if isinstance(block, Break):
        return '<br clear=all style="page-break-before:always">'
    if isinstance(block, Line):
        text = _inline(block.text)
        text = f"<b>{text}</b>" if block.bold else text
        if by == "word":
            return f'<p class=MsoNormal align={block.align}><span style="font-size:{block.size}pt">{text}</span></p>'
        if by == "mail":
            return f'<div style="text-align:{block.align}">{text}</div>'
        return f'<p align="{block.align}">{text}</p>'
    return _table(block, by)


def _table(table: Tab, by: str) -> str:
    rows: list[list[str]] = [[] for _ in table.rows]
    for r, _, cell in table.placed():
        rows[r].append(_cell(cell, by))
    marks = [' style="display:none"' if n in table.hidden else "" for n in range(len(rows))]
    body = "\n".join(f"<tr{m}>{''.join(r)}</tr>" for m, r in zip(marks, rows, strict=True))
    look = {
        "word": 'class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style="border-collapse:collapse"',
        "excel": 'border=0 cellpadding=0 cellspacing=0 style="border-collapse:collapse;table-layout:fixed"',
    }.get(by, 'border="1" cellspacing="0"')
    return f"<table {look}>\n{body}\n</table>"


def _cell(cell: Cel, by: str) -> str:
    spans = (f' colspan="{cell.cols}"' if cell.cols > 1 else "") + (
        f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    )
    text = "<br>".join(_inline(line) for line in cell.text.split("\n")) or "&nbsp;"
    if cell.nested:
        text += _table(cell.nested, by)
    text = f"<b>{text}</b>" if cell.bold else text
    if by == "word":
        return f"<td{spans} valign=center><p class=MsoNormal align={cell.align}>{text}</p></td>"
    if by == "excel":
        kind = " x:num" if cell.text.isascii() and cell.text.isdigit() else ""
        return f"<td{spans}{kind} class=xl65>{text}</td>"
    return f'<td{spans} align="{cell.align}">{text}</td>'


def _inline(text: str) -> str:
    return "".join(
        _TAGS.get(mark, "{}").format(_words(mark, words)) for mark, words in pieces(text)
    )


def _words(mark: str, words: str) -> str:
    shown = words if mark in {"del", "strike", "hide", ""} else bare(f"⟦{mark}:{words}⟧")
    return escape(shown).replace("  ", "&nbsp; ").replace("\n", "<br>")


def mhtml(page: Page, *, by: str = "word", charset: str = "gb2312", coding: str = "qp") -> bytes:
    """Write 单个文件网页 as Word and Excel save it."""
    content = html(page, by=by, charset=charset)
    packed = quopri.encodestring(content) if coding == "qp" else base64.encodebytes(content)
    named = "quoted-printable" if coding == "qp" else "base64"
    edge = "----=_NextPart_01D9A1B2.C3D4E5F0"
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="{edge}"\r\n\r\n本文档为“单个文件网页”。\r\n\r\n'
    part = f'Content-Location: file:///C:/A1B2C3D4/form.htm\r\nContent-Transfer-Encoding: {named}\r\nContent-Type: text/html; charset="{charset}"\r\n\r\n'
    body = packed.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    files = 'Content-Location: file:///C:/A1B2C3D4/form.files/filelist.xml\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/xml; charset="utf-8"\r\n\r\n<xml xmlns:o=3D"urn:schemas-microsoft-com:office:office"></xml>\r\n'
    return b"".join(
        (head.encode("gb18030"), f"--{edge}\r\n{part}".encode(), body, f"\r\n--{edge}\r\n{files}\r\n--{edge}--\r\n".encode())
    )  # fmt: skip


def mail(
    subject: str, sender: str, text: str, page: Page | None, files: Sequence[tuple[str, bytes]] = ()
) -> bytes:
    """Write a mail whose body is the page as HTML, or only text, perhaps with files."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "kepu@example.cn", subject
    message["Date"] = "Thu, 01 Jun 2023 09:00:00 +0800"
    message["Message-ID"] = f"<{abs(hash_of(subject + sender))}@example.cn>"
    message.set_content(text)
    if page is not None:
        message.add_alternative(html(page, by="mail").decode(), subtype="html")
    for name, data in files:
        message.add_attachment(data, "application", "octet-stream", filename=name)
    return message.as_bytes()


def hash_of(text: str) -> int:
    """Return a number that is the same in every run."""
    return int.from_bytes(text.encode()[-6:], "big") + len(text)
