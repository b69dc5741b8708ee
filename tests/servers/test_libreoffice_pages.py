"""Forms that a real LibreOffice printed to PDF, and the same pages as OFD, read as the .docx."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from parsers.formats import read_document
from parsers.formats.pdfium import file as pdfium_file
from parsers.formats.witness.pages import Witness
from rules.folder.load import SHIPPED, load_campaign
from rules.reader.fill_form import fill_form
from rules.recognise import read_forms
from tests.unit.drawn_files import Drawn, ofd

if TYPE_CHECKING:
    from pathlib import Path

    from parsers.document import Document

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
CAMPAIGNS = tuple(load_campaign(file.parent) for file in sorted(SHIPPED.glob("*/campaign.yaml")))
NUMBERS = (
    *(
        "36",
        "1,200",
        "１２００",
        "1.2万",
        "约500余人",
        "三百二十",
        "无",
        "/",
        "12000册",
        "98.5",
        "",
    ),
    *("3场次（线上2场）", "100-200", "5 6", "10²", "12,345.67", "共计1500人次", "3.5万元"),
)
TEXTS = (
    *("赤峰市科学技术局", "“防灾减灾”科普大集（第二十八届）", "Science Week 2023 open lab", ""),
    *("2023年5月20日—5月27日", "□线上 ☑线下", "第一行\n第二行", "liu.siyu@kepu.example.cn"),
    "http://www.example.cn/kepu/2023/index.html?id=123456789012345678901234567890",
    "一、主要内容：" + "面向农牧民、中小学生开展科普讲座、展览和咨询服务，" * 20 + "共100场。",
    "Long English text with many words that is wrapped over several lines of one cell.",
)


def blanks() -> dict[str, bytes]:
    return {f"{c.id}.{form}": blank for c in CAMPAIGNS for form, blank in c.blanks.items()}


def filled(seed: int) -> bytes:
    """Fill a form in with whatever people write, right or wrong for its field."""
    chance = random.Random(seed)
    campaign = chance.choice(CAMPAIGNS)
    form = campaign.forms[chance.choice(sorted(campaign.forms))]
    texts = dict.fromkeys(("count", "number", "money"), NUMBERS)
    values = {f.key: chance.choice(f.choices or texts.get(f.type, TEXTS)) for f in form.fields}
    return fill_form(campaign, form, {key: value for key, value in values.items() if value})


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[str, tuple[bytes, bytes]]:
    """Return by name the .docx and its PDF, all printed by one LibreOffice."""
    home = tmp_path_factory.mktemp("pages")
    documents = {**blanks(), **{f"filled-{seed}": filled(seed) for seed in range(24)}}
    for name, data in documents.items():
        (home / f"{name}.docx").write_bytes(data)
    to_pdf(home, "docx")
    return {name: (data, (home / f"{name}.pdf").read_bytes()) for name, data in documents.items()}


def to_pdf(home: Path, ending: str) -> None:
    command = [
        *(SOFFICE, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless"),
        *("--convert-to", "pdf", "--outdir", str(home), *map(str, home.glob(f"*.{ending}"))),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


def squeezed(value: object) -> object:
    return "".join(value.split()) if isinstance(value, str) else value


def said(document: Document) -> list[object]:
    """Return everything the forms of a document say, with places.

    Where a page breaks a line depends on the fonts at hand; a broken URL's digits stay apart.
    """
    readings = [found.reading for found in read_forms(document, CAMPAIGNS)]
    return [
        (
            reading.form,
            [(a.key, a.status, squeezed(a.value), a.place) for a in reading.fields],
            [(e.label, e.value) for e in reading.extra],
        )
        for reading in readings
    ]


def cells(document: Document) -> list[object]:
    """Return place, spans and letters of the cells beside the first column.

    A group's label there may be cut in two by the page, and nothing drawn tells it from two.
    """
    found = [cell for table in document.tables for cell in table.cells if cell.column > 1]
    return [(c.place, c.row_span, c.column_span, "".join(c.text.split())) for c in found]


def pages_of(data: bytes) -> list[Drawn]:
    """Return a PDF's pages as ink, to be written in another format."""
    file, witness = pdfium_file._opened(data), Witness(data)
    drawn = []
    for number in range(len(file)):
        page, _ = pdfium_file._page(file, number, 10**6, witness)
        sheet = Drawn()
        for glyph in page.glyphs:
            if glyph.right > glyph.left:
                full = glyph.height * (0.56 if east_asian_width(glyph.text) in "NaH" else 1.0)
                wide = (glyph.right - glyph.left) / full
                sheet.text(
                    glyph.left,
                    glyph.bottom - 0.12 * glyph.height,
                    glyph.text,
                    glyph.height,
                    wide,
                )
        for rule in page.across:
            sheet.line(rule.start, rule.at, rule.end, rule.at)
        for rule in page.down:
            sheet.line(rule.at, rule.start, rule.at, rule.end)
        drawn.append(sheet)
    return drawn


def test_every_field_of_a_printed_form_reads_as_in_the_document(printed):
    for name, (document, data) in printed.items():
        assert said(read_document(data, "pdf")) == said(read_document(document, "docx")), name


def test_every_value_of_a_printed_form_stands_where_it_did(printed):
    for name, (document, data) in printed.items():
        assert cells(read_document(data, "pdf")) == cells(read_document(document, "docx")), name


def test_the_same_pages_as_ofd_read_the_same(printed):
    for name, (_, data) in printed.items():
        again = read_document(ofd(*pages_of(data)), "ofd")
        values = [[(k, s, v) for k, s, v, _ in fields] for _, fields, _ in said(again)]
        printed_values = said(read_document(data, "pdf"))
        assert values == [[(k, s, v) for k, s, v, _ in f] for _, f, _ in printed_values], name


def test_a_printed_sheet_is_a_table(tmp_path):
    workbook = Workbook()
    page = workbook.active
    rows = [
        ("内容", "数量", "备注"),
        ("参加单位（个）", 36, "约"),
        ("参加人员（人）", "1,200", "300人"),
    ]
    side, page.column_dimensions["A"].width = Side(style="thin"), 30
    for row in rows:
        page.append(row)
    for cell in (cell for row in page.iter_rows() for cell in row):
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    buffer = io.BytesIO()
    workbook.save(buffer)
    (tmp_path / "a.xlsx").write_bytes(buffer.getvalue())
    to_pdf(tmp_path, "xlsx")
    (table,) = read_document((tmp_path / "a.pdf").read_bytes(), "pdf").tables
    assert [cell.text for cell in table.cells] == [str(text) for row in rows for text in row]
