"""A plain zip is listed without zipfile, which finds the same names and the same faults."""

from __future__ import annotations

import io
import zipfile

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from parsers.formats.ooxml.packed import begins_plainly
from parsers.unreadable import Unreadable
from parsers.zips import _plain_names, member_names, open_zip

NAMES = ("[Content_Types].xml", "word/document.xml", "word\\media\\image1.png", "xl/workbook.xml")


def zipped(names=NAMES, comment=b""):
    """Return a zip of members with these names."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, (2023, 5, 20, 0, 0, 0)), name * 3)
        archive.comment = comment
    return room.getvalue()


WHOLE = zipped()
CHANGES = st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=3)


@st.composite
def damaged(draw):
    """Draw the zip with some bytes changed and its end perhaps cut off."""
    data = bytearray(WHOLE)
    for at, byte in draw(CHANGES):
        data[at] = byte
    return bytes(data[: len(data) - draw(st.sampled_from([0, 0, 0, 1, 22, 60]))])


def test_a_plain_zip_needs_no_zipfile():
    assert _plain_names(WHOLE) == {name.replace("\\", "/") for name in NAMES}


@pytest.mark.parametrize("data", [b"", b"PK", zipped(("县统计表.docx",)), zipped(comment=b"x")])
def test_what_is_not_plain_is_left_to_zipfile(data):
    assert _plain_names(data) is None


@settings(max_examples=200)
@given(damaged())
def test_zipfile_lists_the_names_that_a_plain_zip_says(data):
    plain = _plain_names(data)
    if plain is not None:
        with open_zip(data) as archive:
            assert plain == {info.filename.replace("\\", "/") for info in archive.infolist()}
        assert member_names(data) == plain


@settings(max_examples=200)
@given(damaged())
def test_zipfile_finds_no_fault_with_the_header_of_a_member_that_begins_plainly(data):
    try:
        archive = open_zip(data)
    except Unreadable:
        return
    plain = [info for info in archive.infolist() if begins_plainly(data, info)]
    faults = {fault for info in plain if (fault := fault_of(archive, info))}
    assert not [fault for fault in faults if "Overlapped" not in fault]  # of what lies behind it


def fault_of(archive, info):
    """Return why zipfile does not open a member; some versions look at what lies behind it too."""
    try:
        archive.open(info).close()
    except zipfile.BadZipFile as fault:
        return str(fault)
    return ""
