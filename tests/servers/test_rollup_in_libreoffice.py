"""The roll-up in a real office suite: formulas come to what is written, charts are drawn."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile

import pytest
from openpyxl import load_workbook

from templates.rollup import render_rollup, render_upward
from tests.unit import letter_samples as samples

_VALUE = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Return the workbook as written, as LibreOffice computes it, and the form as a page."""
    home = tmp_path_factory.mktemp("office")
    view = samples.rollup()
    written = render_rollup(view)
    (home / "book.xlsx").write_bytes(_without_values(written))
    (home / "form.docx").write_bytes(render_upward(view).data)
    _convert(home, "xlsx:Calc MS Excel 2007 XML", "book.xlsx")
    _convert(home, "txt:Text (encoded):UTF8", "form.docx")
    computed = (home / "out" / "book.xlsx").read_bytes()
    return written, computed, (home / "out" / "form.txt").read_text(encoding="utf-8-sig")


def _convert(home, form, name):
    office = shutil.which("soffice")
    assert office, "install libreoffice: workbooks are checked in a real office suite"
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", form, "--outdir", home / "out"]
    subprocess.run([*command, home / name], check=True, capture_output=True, timeout=180)


def _without_values(data):
    """Take out what formulas come to, so that only a program that computes shows it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, _VALUE.sub(rb"\1", old.read(info)))
    return buffer.getvalue()


def test_every_formula_comes_to_the_value_written_beside_it(opened):
    written, computed, _ = opened
    formulas = load_workbook(io.BytesIO(written))
    ours = load_workbook(io.BytesIO(written), data_only=True)
    theirs = load_workbook(io.BytesIO(computed), data_only=True)
    checked = 0
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            said = theirs[sheet.title][cell.coordinate].value
            assert said == pytest.approx(ours[sheet.title][cell.coordinate].value), cell.value
            checked += 1
    assert checked > 150


def test_every_link_and_chart_is_still_there_when_it_is_saved_again(opened):
    written, computed, _ = opened
    before, after = (load_workbook(io.BytesIO(data)) for data in (written, computed))
    assert len(after["图表"]._charts) == len(before["图表"]._charts) == 4
    links = [
        sum(1 for s in b for r in s.iter_rows() for c in r if c.hyperlink) for b in (before, after)
    ]
    assert links[0] == links[1] > 100


def test_the_filled_form_opens_with_its_numbers_where_the_blank_asks_for_them(opened):
    lines = [line.strip() for line in opened[2].splitlines()]
    assert lines[lines.index("线下活动群众参与数量") + 1] == str(3 * 37 * 5)
    assert "31.2万元" in lines
