"""How well pages that are only pictures are read: python -m tests.bench.scans [KIND,…] [SEEDS].

Every shipped form is filled in, printed by LibreOffice, spoiled as scanners, seals and phones do
(`tests/draw/scans.py`), and read through the pool's own processes. The truth is the reading of the
.docx. Prints a line for each kind: fields right, told as unreadable, wrong in silence.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.reading.children import ReadingPool
from parsers.formats import read_document
from rules.campaign import Campaign
from rules.folder.load import SHIPPED, load_campaigns
from rules.reader.fill_form import fill_form
from rules.reading import Reading, Status
from rules.recognise import read_forms
from tests.draw.scanned_answers import answers
from tests.draw.scans import KINDS, to_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.document import Document
    from rules.reading import FieldReading


@dataclass(frozen=True)
class Page:
    """One picture of a filled form, its kind, and what the form says."""

    kind: str
    campaign: Campaign
    picture: bytes
    truth: Reading


def printed(
    campaigns: Sequence[Campaign], seeds: Sequence[int], folder: Path
) -> Iterator[tuple[Campaign, Reading, bytes, int]]:
    """Yield every form filled in, with its reading, as a PDF."""
    filled = {
        f"{campaign.id}-{form.id}-{seed}": (campaign, form, seed)
        for campaign in campaigns
        for form in campaign.forms.values()
        for seed in seeds
    }
    files = {
        name: fill_form(campaign, form, answers(campaign, form, seed))
        for name, (campaign, form, seed) in filled.items()
    }
    pdfs = to_pdf(files, folder)
    for name, (campaign, _, seed) in filled.items():
        yield campaign, _read(read_document(files[name], "docx"), campaign), pdfs[name], seed


def _read(document: Document, campaign: Campaign) -> Reading:
    return read_forms(document, (campaign,))[0].reading


def marked(document: Document | None, page: Page) -> Counter[str]:
    """Count a page's fields by what became of them."""
    found = read_forms(document, (page.campaign,)) if document else ()
    read = {a.key: a for a in found[0].reading.fields} if found else {}
    return Counter(_mark(truth, read.get(truth.key)) for truth in page.truth.fields)


def _mark(truth: FieldReading, read: FieldReading | None) -> str:
    if read is None or read.status is Status.UNREADABLE:
        return "unreadable" if read else "not found"
    if (read.status, _flat(read), read.nil) == (truth.status, _flat(truth), truth.nil):
        return "right"
    return "wrong" if read.status is Status.FOUND else "asked"


def _flat(answer: FieldReading) -> object:
    """Return a value; a picture does not show where its spaces and line breaks were typed."""
    return "".join(answer.value.split()) if isinstance(answer.value, str) else answer.value


def main(kinds: Sequence[str], seeds: Sequence[int]) -> None:
    """Read all forms in all kinds, and print the table."""
    campaigns = load_campaigns(SHIPPED)
    with tempfile.TemporaryDirectory() as room, ReadingPool(1) as pool:
        folder = Path(room)
        forms = list(printed(campaigns, seeds, folder))
        for kind in kinds:
            total, seconds, pages = Counter[str](), 0.0, 0
            for campaign, truth, pdf, seed in forms:
                (picture, *_) = KINDS[kind](pdf, seed)
                (folder / "page").write_bytes(picture)
                begun = time.perf_counter()
                (file,) = pool.read_file(folder / "page", "page")
                seconds, pages = seconds + time.perf_counter() - begun, pages + 1
                total += marked(file.document, Page(kind, campaign, picture, truth))
            print(_line(kind, total, seconds / pages), flush=True)  # noqa: T201 - the figures


def _line(kind: str, total: Counter[str], seconds: float) -> str:
    count = total.total()
    shares = [
        f"{mark} {total[mark]} ({100 * total[mark] / count:.1f} %)"
        for mark in ("right", "unreadable", "wrong", "asked", "not found")
    ]
    return f"{kind:14} {count} fields: {', '.join(shares)}; {seconds:.1f} s a page"


if __name__ == "__main__":
    chosen = sys.argv[1].split(",") if len(sys.argv) > 1 else list(KINDS)
    numbers = [int(seed) for seed in sys.argv[2].split(",")] if len(sys.argv) > 2 else [0, 1]
    main(chosen, numbers)
