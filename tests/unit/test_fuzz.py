"""Damaged copies of filled forms: read, or refused with a reason, and never another value.

`python -m tests.bench.fuzz` does the same at length, through the real child and with witnesses.
"""

from __future__ import annotations

import os
import random
import zlib
from pathlib import Path

import pytest

from parsers.message.files import read_file
from parsers.sniff import sniff
from rules.folder.load import SHIPPED, load_campaigns
from tests.unit.damage import BYTES, DAMAGES, hit, values_of

FORMS = Path(__file__).parents[1] / "cases" / "forms"
CAMPAIGNS = load_campaigns(SHIPPED)
COPIES = 400 if os.environ.get("SHOUBIAO_STORY") == "full" else 16
# what a checksum or the binary structure guards: other texts can be made to state anything
GUARDED = ("docx", "xlsx", "odt", "ods", "ofd", "doc", "xls", "zip", "pdf")
OTHERS = ("rtf", "html", "csv", "mhtml", "doc-xml", "xls-xml", "mail", "7z", "rar", "gzip")
PROBLEMS = {"damaged", "encrypted", "too-large", "too-deep", "unsupported", "empty", "disguised"}


def _samples() -> list[tuple[str, Path]]:
    """Return the smallest file of every kind, and a middling one."""
    by_kind: dict[str, list[Path]] = {}
    for path in sorted(FORMS.rglob("*")):
        if (
            path.is_file()
            and path.with_name(f"{path.name}.yaml").exists()
            and path.parent.name != "no-form"
        ):
            by_kind.setdefault(sniff(path.read_bytes(), path.name), []).append(path)
    chosen = []
    for kind in (*GUARDED, *OTHERS):
        paths = sorted(by_kind.get(kind, ()), key=lambda path: path.stat().st_size)
        chosen += [
            (kind, path) for path in dict.fromkeys((*paths[:1], *paths[len(paths) // 2 :][:1]))
        ]
    return chosen


SAMPLES = _samples()


def damaged(kind: str, name: str, data: bytes):
    """Yield copies, damaged in every way that fits the kind."""
    ways = [damage for damage in DAMAGES if damage.fits(kind)]
    for number in range(COPIES):
        chance = random.Random(f"{name} {number}")
        try:
            copy = ways[number % len(ways)].hit(data, chance)
        except (IndexError, zlib.error):
            continue
        if copy != data:
            yield ways[number % len(ways)], copy


@pytest.mark.parametrize(("kind", "path"), SAMPLES, ids=[path.name for _, path in SAMPLES])
def test_a_damaged_copy_is_read_or_refused_with_a_reason(kind, path):
    data = path.read_bytes()
    whole = values_of(_documents(read_file(data, path.name)), CAMPAIGNS)
    assert whole
    guarded = kind in GUARDED and (kind != "pdf" or b"/FlateDecode" in data)
    for way, copy in damaged(kind, path.name, data):
        files = read_file(copy, path.name)
        assert all(file.problem in {None, *PROBLEMS} for file in files)
        if guarded and way.hit in BYTES:
            read = values_of(_documents(files), CAMPAIGNS)
            strange = {k for k, v in read.items() if v[0] != whole.get(k, (None,))[0]}
            assert all(hit(data, copy, whole.get(key, (None, ""))[1]) for key in strange)


def _documents(files):
    return [file.document for file in files if file.document is not None]


def test_every_kind_that_is_sent_has_a_sample():
    assert {kind for kind, _ in SAMPLES} >= set(GUARDED)
