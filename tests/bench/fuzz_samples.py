"""Filled forms in every format there is a reader for, saved by LibreOffice or drawn here."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from rules.folder.load import SHIPPED, load_campaign
from rules.reader.fill_form import fill_form
from tests.draw.papers import PROJECT, STATISTICS, statistics_sheet
from tests.unit.drawn_files import Drawn, ofd
from tests.unit.text_samples import excel_2003

if TYPE_CHECKING:
    from pathlib import Path

WORD = {
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "odt": "odt",
    "fodt": "fodt",
    "pdf": "pdf:writer_pdf_Export",
    "html": "html:HTML (StarWriter):EmbedImages",
    "doc-xml": "xml:MS Word 2003 XML",
}
CALC = {
    "xls": "xls:MS Excel 97",
    "ods": "ods",
    "fods": "fods",
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1",
    "html": "html:HTML (StarCalc)",
    "pdf": "pdf:calc_pdf_Export",
}
ENDINGS = {"doc-xml": "doc", "xls-xml": "xls", "fodt": "fodt", "fods": "fods"}
UNIT = "赤峰市科学技术局"


def samples(room: Path) -> list[tuple[str, str, bytes]]:
    """Return (kind, name, bytes) of every sample; `room` is where LibreOffice works."""
    house = load_campaign(SHIPPED / "2023-neimenggu")
    words = {
        "table": fill_form(house, house.forms["statistics"], {"reporter": UNIT, **STATISTICS}),
        "pairs": fill_form(house, house.forms["project"], PROJECT),
    }
    sheet = statistics_sheet(UNIT)
    found = [("docx", f"{name}.docx", data) for name, data in words.items()]
    found += [("xlsx", "sheet.xlsx", sheet), ("ofd", "table.ofd", _drawn())]
    found += [("xls-xml", "sheet.xls", _excel_2003())]
    for kind, wanted in WORD.items():
        for name, data in words.items():
            found.append((kind, *_saved(room, f"{name}.docx", data, kind, wanted)))
    for kind, wanted in CALC.items():
        found.append((kind, *_saved(room, "sheet.xlsx", sheet, kind, wanted)))
    docx = words["table"]
    found += [("zip", "table.zip", _zipped(docx)), ("eml", "table.eml", _mailed(docx))]
    return sorted(found)


def _saved(room: Path, name: str, data: bytes, kind: str, wanted: str) -> tuple[str, bytes]:
    stem, _, ending = name.partition(".")
    made = convert(room, data, ending, wanted)
    if made is None:
        raise SystemExit(f"soffice did not write {wanted}")
    return f"{stem}.{ENDINGS.get(kind, kind)}", made


def convert(
    room: Path, data: bytes, ending: str, wanted: str, *, seconds: int = 90
) -> bytes | None:
    """Let LibreOffice save a file as something else; None when it wrote nothing."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit("soffice is not installed: apt-get install libreoffice-writer-nogui …")
    out = room / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    (room / f"form.{ending}").write_bytes(data)
    command = [
        *(soffice, f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless"),
        *("--convert-to", wanted, "--outdir", str(out), str(room / f"form.{ending}")),
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=seconds)
    except subprocess.SubprocessError:
        return None
    made = next(out.iterdir(), None)
    return made.read_bytes() if made else None


def _rows() -> list[tuple[str, ...]]:
    """Return the title and the rows of the 统计表."""
    form = load_campaign(SHIPPED / "2023-neimenggu").forms["statistics"]
    fields = [field for field in form.fields if field.column == "数量"]
    rows = [(f"{field.label}（{field.unit}）", STATISTICS[field.key], "") for field in fields]
    return [(form.title,), (f"填报单位：{UNIT}",), ("内容", "数量", "备注"), *rows]


def _drawn() -> bytes:
    (title,), (unit,), *rows = _rows()
    page = Drawn().text(120, 60, title, 12).text(80, 84, unit)
    return ofd(page.table(80, 100, (200, 100, 100), rows))


def _excel_2003() -> bytes:
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    rows = ("".join(map(cell.format, row)) for row in _rows())
    return excel_2003("".join(f"<Row>{row}</Row>" for row in rows))


def _zipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("材料/统计表.docx", data)
    return buffer.getvalue()


def _mailed(data: bytes) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "a@example.cn", "b@example.cn", "报送"
    mail.set_content("请查收。")
    mail.add_attachment(
        data, maintype="application", subtype="octet-stream", filename="统计表.docx"
    )
    return mail.as_bytes()
