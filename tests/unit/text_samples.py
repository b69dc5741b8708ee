"""Files written the way Word, Excel, WPS and web systems write them, drawn from a few rows."""

from __future__ import annotations

import base64
import io
import quopri
import zipfile

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_ODF = (
    f'xmlns:office="{OFFICE}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    ' office:version="1.3"'
)


def odf(body: str, kind: str = "text", styles: str = "", faces: str = "") -> str:
    """Return a flat document: its automatic styles, and what is in office:text or so."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_ODF}'
        f' office:mimetype="application/vnd.oasis.opendocument.{kind}">'
        f"<office:font-face-decls>{faces}</office:font-face-decls>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    )


def zipped_odf(flat: str, kind: str = "text", **parts: str) -> bytes:
    """Return the same document as a zip; `parts` are further members, dots written as __."""
    content = flat.replace("<office:document ", "<office:document-content ")
    content = content.replace("</office:document>", "</office:document-content>")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content)
        for name, text in parts.items():
            archive.writestr(name.replace("__", "."), text)
    return buffer.getvalue()


def odt_table(*rows: str, columns: str = "") -> str:
    """Return a table of ready cells."""
    inside = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f'<table:table table:name="T">{columns}{inside}</table:table>'


def odt_cell(inner: str = "", attributes: str = "") -> str:
    """Return a cell of one paragraph."""
    return f"<table:table-cell {attributes}><text:p>{inner}</text:p></table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def hexed(text: str, charset: str = "gb18030") -> str:
    r"""Return text as Word writes it in RTF: \\'d6\\'d0."""
    return "".join(
        chr(byte) if byte < 0x80 and chr(byte) not in "\\{}" else f"\\'{byte:02x}"
        for byte in text.encode(charset)
    )


RTF_FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}"
    r"{\f2\fnil\fcharset2 Wingdings;}{\f3\fnil\fcharset2 Wingdings 2{\*\falt Symbol};}"
    r"{\f13\fnil\fcharset134{\*\panose 02010600030101010101}\'cb\'ce\'cc\'e5{\*\falt SimSun};}"
    r"{\f14\fnil\fcharset0 Arial;}}"
)


def rtf(body: str, head: str = "") -> bytes:
    """Return a file as Chinese Word writes it."""
    return (
        r"{\rtf1\adeflang1025\ansi\ansicpg936\uc2\adeff0\deff0\stshfdbch13\stshfloch0\deflang1033"
        r"\deflangfe2052" + head + RTF_FONTS + r"{\colortbl;\red0\green0\blue0;"
        r"\red255\green255\blue255;}{\stylesheet{\ql \snext0 \'d5\'fd\'ce\'c4;}}"
        r"{\info{\title " + hexed("统计表") + r"}{\author x}}" + "\r\n" + body + "}"
    ).encode("gb18030")


def run(text: str, words: str = "") -> str:
    """Return a run with Chinese in its own font, as Word does."""
    return (
        r"{\rtlch\fcs1 \af0 \ltrch\fcs0 " + words + r"\loch\af0\hich\af0\dbch\f13\insrsid99 "
        rf"{hexed(text)}}}"
    )


def rtf_row(*cells: tuple[int, str], merges: tuple[str, ...] = ()) -> str:
    r"""Return a row: cells as (right edge, content); `merges` are the words before each \\cellx."""
    words = [*merges, *[""] * (len(cells) - len(merges))]
    shape = r"\trowd \irow0\irowband0\ltrrow\ts15\trgaph108\trleft-108" + "".join(
        rf"{word}\clbrdrt\brdrs\cltxlrtb\clftsWidth3\clwWidth2840 \cellx{edge}"
        for word, (edge, _) in zip(words, cells, strict=True)
    )
    said = "".join(rf"{content}\cell " for _, content in cells)
    return (
        rf"{shape}\pard\plain \ltrpar\qj \li0\ri0\widctlpar\intbl\wrapdefault {said}"
        rf"\pard\plain \ltrpar\intbl {{\trowd {shape[7:]}\row }}"
    )


_WML = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
    ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
    ' xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
    ' xmlns:st1="urn:schemas-microsoft-com:office:smarttags"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xml:space="preserve"'
)


def word_2003(body: str, styles: str = "") -> bytes:
    """Return a Word-XML file as Word 2003 writes it."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<?mso-application progid="Word.Document"?>\n<w:wordDocument {_WML}>'
        f'<w:styles><w:style w:type="character" w:styleId="a9">{styles}</w:style></w:styles>'
        f"<w:body><wx:sect>{body}<w:sectPr/></wx:sect></w:body></w:wordDocument>"
    ).encode()


def flat_opc(package: bytes) -> bytes:
    """Return an office zip as one flat XML file."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith((".xml", ".rels")):
                text = data.decode().partition("?>")[2]
                inner = f"<pkg:xmlData>{text}</pkg:xmlData>"
            else:
                inner = f"<pkg:binaryData>{base64.b64encode(data).decode()}</pkg:binaryData>"
            parts.append(f'<pkg:part pkg:name="/{name}">{inner}</pkg:part>')
    return (
        '<?xml version="1.0" standalone="yes"?><?mso-application progid="Word.Document"?>'
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f"{''.join(parts)}</pkg:package>"
    ).encode()


def excel_2003(rows: str, styles: str = "", options: str = "", before: str = "") -> bytes:
    """Return a Spreadsheet-XML file of one sheet, 统计表."""
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:o="urn:schemas-microsoft-com:office:office"'
        ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:html="http://www.w3.org/TR/REC-html40">'
        '<Styles><Style ss:ID="Default" ss:Name="Normal"><NumberFormat/></Style>'
        f'{styles}</Styles><Worksheet ss:Name="统计表"><Table>{before}{rows}</Table>'
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">'
        f"{options}</WorksheetOptions></Worksheet></Workbook>"
    ).encode()


def mhtml(*parts: tuple[str, str, bytes], charset: str = "gb2312") -> bytes:
    """Return parts of (location, type, bytes) in an envelope, as Word and Excel write it."""
    boundary = "----=_NextPart_01D98F5A.6A7C1230"
    out = [
        (
            f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="{boundary}"\r\n\r\n'
            "This document is a Single File Web Page.\r\n\r\n"
        )
    ]
    for location, kind, data in parts:
        text = kind.startswith("text/")
        body = quopri.encodestring(data) if text else base64.encodebytes(data)
        label = f'; charset="{charset}"' if text else ""
        encoding = "quoted-printable" if text else "base64"
        out.append(
            f"--{boundary}\r\nContent-Location: file:///C:/1A2B3C4D/{location}\r\n"
            f"Content-Transfer-Encoding: {encoding}\r\nContent-Type: {kind}{label}\r\n\r\n"
            + body.decode("ascii").replace("\n", "\r\n")
            + "\r\n"
        )
    return ("".join(out) + f"--{boundary}--\r\n").encode("ascii")
