"""How tests write office files by raw XML, as office suites and hostile senders do."""

from __future__ import annotations

import io
import zipfile

W_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
S_NS = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def packed(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def strict(data: bytes) -> bytes:
    """Rewrite a package in the Strict namespaces."""
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            for room in ("wordprocessingml", "spreadsheetml", "officeDocument", "drawingml"):
                text = text.replace(
                    f"http://schemas.openxmlformats.org/{room}/2006/",
                    f"http://purl.oclc.org/ooxml/{room}/",
                )
            parts[name] = text
    return packed(parts)


def _types(overrides: dict[str, str]) -> str:
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        f'{_DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def relations(*targets: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_RELS}/{kind}" Target="{target}"/>'
        for key, kind, target in targets
    )
    return (
        f"{_DECLARATION}<Relationships "
        f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}'
        "</Relationships>"
    )


def document(body: str, *, styles: str = "", extra: dict[str, str | bytes] | None = None) -> bytes:
    """Write a .docx with this inside w:body."""
    main = f"{_WORD_TYPE}.document.main+xml"
    kinds = {"word/document.xml": main, "word/styles.xml": f"{_WORD_TYPE}.styles+xml"}
    return packed(
        {
            "[Content_Types].xml": _types(kinds),
            "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": relations(("rId1", "styles", "styles.xml")),
            "word/document.xml": (
                f"{_DECLARATION}<w:document {W_NS}><w:body>{body}</w:body></w:document>"
            ),
            "word/styles.xml": f"{_DECLARATION}<w:styles {W_NS}>{styles}</w:styles>",
            **(extra or {}),
        }
    )


def t(text: str, properties: str = "") -> str:
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{wrapped}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str, properties: str = "") -> str:
    wrapped = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{wrapped}{inside}</w:p>"


def tc(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def sdt(inside: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def one_cell(inside: str) -> str:
    return tbl(tr(tc(inside)))


def book(
    *sheets: str,
    strings: str = "",
    styles: str = "",
    properties: str = "",
    states: tuple[str, ...] = (),
) -> bytes:
    """Write a .xlsx of these worksheets; one without sheetData is its rows."""
    listed = "".join(
        f'<sheet name="Sheet{n}" sheetId="{n}" r:id="rId{n}"{_state(states, n)}/>'
        for n in range(1, len(sheets) + 1)
    )
    last = len(sheets)
    main = f"{_SHEET_TYPE}.sheet.main+xml"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(
            {
                "xl/workbook.xml": main,
                "xl/sharedStrings.xml": f"{_SHEET_TYPE}.sharedStrings+xml",
                "xl/styles.xml": f"{_SHEET_TYPE}.styles+xml",
                **{
                    f"xl/worksheets/sheet{n}.xml": f"{_SHEET_TYPE}.worksheet+xml"
                    for n in range(1, last + 1)
                },
            }
        ),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f"{_DECLARATION}<workbook {S_NS}>{properties}<sheets>{listed}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": relations(
            *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, last + 1)),
            (f"rId{last + 1}", "sharedStrings", "sharedStrings.xml"),
            (f"rId{last + 2}", "styles", "/xl/styles.xml"),
        ),
        "xl/sharedStrings.xml": f"{_DECLARATION}<sst {S_NS}>{strings}</sst>",
        "xl/styles.xml": f"{_DECLARATION}<styleSheet {S_NS}>{styles or PLAIN_STYLES}</styleSheet>",
    }
    for number, sheet in enumerate(sheets, 1):
        inside = sheet if "<sheetData" in sheet else f"<sheetData>{sheet}</sheetData>"
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f"{_DECLARATION}<worksheet {S_NS}>{inside}</worksheet>"
        )
    return packed(parts)


def _state(states: tuple[str, ...], number: int) -> str:
    return f' state="{states[number - 1]}"' if len(states) >= number else ""


PLAIN_STYLES = (
    "<fonts><font/></fonts>"
    '<fills><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders><border/></borders>"
    '<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)
