"""What LibreOffice made of a legacy file is read without what it computed while converting."""

from __future__ import annotations

import pytest

from parsers.converted import read_converted
from parsers.legacy import LEGACIES, NEEDED, legacy_of
from parsers.message.files import read_file
from parsers.sniff import sniff
from parsers.unreadable import Unreadable
from tests.unit.legacy_files import excel_4, word_95
from tests.unit.ooxml_files import packed
from tests.unit.text_samples import odf, odt_cell, odt_table, zipped_odf

RUNNING = '<text:date text:date-value="2026-11-22">2026年11月22日</text:date>'
FIXED = '<text:date text:fixed="true" text:date-value="2023-06-09">2023年6月9日</text:date>'
XLSB = packed({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01\x00"})


def sheet(formula: str) -> bytes:
    cell = (
        f'<table:table-cell table:formula="{formula}" office:value-type="float"'
        ' office:value="46000"><text:p>46000</text:p></table:table-cell>'
    )
    table = f'<table:table table:name="a"><table:table-row>{cell}</table:table-row></table:table>'
    return zipped_odf(odf(table, "spreadsheet"), "spreadsheet")


def test_todays_date_in_a_field_is_left_out_and_a_fixed_one_stays():
    data = zipped_odf(odf(odt_table(odt_cell(RUNNING), odt_cell(FIXED))))
    document = read_converted(data, "odt")
    assert [cell.text for cell in document.tables[0].cells] == ["", "2023年6月9日"]
    assert document.flags == {"converted", "computed-left-out"}


@pytest.mark.parametrize("formula", ["of:=TODAY()", "of:=NOW()+1", "of:=IF(1;RAND();2)"])
def test_a_formula_that_gives_another_result_each_time_has_none(formula):
    (cell,) = read_converted(sheet(formula), "ods").tables[0].cells
    assert (cell.text, cell.number) == ("", None)
    assert "no-cached-value" in cell.flags


def test_another_formula_keeps_its_result():
    (cell,) = read_converted(sheet("of:=[.A1]+1"), "ods").tables[0].cells
    assert cell.text == "46000"


@pytest.mark.parametrize("data", [zipped_odf(odf("")), b"", b"PK\3\4", sheet("of:=1")])
def test_a_result_that_holds_nothing_is_no_reading(data):
    with pytest.raises(Unreadable, match="damaged"):
        read_converted(data, "odt")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (word_95(["甲"], []), "表.doc", "doc"),
        (word_95(["甲"], []), "表.wps", "doc"),
        (excel_4([("甲",)]), "表.xls", "xls"),
        (XLSB, "表.xlsx", "xlsb"),
    ],
)
def test_a_legacy_file_is_known_by_its_content_and_asks_for_libreoffice(data, name, kind):
    assert sniff(data, name) == kind
    (file,) = read_file(data, name)
    assert file.detail.startswith(NEEDED)
    assert legacy_of(file) == LEGACIES[kind]


@pytest.mark.parametrize("data", [word_95(["甲"], [], locked=True), word_95(["甲"], [])[:3000]])
def test_a_locked_or_broken_legacy_file_asks_for_nothing(data):
    (file,) = read_file(data, "表.doc")
    assert file.problem in {"encrypted", "damaged"}
    assert legacy_of(file) is None
