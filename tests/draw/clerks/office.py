"""What LibreOffice and Chromium save: files of one kind become files of another, in batches."""

# ruff: noqa: E501 - tables of what people write and how it is laid out

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# name of a step: ending, output filter, input filter
FILTERS = {
    "docx": ("docx", "MS Word 2007 XML", None),
    "doc": ("doc", "MS Word 97", None),
    "rtf": ("rtf", "Rich Text Format", None),
    "odt": ("odt", "writer8", None),
    "fodt": ("fodt", "OpenDocument Text Flat XML", None),
    "fods": ("fods", "OpenDocument Spreadsheet Flat XML", None),
    "wordml": ("xml", "MS Word 2003 XML", None),
    "html-writer": ("html", "HTML (StarWriter)", None),
    "xlsx": ("xlsx", "Calc MS Excel 2007 XML", None),
    "xls": ("xls", "MS Excel 97", None),
    "ods": ("ods", "calc8", None),
    "html-calc": ("html", "HTML (StarCalc)", None),
    "pdf": ("pdf", "", None),  # the program that opened it chooses
    "docx-from-html": ("docx", "MS Word 2007 XML", "HTML (StarWriter)"),
    "odt-from-html": ("odt", "writer8", "HTML (StarWriter)"),
    "xlsx-from-html": ("xlsx", "Calc MS Excel 2007 XML", "calc_HTML_WebQuery"),
}
SOFFICE = shutil.which("soffice")


class Office:
    """Saves many files at once: each step of every file in one run of soffice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, files: dict[str, tuple[str, bytes, Sequence[str]]]) -> dict[str, bytes]:
        """Return name → bytes, of name → (first ending, bytes, steps)."""
        now = {name: (ending, data) for name, (ending, data, _) in files.items()}
        for step in range(max((len(steps) for *_, steps in files.values()), default=0)):
            batches: dict[tuple[str, str], list[str]] = defaultdict(list)
            for name, (*_, steps) in files.items():
                if step < len(steps):
                    batches[steps[step], now[name][0]].append(name)
            for number, ((kind, ending), names) in enumerate(batches.items()):
                place = self._folder / f"{step}-{number}"
                saved = self._convert(place, kind, {n: (ending, now[n][1]) for n in names})
                now |= {name: (FILTERS[kind][0], data) for name, data in saved.items()}
        return {name: data for name, (_, data) in now.items()}

    def _convert(
        self, place: Path, kind: str, files: dict[str, tuple[str, bytes]]
    ) -> dict[str, bytes]:
        (place / "in").mkdir(parents=True)
        for name, (ending, data) in files.items():
            (place / "in" / f"{name}.{ending}").write_bytes(data)
        if kind == "chromium-pdf":
            return {name: _printed(place / "in" / f"{name}.html") for name in files}
        ending, output, read_as = FILTERS[kind]
        profile = f"-env:UserInstallation={(self._folder / 'profile').as_uri()}"
        command = [SOFFICE, profile, "--headless", "--norestore"]
        command += [f"--infilter={read_as}"] if read_as else []
        command += [
            "--convert-to",
            f"{ending}:{output}" if output else ending,
            "--outdir",
            str(place / "out"),
        ]
        paths = [str(place / "in" / f"{name}.{old}") for name, (old, _) in files.items()]
        subprocess.run([*command, *paths], check=True, capture_output=True, timeout=600)
        return {name: (place / "out" / f"{name}.{ending}").read_bytes() for name in files}


FILTERS["chromium-pdf"] = ("pdf", "", None)


def _printed(path: Path) -> bytes:
    """Print a page as Chromium does."""
    out = path.with_suffix(".pdf")
    command = [
        shutil.which("chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--user-data-dir={path.parent / 'chromium'}", f"--print-to-pdf={out}", path.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return out.read_bytes()
