"""Filled copies of one form in the formats of a storm, each with its clerk's unit and numbers."""

from __future__ import annotations

import io
import itertools
import zipfile
from pathlib import Path

from rules.folder.load import SHIPPED, load_campaigns
from rules.form import FieldType
from rules.reader.fill_form import fill_form
from tests.draw import papers

CORPUS = Path(__file__).parents[1] / "cases/forms/2023-neimenggu"
NUMBERS = {FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY}
UNIT_MARK = "UNITMARK"  # in letters that no writer of XML turns into entities
TOLD = {"word/document.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"}
# what only another program can write: files of the corpus, of units on the shipped roster
DRAWN = {
    "doc": ("nm-rows-added-doc.doc", "nm-measures-doc.doc", "nm-cover-doc.doc"),
    "pdf": ("nm-pdf.pdf", "nm-cover-pdf.pdf", "nm-numbered-pdf.pdf", "nm-colons-pdf.pdf"),
    "scan": ("nm-scan.jpg", "nm-photo.jpg", "nm-scanned-pdf.pdf"),
}


class Copies:
    """An office zip filled in with marks, in whose places a clerk's words and numbers are put."""

    def __init__(self, filled, marks):
        self._marks = marks
        with zipfile.ZipFile(io.BytesIO(filled)) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}

    def of(self, unit, dice):
        """Return the file of one clerk."""
        words = {UNIT_MARK: unit}
        for key, mark in self._marks.items():
            low, high = (1000, 9000) if key == "participants" else (0, 900)
            words[mark] = str(dice.randrange(low, high))
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self._parts.items():
                package.writestr(name, _reworded(content, words) if name in TOLD else content)
        return file.getvalue()


def _reworded(content, words):
    text = content.decode()
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text


class Papers:
    """The files of all formats; `of` returns a name and bytes."""

    def __init__(self, campaign):
        form = campaign.forms["statistics"]
        counted = [field.key for field in form.fields if field.type in NUMBERS]
        marks = {key: f"{90000 + place}" for place, key in enumerate(counted)}
        document = fill_form(campaign, form, {**marks, "reporter": UNIT_MARK})
        self._copies = {
            "docx": Copies(document, marks),
            "xlsx": Copies(papers.statistics_sheet(UNIT_MARK, marks), marks),
        }
        files = {kind: [CORPUS / name for name in names] for kind, names in DRAWN.items()}
        self._drawn = {kind: itertools.cycle(paths) for kind, paths in files.items()}

    def of(self, kind, unit, dice):
        """Return one clerk's file of a kind."""
        if kind in self._drawn:
            path = next(self._drawn[kind])
            return f"统计表{path.suffix}", path.read_bytes()
        if kind == "zip":
            name = f"{unit}统计表.docx"
            return f"{unit}.zip", papers.zipped({name: self._copies["docx"].of(unit, dice)})
        return f"{unit}统计表.{kind}", self._copies[kind].of(unit, dice)


def drawn_units():
    """Return id and name of the units that the corpus's files are of."""
    shipped = next(c for c in load_campaigns(SHIPPED) if c.id == CORPUS.name)
    return [(unit.id, unit.name) for unit in shipped.roster.units]
