"""A PDF's streams and forms, looked at before PDFium opens them: broken, endless, or sound."""

from __future__ import annotations

import zlib

import pytest

from parsers.formats.pdfium.streams import check_streams
from parsers.unreadable import Unreadable
from tests.unit.drawn_files import Drawn, pdf
from tests.unit.hostile_files import forms_in_forms

CONTENT = b"BT /F1 12 Tf (36) Tj ET " * 20


def stream(packed: bytes, number: int = 7, head: bytes = b"") -> bytes:
    return b"%d 0 obj\n<</Filter/FlateDecode%s/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        head,
        len(packed),
        packed,
    )


def form(number: int, calls: bytes, resources: bytes) -> bytes:
    head = b"/Type/XObject/Subtype/Form/Resources<<%s/ProcSet[/PDF/ImageC]>>" % resources
    return stream(zlib.compress(calls), number, head)


def test_a_sound_stream_passes():
    check_streams(b"%PDF-1.6\n" + stream(zlib.compress(CONTENT)))


@pytest.mark.parametrize(
    "packed",
    [
        zlib.compress(CONTENT)[:-9],
        zlib.compress(CONTENT)[:-1] + b"\0",
        zlib.compress(CONTENT)[:20] + bytes(20),
        b"no stream of zlib",
    ],
    ids=["cut", "checksum", "zeroes", "other"],
)
def test_a_broken_stream_is_damaged_for_its_text_would_be_half(packed):
    with pytest.raises(Unreadable, match="damaged"):
        check_streams(b"%PDF-1.6\n" + stream(packed))


def test_a_stream_written_without_its_checksum_is_sound():
    check_streams(b"%PDF-1.6\n" + stream(zlib.compress(CONTENT)[:-4]))


def test_streams_locked_against_printing_are_left_to_pdfium():
    check_streams(pdf(Drawn().text(50, 50, "甲"), password=""))
    check_streams(b"%PDF-1.6\n" + stream(b"locked") + b"trailer\n<</Encrypt 9 0 R>>")


def test_a_picture_is_not_looked_at():
    check_streams(b"%PDF-1.6\n" + stream(b"no stream of zlib", head=b"/Subtype /Image"))


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_forms_that_multiply_are_refused(apart, packed):
    with pytest.raises(Unreadable, match="forms in forms"):
        check_streams(forms_in_forms(8, 10, packed_=packed, apart=apart))


def test_forms_in_forms_of_everyday_pass():
    check_streams(forms_in_forms(3, 20))
    check_streams(forms_in_forms(38, 1))


def test_resources_shared_by_all_may_name_the_form_itself():
    shared = b"/XObject<</A 1 0 R/B 2 0 R>>"
    check_streams(b"%PDF-1.6\n" + form(1, b"/B Do", shared) + form(2, b"0 0 m", shared))
    with pytest.raises(Unreadable, match="draws itself"):
        check_streams(b"%PDF-1.6\n" + form(1, b"/B Do", shared) + form(2, b"/A Do", shared))


def test_resources_in_an_object_stream_are_found():
    inside = b"<</XObject<</F 1 0 R>>>>"
    packed = b"50 0 " + inside
    objects = stream(zlib.compress(packed), 40, b"/Type/ObjStm/N 1/First 5")
    head = b"/Type/XObject/Subtype/Form/Resources 50 0 R"
    itself = stream(zlib.compress(b"/F Do /F Do"), 1, head)
    with pytest.raises(Unreadable, match="draws itself"):
        check_streams(b"%PDF-1.6\n" + objects + itself)


def test_states_saved_and_restored_pass_and_endless_ones_do_not():
    check_streams(b"%PDF-1.6\n" + stream(zlib.compress(b"q 1 0 0 1 0 0 cm Q\n" * 50_000)))
    with pytest.raises(Unreadable, match="graphics states"):
        check_streams(b"%PDF-1.6\n" + stream(zlib.compress(b"q " * 50_000)))


def test_the_words_of_a_text_are_no_operators():
    text = b"(%s) Tj\n" % (b"q" * 30_000)
    check_streams(b"%PDF-1.6\n" + stream(zlib.compress(text)))
