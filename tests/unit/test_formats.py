"""Every reader is in the registry, and no damage makes one raise anything but Unreadable."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers.formats
import parsers.marking
from parsers.document import Document, Place
from parsers.formats import HAS_READER, READERS, read_document
from parsers.marking import MARKERS, Mark, mark
from parsers.message.files import read_file
from parsers.unreadable import Unreadable
from tests.unit.ole_files import Word, record, wide
from tests.unit.ole_files import book as legacy_book
from tests.unit.ooxml_files import book, document, p, t, tbl, tc, tr
from tests.unit.test_sniff import macros

PROBLEMS = {"damaged", "encrypted", "too-large", "unsupported"}
FORM = document(tbl(*(tr(tc(p(t(f"内容{n}"))), tc(p(t(str(n))))) for n in range(30))))
SHEET = book("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 30)))
WORD = Word().run("内容").end().cell("数量").cell("36").row(0, 1000, 2000).file()
CELL = record(0x204, bytes(6) + wide("内容"))
SAMPLES = {"doc": WORD, "xls": legacy_book(CELL * 20), "docx": FORM, "xlsx": SHEET}
PLACES = {"docx": Place(table=1, row=2, column=2), "xlsx": Place(sheet="Sheet1", ref="A2")}


def test_the_registry_of_readers_is_the_folder():
    folder = Path(parsers.formats.__file__).parent
    files = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert {reader.read.__module__.rpartition(".")[2] for reader in READERS} == files
    assert {reader.kind for reader in READERS} == HAS_READER


def test_each_marker_has_a_file_and_a_reader():
    folder = Path(parsers.marking.__file__).parent
    assert all((folder / f"{marker.kind}.py").exists() for marker in MARKERS)
    assert {marker.kind for marker in MARKERS} <= HAS_READER


@pytest.mark.parametrize(("name", "kind"), [("表.docm", "docm"), ("表.dotm", "docm")])
def test_a_document_with_macros_is_read_like_one_without(name: str, kind: str):
    (file,) = read_file(macros(), name)
    assert (file.kind, file.problem) == (kind, None)
    assert file.document is not None
    assert "macros" in file.document.flags


def test_an_unknown_kind_is_unsupported():
    with pytest.raises(Unreadable, match="unsupported"):
        read_document(FORM, "dwg")


def _answer(data: bytes, kind: str) -> Document | str:
    try:
        return read_document(data, kind)
    except Unreadable as unreadable:
        return unreadable.problem


@pytest.mark.parametrize("kind", sorted(SAMPLES))
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), share=st.floats(0, 1))
def test_a_cut_or_flipped_file_is_read_or_typed(kind: str, seed: int, share: float):
    chance = random.Random(seed)
    data = bytearray(SAMPLES[kind])
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    for broken in (bytes(data), bytes(data[: int(share * len(data))])):
        answer = _answer(broken, kind)
        assert isinstance(answer, Document) or answer in PROBLEMS
        marked = mark(broken, kind, [Mark(PLACES.get(kind, PLACES["docx"]), "x")])
        assert marked is None or isinstance(read_document(marked, kind), Document)


@pytest.mark.parametrize("kind", sorted(SAMPLES))
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200))
def test_noise_is_typed(kind: str, data: bytes):
    assert _answer(data, kind) in PROBLEMS
    assert _answer(b"PK\x03\x04" + data, kind) in PROBLEMS


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_well_formed_but_shuffled_form_is_read_or_typed(seed: int):
    """Elements in wrong places, as broken programs write them."""
    chance = random.Random(seed)
    pieces = [
        *("<w:tbl>", "<w:tr>", "<w:tc>", "<w:p>", "<w:r>", "<w:sdt>", "<w:sdtContent>"),
        *("<w:ins>", "<w:del>", "<w:smartTag>", "<w:pPr>", "<w:tcPr>", "<w:txbxContent>"),
    ]
    opened: list[str] = []
    body = ""
    for _ in range(60):
        if opened and chance.random() < 0.4:
            body += opened.pop().replace("<", "</")
        elif chance.random() < 0.5:
            opened.append(chance.choice(pieces))
            body += opened[-1]
        else:
            body += chance.choice(("<w:t>1</w:t>", "<w:vMerge/>", '<w:gridSpan w:val="-3"/>'))
    body += "".join(tag.replace("<", "</") for tag in reversed(opened))
    answer = _answer(document(body), "docx")
    assert isinstance(answer, Document)
