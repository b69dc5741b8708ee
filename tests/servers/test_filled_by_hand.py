"""Both forms filled in as people do it in LibreOffice: retyped, rows added, cells merged, saved.

A real soffice opens and saves every file, so that the XML that is read is LibreOffice's own.
"""

# ruff: noqa: E501 - tables of what people write, a row a line

from __future__ import annotations

import copy
import io
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import docx
import pytest
from docx.shared import Mm
from openpyxl import Workbook

from tests.draw import papers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.table import Table

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
WORD, EXCEL = "docx:MS Word 2007 XML", "xlsx:Calc MS Excel 2007 XML"
STATISTICS = {
    "reporter": "赤峰市科学技术局", "units": 36, "participants": 1200, "scientists": 130,
    "public": 18500, "leaflets": 12000, "consultations": 860, "village_visits": 24,
    "farm_supplies": 35000, "free_clinics": 420, "diagnoses": 6, "boards": 58,
    "galleries": 120.5, "bases": 9, "medicines": 8600, "courses": 15, "lectures": 11,
    "films": 7, "messages": 30000, "trainees": 1350, "tv_features": 3, "services": 42,
    "vehicles": 8, "machines": 26,
}  # fmt: skip
PROJECT = {
    "name": "“防灾减灾”科普大集", "organiser": "赤峰市科学技术局",
    "authority": "内蒙古自治区科学技术厅", "venue": "市民广场",
    "period": "2023-05-20/2023-05-23", "leader": "李建华", "contact": "刘思雨",
    "address": "新城区科技路18号", "postcode": "024000", "phone": "0476-8330000", "fax": None,
    "email": "chifeng@kepu.example.cn", "budget": 50000, "participants": 800,
    "summary": papers.PROJECT["summary"],
}  # fmt: skip
EXTRA = [["线上直播", 4, "场"], ["科普微视频", 12, "部"]]


@dataclass(frozen=True)
class Filled:
    """One file as a person leaves it, the formats it is saved through, and what it says."""

    data: bytes
    through: tuple[str, ...]
    says: dict[str, object]
    extra: list[list[object]] = field(default_factory=list)


def statistics(
    *changes: Callable, through: tuple[str, ...] = (), says=None, extra=(), values=None
) -> Filled:
    data = papers.statistics("赤峰市科学技术局", values)
    for change in changes:
        data = papers.edited(data, change)
    return Filled(data, ("docx", *through, "docx"), STATISTICS | (says or {}), list(extra))


def project(*changes: Callable, through: tuple[str, ...] = (), says=None, values=None) -> Filled:
    data = papers.project(values)
    for change in changes:
        data = papers.edited(data, change)
    return Filled(data, ("docx", *through, "docx"), PROJECT | (says or {}))


def relabelled(**labels: str) -> Callable:
    """Retype labels in the first table, each over the cell it begins."""

    def change(page):
        for row in page.tables[0].rows:
            for cell in row.cells:
                bare = "".join(cell.text.split())
                for old, new in labels.items():
                    if bare.startswith(old):
                        cell.text = new

    return change


def widened(page) -> None:
    table = page.tables[0]
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, (20, 90, 40, 30), strict=False):
            cell.width = Mm(width)


def split_over_two_tables(page) -> None:
    """Cut the table in two after its tenth row, as a page break by hand does."""
    table = page.tables[0]._tbl
    second = copy.deepcopy(table)
    for row in list(table.tr_lst)[10:]:
        table.remove(row)
    for row in list(second.tr_lst)[:10]:
        second.remove(row)
    table.addnext(second)
    table.addnext(copy.deepcopy(page.paragraphs[-1]._p if page.paragraphs else second))


def unit_inside_the_table(page) -> None:
    """Put 填报单位 into a merged first row of the table."""
    line = next(p for p in page.paragraphs if p.text.startswith("填报单位"))
    table: Table = page.tables[0]
    row = table.add_row()
    table._tbl.remove(row._tr)
    table.rows[0]._tr.addprevious(row._tr)
    row.cells[0].merge(row.cells[2]).text = line.text
    line._p.getparent().remove(line._p)


def numbered(page) -> None:
    """Add a 序号 column at the left."""
    table: Table = page.tables[0]
    for number, tr in enumerate(table._tbl.tr_lst):
        cell = copy.deepcopy(tr.tc_lst[0])
        for text in cell.iter(docx.oxml.ns.qn("w:t")):
            text.text = "序号" if number == 0 else ""
        first = next(iter(cell.iter(docx.oxml.ns.qn("w:t"))), None)
        if first is not None and number:
            first.text = str(number)
        tr.tc_lst[0].addprevious(cell)


def remarks_merged(page) -> None:
    """Merge the remarks of two rows and write across them."""
    table: Table = page.tables[0]
    joined = table.cell(4, 2).merge(table.cell(5, 2))
    joined.text = "含旗县区数据"


def with_a_cover(page) -> None:
    first = page.paragraphs[0]
    for text in (
        "关于报送2023年科技活动周情况统计表的函",
        "自治区科学技术厅：",
        "现将我市情况统计表报上，请查收。",
    ):
        first.insert_paragraph_before(text)


def sheet(style: str) -> bytes:
    """Type the 统计表 into a new workbook the way three different people do."""
    form = papers.campaign().forms["statistics"]
    book = Workbook()
    page = book.active
    page.append([form.title])
    page.append([None])
    page.append(
        ["填报单位：", "赤峰市科学技术局"] if style == "beside" else ["填报单位：赤峰市科学技术局"]
    )
    heads = (
        ["序号", "内容", "单位", "数量", "备注"]
        if style == "numbered"
        else ["内容", "数量", "备注"]
    )
    page.append(heads)
    rows = [f for f in form.fields if f.column == "数量"]
    for number, row in enumerate(rows, start=1):
        value = STATISTICS[row.key]
        remark = "其中:科技人员 130人" if row.key == "participants" else None
        label = row.label if style == "numbered" else f"{row.label}({row.unit})"
        shown = f"{value:,}" if style == "texts" and isinstance(value, int) else value
        page.append(
            [number, label, row.unit, shown, remark]
            if style == "numbered"
            else [label, shown, remark]
        )
    for label, value, unit in EXTRA:
        page.append(
            [len(rows), label, unit, value]
            if style == "numbered"
            else [f"{label}（{unit}）", value]
        )
    page.append(["说明", "可自行增加相关项目"])
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(heads))
    for row in page.iter_rows(min_row=5, max_row=page.max_row):
        for cell in row:
            if isinstance(cell.value, int) and style == "beside":
                cell.number_format = '#,##0"  "'
    return _saved(book)


def project_sheet() -> bytes:
    """Lay the 备案表 out in a workbook, two labels a row, the summary merged across."""
    form = papers.campaign().forms["project"]
    book = Workbook()
    page = book.active
    page.append([form.title])
    values = papers.PROJECT
    page.append(["项目名称", values["name"]])
    pairs = [
        ("organiser", "authority"),
        ("venue", "period"),
        ("leader", "contact"),
        ("address", "postcode"),
        ("phone", "fax"),
        ("email", "budget"),
    ]
    for left, right in pairs:
        page.append(
            [form.field(left).label, values[left], form.field(right).label, values.get(right)]
        )
    page.append(["拟参加人数", 800])
    page.append(["项目简介", values["summary"]])
    for row in (1, 2, page.max_row - 1, page.max_row):
        first = 1 if row == 1 else 2
        page.merge_cells(start_row=row, end_row=row, start_column=first, end_column=4)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


VARIANTS = {
    "statistics-as-printed": statistics(),
    "statistics-retyped-labels": statistics(relabelled(参加单位="参加单位数（个）", 公众参与="参与公众 （人次）", 资料发放="发放资料(份、册)", 培训班="举办培训班（次）", 下乡="下乡(次)", 义诊="义 诊（人次）")),
    "statistics-rows-added": statistics(papers.with_rows(("线上直播 (场)", "4", "观看2.3万人次"), ("科普微视频（部）", "12", "")), extra=EXTRA),
    "statistics-rows-dropped": statistics(papers.without_rows("科普影视", "电视科普宣传栏"), says={"films": None, "tv_features": None}),
    "statistics-wide-columns-through-odt": statistics(widened, through=("odt",)),
    "statistics-wide-columns-through-doc": statistics(widened, through=("doc",), values={"units": "３６", "messages": "3万"}),
    "statistics-two-tables": statistics(split_over_two_tables),
    "statistics-unit-in-the-table": statistics(unit_inside_the_table, widened),
    "statistics-numbered-rows": statistics(numbered),
    "statistics-merged-remarks-through-rtf": statistics(remarks_merged, through=("rtf",)),
    "statistics-under-a-cover-letter": statistics(with_a_cover, papers.with_rows(("线上直播 (场)", "4", ""), ("科普微视频 (部)", "12", "")), extra=EXTRA),
    "project-as-printed": project(),
    "project-retyped-labels-through-odt": project(relabelled(项目名称="活动名称", 主办单位="主 办 单 位", 邮政编码="邮编", 联系电话="联系方式", 活动经费="经费预算"), through=("odt",)),
    "project-wide-columns-through-doc": project(widened, through=("doc",), values={"period": "5月20日至23日", "budget": "50000元"}),
    "project-through-rtf": project(through=("rtf",), values={"participants": "约800人", "phone": "0476—8330000"}),
    "statistics-sheet-texts": Filled(sheet("texts"), ("xlsx", "xlsx"), STATISTICS, EXTRA),
    "statistics-sheet-unit-beside-through-ods": Filled(sheet("beside"), ("xlsx", "ods", "xlsx"), STATISTICS, EXTRA),
    "statistics-sheet-numbered-through-xls": Filled(sheet("numbered"), ("xlsx", "xls", "xlsx"), STATISTICS, EXTRA),
    "project-sheet": Filled(project_sheet(), ("xlsx", "xlsx"), PROJECT),
    "project-sheet-through-ods": Filled(project_sheet(), ("xlsx", "ods", "xlsx"), PROJECT),
}  # fmt: skip


@pytest.fixture(scope="module")
def lines(tmp_path_factory) -> dict[str, dict]:
    """Save every variant with LibreOffice, a batch for each step, then read them all at once."""
    home = tmp_path_factory.mktemp("hand")
    now = {name: home / f"{name}.{filled.through[0]}" for name, filled in VARIANTS.items()}
    for name, path in now.items():
        path.write_bytes(VARIANTS[name].data)
    for step in range(1, max(len(filled.through) for filled in VARIANTS.values())):
        batches: dict[str, list[str]] = {}
        for name, filled in VARIANTS.items():
            if step < len(filled.through):
                batches.setdefault(filled.through[step], []).append(name)
        for kind, names in batches.items():
            out = home / f"{step}-{kind}"
            convert(home, out, kind, [now[name] for name in names])
            now |= {name: out / f"{name}.{kind}" for name in names}
    return dict(zip(now, read(list(now.values())), strict=True))


def convert(home: Path, out: Path, kind: str, files: list[Path]) -> None:
    wanted = {"docx": WORD, "xlsx": EXCEL}.get(kind, kind)
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", wanted, "--outdir", str(out)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180)


def read(files: list[Path]) -> list[dict]:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "read", "--json", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in {0, 1}, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("name", VARIANTS)
def test_every_field_is_read_right_from_what_libreoffice_saved(lines, name):
    line, filled = lines[name], VARIANTS[name]
    values = {row["key"]: row["value"] for row in line["fields"]}
    assert line["form"]["id"] == name.partition("-")[0]
    assert values == filled.says
    assert (line["unit"]["id"], line["unit"]["by"]) == ("chifeng", "form")


@pytest.mark.parametrize("name", VARIANTS)
def test_the_rows_people_added_are_kept_and_no_others(lines, name):
    kept = [[row["label"], row["value"], row["unit"]] for row in lines[name]["extra"]]
    assert kept == VARIANTS[name].extra


@pytest.mark.parametrize("name", VARIANTS)
def test_only_dropped_rows_are_missed(lines, name):
    errors = [f["field"] for f in lines[name]["findings"] if f["severity"] == "error"]
    dropped = [key for key, value in VARIANTS[name].says.items() if value is None and key != "fax"]
    assert errors == dropped
