"""How fast .doc files open: by our own reader, and those of before Office 97 by LibreOffice.

Run as `python -m tests.bench.legacy --files 100 --cold 10`: one table.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.reading.children import ReadingPool
from bot.reading.converting import arguments, begin, convert, furnish
from bot.reading.warm import WarmOffice
from parsers.legacy import LEGACIES
from tests.draw import papers
from tests.unit.legacy_files import word_95

HOW = LEGACIES["doc"]


def main():
    """Print files a second for each way, and how many times as fast as one call a file."""
    options = _options()
    old = [_old(number) for number in range(options.files)]
    rows = [
        ("our own reader, .doc of Word 97 to 2003", *_own(options.files)),
        ("one soffice --convert-to a file", *_each(old[: options.cold], convert_alone)),
        ("a LibreOffice kept warm (the product)", *_warm(old)),
        ("one soffice --convert-to for all", *_at_once(old)),
    ]
    alone = rows[1][1] / rows[1][2]
    table = Table("", "files", "files/s", "ratio", box=None)
    for what, files, seconds in rows:
        rate = files / seconds
        table.add_row(what, str(files), f"{rate:.2f}", f"{rate / alone:.1f}")
    Console().print(table)


def convert_alone(data):
    """Convert as a single file is."""
    return convert(data, HOW)


def _warm(files):
    office = WarmOffice()
    try:
        return _each(files, lambda data: office.convert(data, HOW))
    finally:
        office.close()


def _each(files, opener):
    began = time.monotonic()
    for data in files:
        opener(data)
    return len(files), time.monotonic() - began


def _at_once(files):
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        names = [room / f"{number}.doc" for number in range(len(files))]
        for name, data in zip(names, files, strict=True):
            name.write_bytes(data)
        furnish(room)
        began = time.monotonic()
        begin(room, [*arguments(room, room, HOW)[:-1], *map(str, names)]).wait()
        made = len(list((room / "out").iterdir()))
        return made, time.monotonic() - began


def _own(count):
    """Read .doc files that LibreOffice saved, in one child as the product does."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        (room / "form.docx").write_bytes(papers.statistics("赤峰市科学技术局"))
        save = ["soffice", f"-env:UserInstallation={(room / 'p').as_uri()}", "--headless"]
        save += ["--convert-to", "doc:MS Word 97", "--outdir", str(room), str(room / "form.docx")]
        subprocess.run(save, check=True, capture_output=True)
        with ReadingPool(1) as pool:
            pool.read_file(room / "form.doc", "统计表.doc")
            began = time.monotonic()
            for _ in range(count):
                (file,) = pool.read_file(room / "form.doc", "统计表.doc")
            assert file.document is not None
            return count, time.monotonic() - began


def _old(number):
    rows = [(f"内容{row}", str(number + row), "备注") for row in range(25)]
    return word_95(["情况统计表", f"填报单位：第{number}单位"], rows)


def _options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--cold", type=int, default=10)
    return parser.parse_args()


if __name__ == "__main__":
    main()
