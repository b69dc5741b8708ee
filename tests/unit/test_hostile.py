"""Hostile files through the real reading child: a typed answer within its limits; it goes on."""

from __future__ import annotations

import pytest

from bot.reading.children import ReadingPool
from tests.unit.hostile_files import HOSTILE
from tests.unit.ooxml_files import document, p, t

MEMORY_MB = 512
DAMAGED = {
    *("says-100-bytes-is-64-MiB.docx", "laughs.docx", "outside.docx", "laughs-in-utf-16.docx"),
    *("tables-in-tables.docx", "laughs.xlsx", "circle-of-sectors.doc", "too-many-sectors.doc"),
    *("laughs.fodt", "sections-in-sections.odt", "groups-in-groups.rtf", "binary-of-2-GiB.rtf"),
    *("tables-in-tables.html", "quotes.csv", "dictionaries-in-dictionaries.pdf"),
    *("pages-in-a-circle.pdf", "laughs.ofd"),
}
UNSUPPORTED = {"arrays-in-arrays.pdf", "page-of-nothing.pdf"}
READ = {
    *("tables-40-deep.docx", "styles-in-a-circle.docx", "40000-long-rows.xlsx"),
    *("wrong-dimension.xlsx", "the-last-cell.xlsx", "half-a-million-empty-rows.xlsx"),
    *("merged-everything.xlsx", "cells-at-nonsense.xlsx", "divs-in-divs.html"),
}
INSIDE = {  # a container opens, what is in it is refused
    "all-on-the-same-bytes.zip": "too-large",
    "zips-in-zips.zip": "too-deep",
    "tar-of-8-GiB.tar.gz": "too-large",
    "gzip-of-256-MiB.gz": "too-large",
    "xz-with-a-dictionary-of-3-GiB.xz": "too-large",
    "mails-in-mails.eml": "too-deep",
}


@pytest.fixture(scope="module")
def pool():
    with ReadingPool(1, 30, MEMORY_MB) as pool:
        yield pool


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.docx"
    path.write_bytes(document(p(t("参加单位"))))
    return path


def expected(name: str) -> str | None:
    if name in READ:
        return None
    if name in DAMAGED | UNSUPPORTED:
        return "damaged" if name in DAMAGED else "unsupported"
    return INSIDE.get(name, "too-large")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_has_a_typed_answer_within_the_childs_limits(pool, good, tmp_path, name):
    path = tmp_path / "file"
    path.write_bytes(HOSTILE[name]())
    pool.peak_mb()
    files = pool.read_file(path, name)
    assert pool.peak_mb() <= MEMORY_MB
    asked = files if name in INSIDE else files[:1]
    assert expected(name) in {file.problem for file in asked}
    assert all(file.problem is None or file.document is None for file in files)
    assert pool.read_file(good, "good.docx")[0].document is not None


def test_every_name_in_the_lists_is_one_of_the_files():
    assert (DAMAGED | UNSUPPORTED | READ | set(INSIDE)) <= set(HOSTILE)


def test_no_reference_out_of_a_file_is_followed(pool, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(HOSTILE["outside.docx"]())
    (file,) = pool.read_file(path, "outside.docx")
    assert (file.document, file.problem) == (None, "damaged")
