"""A form inserted into a Word file as an object, or attached to a PDF, is found in it."""

from __future__ import annotations

import io
import struct

import docx
import pypdfium2
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from parsers.embedded import LARGEST, MOST, embedded
from parsers.mail import Mail, Party
from parsers.message.files import read_file
from rules.judging.evidence import gather
from tests.draw import papers
from tests.unit.drawn_files import Drawn, pdf
from tests.unit.ole_files import compound
from tests.unit.test_judge import decide, mail

HOME = papers.campaign()
FORM = papers.statistics("赤峰市科学技术局")


def letter(*objects: tuple[str, bytes, str], said: str = "现将统计表报送贵厅。") -> bytes:
    """Write a letter in Word with objects: the part's name, its bytes, its relationship."""
    page = docx.Document()
    page.add_paragraph(said)
    for name, data, kind in objects:
        uri = PackURI(f"/word/embeddings/{name}")
        part = Part(uri, "application/octet-stream", data, page.part.package)
        page.part.relate_to(part, kind)
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


def native(name: str, data: bytes) -> bytes:
    """Wrap a file as Word's Packager does."""
    label = name.encode("gb18030") + b"\0"
    path = b"C:\\" + label
    head = struct.pack("<H", 2) + label + path + b"\0\0\3\0" + struct.pack("<I", len(path)) + path
    body = head + struct.pack("<I", len(data)) + data
    return compound({"\x01Ole10Native": struct.pack("<I", len(body)) + body})


def object_of(data: bytes, name: str = "oleObject1.bin"):
    return (name, data, RELATIONSHIP_TYPE.OLE_OBJECT)


def seen(data: bytes, name: str = "报送函.docx"):
    mail = Mail(None, "", Party("", "a@example.cn"), files=tuple(read_file(data, name)))
    evidence = gather(mail, (HOME,), frozenset())
    (piece,) = [piece for piece in evidence.pieces if piece.reading]
    return piece, [(file.name, file.path) for file in piece.files]


@pytest.mark.parametrize(
    ("inserted", "name"),
    [
        (("Microsoft_Word1.docx", FORM, RELATIONSHIP_TYPE.PACKAGE), "Microsoft_Word1.docx"),
        (object_of(native("统计表.docx", FORM)), "统计表.docx"),
        (object_of(native("统计表", FORM)), "统计表.docx"),
        (object_of(compound({"Package": FORM})), "oleObject1.docx"),
    ],
)
def test_a_form_inserted_into_its_letter_is_read(inserted, name):
    piece, files = seen(letter(inserted))
    assert piece.reading.get("public").value == 18500
    assert files == [(name, ("报送函.docx",))]


def test_a_form_in_a_form_does_not_count_beside_it():
    outer = docx.Document(io.BytesIO(FORM))
    other = papers.statistics("赤峰市科学技术局", {"public": "1"})
    part = Part(PackURI("/word/embeddings/a.docx"), "x/y", other, outer.part.package)
    outer.part.relate_to(part, RELATIONSHIP_TYPE.PACKAGE)
    stream = io.BytesIO()
    outer.save(stream)
    piece, files = seen(stream.getvalue(), "统计表.docx")
    assert (piece.reading.get("public").value, files) == (18500, [("统计表.docx", ())])


@pytest.mark.parametrize(
    "broken",
    [
        object_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        object_of(native("统计表.docx", FORM)[:2000]),
        object_of(compound({"\x01Ole10Native": b"\xff" * 40})),
        object_of(compound({"Equation Native": b"x" * 600})),
        object_of(b""),
        object_of(FORM + bytes(LARGEST)),
        ("chart.xlsx", FORM, RELATIONSHIP_TYPE.CHART),
    ],
)
def test_what_is_broken_or_no_document_yields_nothing(broken):
    assert list(embedded(letter(broken), "docx")) == []


def portfolio(*files: tuple[str, bytes]) -> bytes:
    """Attach files to a page of text."""
    page = pypdfium2.PdfDocument(pdf(Drawn().text(50, 60, "请用Adobe Reader打开。")))
    for name, data in files:
        page.new_attachment(name).set_data(data)
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


def test_a_form_attached_to_a_pdf_is_read():
    piece, files = seen(portfolio(("照片.jpg", b"\xff\xd8\xff"), ("统计表.docx", FORM)), "函.pdf")
    assert piece.reading.get("public").value == 18500
    assert files == [("统计表.docx", ("函.pdf",))]
    assert list(embedded(portfolio(), "pdf")) == []
    assert list(embedded(b"%PDF-1.7 /EmbeddedFile", "pdf")) == []


def test_no_more_objects_are_opened_than_a_person_inserts():
    many = [object_of(native(f"{n}.docx", FORM), f"oleObject{n}.bin") for n in range(MOST + 5)]
    assert len(list(embedded(letter(*many), "docx"))) == MOST


def test_a_mail_with_a_form_in_its_letter_is_accepted():
    decision = decide(
        mail(*read_file(letter(object_of(native("统计表.docx", FORM))), "报送函.docx"))
    )
    assert (decision.outcome.value, decision.unit.id) == ("accepted", "chifeng")
