"""Filled forms that a real LibreOffice saved as text formats read, cell by cell, as they were."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from parsers.formats import read_document
from parsers.sniff import sniff
from rules.folder.load import SHIPPED, load_campaign
from rules.reader.fill_form import fill_form
from rules.recognise import read_forms
from tests.unit.text_samples import excel_2003, rtf, rtf_row, run, word_2003

if TYPE_CHECKING:
    from pathlib import Path

    from parsers.document import Document, Table

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")

NUMBERS = (
    "36",
    "1,200",
    "３６",
    "约500",
    "1.2万",
    "三百二十",
    "无",
    "12000元",
    "0",
    "12.5",
    "叁佰",
)
TEXTS = (
    "1.现场咨询。\n2.方式：线下为主。", "“科学之夜”讲解", "A & B <c> {x} \\y", "☑线下 □线上",
    "5月20日—5月27日", "10²m ①②", "乌云毕力格·额尔德尼", "𠮷野家 café", "约\u3000500\u3000人", "",
)  # fmt: skip


@cache
def campaign():
    return load_campaign(SHIPPED / "2023-neimenggu")


def filled(name: str, seed: int) -> bytes:
    """Return a shipped blank with most of its fields filled in."""
    chance = random.Random(seed)
    form = campaign().forms[name]
    choices = NUMBERS if name == "statistics" else TEXTS[1:-1]
    values = {f.key: chance.choice(choices) for f in form.fields if chance.random() < 0.8}
    return fill_form(campaign(), form, values)


def odd_table(seed: int) -> bytes:
    """Return a form of grouped rows and cells merged both ways."""
    chance = random.Random(seed)
    file = docx.Document()
    file.add_paragraph("开展情况统计表")
    file.add_paragraph("填报单位：内蒙古农业大学（盖章）      填报日期：2023年6月1日")
    rows, columns = chance.randint(4, 12), chance.randint(3, 6)
    table = file.add_table(rows, columns, style="Table Grid")
    for row in table.rows:
        for cell in row.cells:
            cell.text = chance.choice(TEXTS + NUMBERS)
    taken: set[tuple[int, int]] = set()
    for _ in range(5):
        top, left = chance.randrange(rows), chance.randrange(columns)
        bottom, right = min(rows - 1, top + chance.randint(0, 3)), min(columns - 1, left + 1)
        area = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if not area & taken:
            taken |= area
            table.cell(top, left).merge(table.cell(bottom, right)).text = "分组\n标题"
    file.add_paragraph("填表人：王芳")
    return saved(file)


def special_table() -> bytes:
    """Return a table of what is left out or decided: hidden, struck, changed, nested."""
    file = docx.Document()
    table = file.add_table(6, 1, style="Table Grid")
    paragraphs = [cell.paragraphs[0] for cell in table.columns[0].cells]
    paragraphs[0].add_run("88")
    paragraphs[0].add_run("（99）").font.hidden = True
    paragraphs[1].add_run("100").font.strike = True
    paragraphs[1].add_run("120")
    paragraphs[2].add_run("R").font.name = "Wingdings 2"
    paragraphs[2].add_run("是")
    change = f'{nsdecls("w")} w:id="{{}}" w:author="a" w:date="2023-05-01T00:00:00Z"'
    for number, (tag, inner) in enumerate((("del", "delText"), ("ins", "t"))):
        text = f"<w:r><w:{inner}>{100 + 20 * number}</w:{inner}></w:r>"
        xml = f"<w:{tag} {change.format(number)}>{text}</w:{tag}>"
        paragraphs[3]._p.append(parse_xml(xml))
    inner = table.cell(4, 0).add_table(2, 2)
    for cell, text in zip([*inner.rows[0].cells, *inner.rows[1].cells], "甲乙丙丁", strict=True):
        cell.text = text
    paragraphs[5].add_run("10")
    paragraphs[5].add_run("2").font.superscript = True
    return saved(file)


def workbook(seed: int) -> bytes:
    """Return a workbook with numbers under formats, merges, hidden rows and a hidden sheet."""
    file = Workbook()
    page = file.active
    page.title = "统计表"
    page.append(["2023年情况统计表"])
    page.merge_cells("A1:D1")
    chance = random.Random(seed)
    for _ in range(8):
        page.append([chance.choice(TEXTS), chance.choice(NUMBERS), chance.choice((36, 12.5, None))])
    for row, (value, code) in enumerate(
        (
            (1234567.5, "#,##0.00"), (0.256, "0.0%"), (10020, "000000"), (0.5, "h:mm"),
            (45066, 'yyyy"年"m"月"d"日"'), (45066, "yyyy-mm-dd"), (-5, "0_);(0)"),
            (13800001234, "General"), ("150102198001011234", "@"),
        ),
        start=10,
    ):  # fmt: skip
        page.cell(row, 1).value = value
        page.cell(row, 1).number_format = code
    page.merge_cells("B12:C14")
    page.row_dimensions[16].hidden = True
    page.column_dimensions["C"].hidden = True
    file.create_sheet("第二页")["C4"] = "孤"
    hidden = file.create_sheet("隐藏")
    hidden["A1"], hidden.sheet_state = "藏", "hidden"
    return saved(file)


def saved(file) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def by_hand() -> dict[str, bytes]:
    """Return files as Word and Excel write them, for LibreOffice as second opinion."""
    inner = (
        r"\pard\intbl\itap2 {\f13 \'bc\'d7}\nestcell\pard\intbl\itap2 {\f13 \'d2\'d2}"
        r"\nestcell\pard\intbl"
        r"\itap2 {\*\nesttableprops\trowd\trleft0\cellx1000\cellx2000\nestrow}\pard\intbl "
    )
    rich = rtf(
        run("情况统计表") + r"\par "
        + rtf_row((2000, run("组")), (5000, run("参加单位")), (8000, "36"), merges=(r"\clvmgf",))
        + rtf_row((2000, ""), (5000, run("人次")), (8000, run("约５００")), merges=(r"\clvmrg",))
        + rtf_row((2000, r"{\uc1\u36196?}" + run("峰")), (8000, r"{\v 99}88{\strike 77}"))
        + rtf_row((2000, run("附")), (8000, inner))
        + r"\pard\plain " + run("填表人：王芳") + r"\par"
    )  # fmt: skip
    r = "<w:r><w:t>{}</w:t></w:r>".format
    width = "<w:tcW w:w='3000' w:type='dxa'/>{}".format
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p>{}</w:p></w:tc>".format
    word = word_2003(
        f"<w:p>{r('情况统计表')}</w:p><w:tbl>"
        "<w:tblGrid><w:gridCol w:w='3000'/><w:gridCol w:w='3000'/></w:tblGrid>"
        f"<w:tr>{cell(width(''), r('组'))}{cell(width(''), r('参加单位'))}</w:tr>"
        f"<w:tr>{cell(width(''), r('个'))}{cell(width(''), r('３６'))}</w:tr></w:tbl>"
        f"<w:p>{r('填表人：王芳')}</w:p>"
    )
    say = '<Data ss:Type="String">{}</Data>'.format
    sheet = excel_2003(
        f'<Row><Cell ss:MergeAcross="2">{say("情况统计表")}</Cell></Row>'
        f'<Row ss:Index="3"><Cell>{say("参加单位")}</Cell><Cell ss:Index="3" ss:StyleID="n">'
        '<Data ss:Type="Number">1234.5</Data></Cell></Row>'
        f'<Row ss:Hidden="1"><Cell ss:MergeDown="1">{say("组")}</Cell><Cell ss:StyleID="d">'
        '<Data ss:Type="DateTime">2023-05-20T00:00:00.000</Data></Cell></Row>'
        f'<Row><Cell ss:Index="2" ss:StyleID="p"><Data ss:Type="Number">0.256</Data></Cell></Row>',
        '<Style ss:ID="n"><NumberFormat ss:Format="#,##0.00"/></Style>'
        '<Style ss:ID="d"><NumberFormat ss:Format="yyyy\\-mm\\-dd"/></Style>'
        '<Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style>',
    )
    return {"hand.rtf": rich, "hand.xml": word, "hand-sheet.xml": sheet}


WORD = {
    **{f"statistics-{n}": filled("statistics", n) for n in range(4)},
    **{f"project-{n}": filled("project", n) for n in range(4)},
    **{f"odd-{n}": odd_table(n) for n in range(6)},
    "special": special_table(),
}
SHEETS = {f"book-{n}": workbook(n) for n in range(3)}


class Office:
    """A soffice with a profile of its own that converts whole folders at once."""

    def __init__(self, home: Path) -> None:
        self.home = home
        for folder, files in (("docx", WORD), ("xlsx", SHEETS)):
            (home / folder).mkdir()
            for name, data in files.items():
                (home / folder / f"{name}.{folder}").write_bytes(data)
        (home / "hand").mkdir()
        for name, data in by_hand().items():
            (home / "hand" / name).write_bytes(data)

    def convert(self, files: list[Path], wanted: str) -> dict[str, bytes]:
        out = self.home / f"out-{wanted.replace(':', '-').replace(' ', '-')}-{files[0].parent.name}"
        command = [
            *(SOFFICE, f"-env:UserInstallation={(self.home / 'profile').as_uri()}", "--headless"),
            *("--convert-to", wanted, "--outdir", str(out), *map(str, files)),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return {file.stem: file.read_bytes() for file in out.iterdir()}

    def all(self, folder: str, wanted: str) -> dict[str, bytes]:
        return self.convert(sorted((self.home / folder).iterdir()), wanted)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return Office(tmp_path_factory.mktemp("soffice"))


def cells(table: Table, *, loosely: bool = False) -> list[tuple[object, ...]]:
    return [
        (
            c.row, c.column, c.row_span, c.column_span, str(c.place), c.number, c.moment,
            "".join(c.text.split()) if loosely else c.text.replace("\u2011", "-"),
            frozenset(c.flags - {"white-text"}),
        )
        for c in table.cells
        if c.text or table.sheet is None
    ]  # fmt: skip


def same(found: Document, original: Document, *, loosely: bool = False) -> None:
    def texts(document: Document) -> list[str]:
        return ["".join(p.text.split()) if loosely else p.text for p in document.paragraphs]

    assert texts(found) == texts(original)
    assert [t.flags for t in found.tables] == [t.flags for t in original.tables]
    for table, wanted in zip(found.tables, original.tables, strict=True):
        assert cells(table, loosely=loosely) == cells(wanted, loosely=loosely)


def answers(document: Document) -> list[list[tuple[object, ...]]]:
    return [
        [(f.key, f.status, "".join(str(f.value).split()), f.place) for f in form.reading.fields]
        for form in read_forms(document, (campaign(),))
    ]


@pytest.mark.parametrize(
    ("wanted", "kind"),
    [("odt", "odt"), ("fodt", "odt"), ("rtf", "rtf"), ("html:HTML (StarWriter)", "html")],
)
def test_a_word_form_is_the_same_in_every_text_format(office, wanted, kind):
    found = office.all("docx", wanted)
    assert found.keys() == WORD.keys()
    if kind == "html":
        del found["special"]  # LibreOffice writes deleted text into HTML without a mark
    for name, data in found.items():
        assert sniff(data, "统计表.doc") == kind
        document, original = read_document(data, kind), read_document(WORD[name], "docx")
        same(document, original, loosely=kind == "html")
        assert answers(document) == answers(original)
    assert sum(len(forms) for forms in map(answers, map(_read_word, WORD.values()))) >= 8


def _read_word(data: bytes) -> Document:
    return read_document(data, "docx")


@pytest.mark.parametrize(("wanted", "kind"), [("ods", "ods"), ("fods", "ods")])
def test_a_workbook_is_the_same_in_open_document(office, wanted, kind):
    for name, data in office.all("xlsx", wanted).items():
        assert sniff(data, "统计表.xls") == kind
        same(read_document(data, kind), read_document(SHEETS[name], "xlsx"))


def test_a_workbook_saved_as_a_page_keeps_texts_and_numbers(office):
    for name, data in office.all("xlsx", "html:HTML (StarCalc)").items():
        first = read_document(SHEETS[name], "xlsx").tables[0]
        kept = [c for c in first.cells if c.text and not c.flags]  # hidden ones are not saved
        page = read_document(data, "html").tables[0]
        found = [(c.text, c.number, c.moment) for c in page.cells if c.text]
        wanted = [("".join(c.text.split()), c.number, c.moment) for c in kept]
        assert [("".join(text.split()), *rest) for text, *rest in found] == wanted


def test_a_sheet_saved_as_text_keeps_what_is_shown(office):
    for name, data in office.all("xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1").items():
        first = read_document(SHEETS[name], "xlsx").tables[0]
        found = {c.place.ref: c.text for c in read_document(data, "csv").tables[0].cells if c.text}
        assert found == {c.place.ref: c.text for c in first.cells if c.text}


def test_libreoffice_reads_what_word_and_excel_write_as_we_do(office):
    hand = office.home / "hand"
    words = office.convert([hand / "hand.rtf"], "docx:MS Word 2007 XML")["hand"]
    same(read_document(by_hand()["hand.rtf"], "rtf"), read_document(words, "docx"))
    old = office.convert([hand / "hand.xml"], "odt")["hand"]
    same(read_document(by_hand()["hand.xml"], "doc-xml"), read_document(old, "odt"))
    sheet = office.convert([hand / "hand-sheet.xml"], "xlsx:Calc MS Excel 2007 XML")["hand-sheet"]
    same(read_document(by_hand()["hand-sheet.xml"], "xls-xml"), read_document(sheet, "xlsx"))
