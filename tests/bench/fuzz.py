"""Damaged copies of forms through the real reading child: what is refused, what is read, what lies.

Run as `python -m tests.bench.fuzz --copies 500 --seed 1`: a table reader × outcomes. A copy is
"wrong" when a field is found with a value that the whole file does not have, unless the damage hit
the bytes of the value itself, or LibreOffice reads the same value from the damaged copy: then the
copy really states it ("restated"). `--keep D` keeps the copies that are wrong or end a child.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.reading.children import ReadingFailed, ReadingPool
from parsers.charsets import decode_raw
from parsers.formats import read_document
from parsers.unreadable import Unreadable
from rules.folder.load import SHIPPED, load_campaigns
from tests.bench.fuzz_samples import convert, samples
from tests.unit.damage import BYTES, DAMAGES, Values, hit, values_of

STDERR = Console(stderr=True, soft_wrap=True)
CAMPAIGNS = load_campaigns(SHIPPED)
OUTCOMES = ("same", "refused", "fewer", "restated", "wrong", "limit", "crash")
WITNESS = {
    **dict.fromkeys(("doc", "rtf", "docx", "odt", "fodt", "doc-xml", "html"), "odt"),
    **dict.fromkeys(("xls", "xlsx", "ods", "fods", "xls-xml", "csv"), "ods"),
}


@dataclass
class Tally:
    """What became of the copies of one kind."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    slowest: float = 0.0


@dataclass
class Bench:
    """The pool, a room for files, and the witness."""

    pool: ReadingPool
    room: Path
    keep: Path | None
    witnessed: bool = True

    def read(self, data: bytes, name: str):
        """Return the documents of a file as the real child reads them, and its refusals."""
        path = self.room / "copy"
        path.write_bytes(data)
        files = self.pool.read_file(path, name)
        documents = [file.document for file in files if file.document is not None]
        return documents, [f"{f.problem}: {f.detail}".strip(": ") for f in files if f.problem]

    def outcome(self, whole: Values, kind: str, name: str, pair: tuple[bytes, bytes]):
        """Return the outcome of one copy and what is to be said of it."""
        try:
            documents, refusals = self.read(pair[1], name)
        except ReadingFailed as failure:
            limit = failure.cause in {"timeout", "out of memory"} or "signal 14" in failure.cause
            return ("limit" if limit else "crash"), failure.cause
        now = values_of(documents, CAMPAIGNS)
        if now == whole:
            return "same", ""
        strange = {key: now[key] for key in now if now[key][0] != whole.get(key, (None,))[0]}
        if strange:
            return self._judged(strange, whole, kind, pair)
        return ("refused", refusals[0]) if refusals and not now else ("fewer", "")

    def _judged(self, strange: Values, whole: Values, kind: str, pair: tuple[bytes, bytes]):
        told = "; ".join(f"{k[1]}={v[0]!r} (was {whole.get(k)})" for k, v in strange.items())
        left = {key for key in strange if not hit(*pair, whole.get(key, (None, ""))[1])}
        if left and kind in {"pdf", "csv"}:
            text = _shown_by_poppler(self.room, pair[1]) if kind == "pdf" else _decoded(pair[1])
            left = {key for key in left if "".join(strange[key][1].split()) not in text}
        elif left and self.witnessed and kind in WITNESS:
            seen = self._seen_by_libreoffice(kind, pair[1])
            left = {key for key in left if key not in seen or seen[key][0] != strange[key][0]}
        return ("wrong" if left else "restated"), told

    def _seen_by_libreoffice(self, kind: str, data: bytes) -> Values:
        wanted = WITNESS[kind]
        made = convert(
            self.room, data, {"doc-xml": "xml", "xls-xml": "xml"}.get(kind, kind), wanted
        )
        if made is None:
            return {}
        try:
            return values_of([read_document(made, wanted)], CAMPAIGNS)
        except Unreadable:
            return {}


def _shown_by_poppler(room: Path, data: bytes) -> str:
    """Return a PDF's text without blanks as another library reads it."""
    (room / "copy.pdf").write_bytes(data)
    command = ["pdftotext", "-layout", str(room / "copy.pdf"), "-"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    return "".join(done.stdout.decode("utf-8", "replace").split())


def _decoded(data: bytes) -> str:
    """Return a CSV's text without blanks: what stands there is stated."""
    return "".join(decode_raw(data).split())


def run(bench: Bench, chosen, copies: int, seed: int) -> dict[str, Tally]:
    """Damage every sample so many times."""
    tallies: dict[str, Tally] = {}
    for kind, name, data in chosen:
        whole = values_of(bench.read(data, name)[0], CAMPAIGNS)
        tally = tallies.setdefault(kind, Tally())
        hits = [damage for damage in DAMAGES if damage.fits(kind)]
        hits += [d for d in hits if d.hit not in BYTES] * 4
        for number in range(copies):
            chance = random.Random(f"{seed} {name} {number}")
            damage = chance.choice(hits)
            try:
                copy = damage.hit(data, chance)
            except (IndexError, zlib.error):
                continue
            if copy == data:
                continue
            started = time.monotonic()
            outcome, told = bench.outcome(whole, kind, name, (data, copy))
            took = time.monotonic() - started
            tally.counts[outcome] += 1
            tally.seconds += took
            tally.slowest = max(tally.slowest, took)
            tally.reasons[told if outcome == "refused" else outcome] += 1
            _note(bench, outcome, f"{number}-{damage.name}-{name}", copy, told)
    return tallies


def _note(bench: Bench, outcome: str, name: str, copy: bytes, told: str) -> None:
    if outcome in {"wrong", "limit", "crash"}:
        STDERR.print(f"{outcome} {name}: {told[:300]}", markup=False, highlight=False)
        if bench.keep:
            (bench.keep / f"{outcome}-{name}").write_bytes(copy)


def show(tallies: dict[str, Tally]) -> None:
    """Print reader × outcomes."""
    table = Table("reader", *OUTCOMES, "mean ms", "slowest s", title="damaged copies")
    for kind, tally in sorted(tallies.items()):
        total = max(1, sum(tally.counts.values()))
        cells = [str(tally.counts[outcome]) for outcome in OUTCOMES]
        table.add_row(kind, *cells, f"{1000 * tally.seconds / total:.0f}", f"{tally.slowest:.1f}")
    Console(width=110).print(table)


def main() -> int:
    """Fuzz, print, and fail when a value is wrong or a child died."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--copies", type=int, default=200, help="of each sample")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="kinds, parted by commas")
    parser.add_argument("--keep", type=Path, help="where to keep copies that are wrong")
    parser.add_argument("--no-witness", action="store_true", help="do not ask LibreOffice")
    asked = parser.parse_args()
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room, ReadingPool(1) as pool:
        bench = Bench(pool, Path(room), asked.keep, not asked.no_witness)
        chosen = [
            sample
            for sample in samples(Path(room))
            if not asked.only or sample[0] in asked.only.split(",")
        ]
        tallies = run(bench, chosen, asked.copies, asked.seed)
    show(tallies)
    return 1 if any(t.counts["wrong"] + t.counts["crash"] for t in tallies.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
