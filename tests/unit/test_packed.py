"""Copies of a blank share their packed parts: each is read by what it holds, damage never hides."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest

from parsers.formats.docx import read_docx
from parsers.formats.ooxml.package import opened
from parsers.unreadable import Unreadable
from tests.unit.ooxml_files import document, p, packed, t

STYLES = "word/styles.xml"
HIDDEN = '<w:style w:styleId="S"><w:rPr><w:vanish/></w:rPr></w:style>'
BOLD = HIDDEN.replace("w:vanish", "w:b")


def written(text, style):
    return document(p(t(text, '<w:rStyle w:val="S"/>') + t("。")), styles=style)


def member(data, name=STYLES):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.getinfo(name)


def changed(data, at, by=1):
    return data[:at] + bytes([(data[at] + by) % 256]) + data[at + 1 :]


def paragraphs(data):
    return [paragraph.text for paragraph in read_docx(data).paragraphs]


def test_copies_with_the_same_styles_are_read_by_their_own_text():
    assert [paragraphs(written(text, BOLD)) for text in "甲乙甲"] == [["甲。"], ["乙。"], ["甲。"]]


def test_styles_that_differ_are_told_apart_whatever_was_read_before():
    styles = (BOLD, HIDDEN, BOLD, HIDDEN)
    assert [paragraphs(written("甲", style)) for style in styles] == [["甲。"], ["。"]] * 2


def test_relationships_are_those_of_the_part_that_has_them():
    moved = {"here/document.xml": "", "word/_rels/x.rels": "", "here/_rels/document.xml.rels": ""}
    with zipfile.ZipFile(io.BytesIO(written("甲", BOLD))) as archive:
        same = archive.read("word/_rels/document.xml.rels")
    parts = {**moved, "word/_rels/a.xml.rels": same, "here/_rels/a.xml.rels": same}
    with opened(packed(parts)) as package:
        targets = [package.relationships(f"{at}/a.xml")["rId1"].target for at in ("word", "here")]
    assert targets == ["word/styles.xml", "here/styles.xml"]


def test_a_known_part_with_a_changed_byte_is_damaged():
    sound = written("甲", BOLD)
    assert paragraphs(sound) == ["甲。"]
    start = member(sound).header_offset + 30 + len(STYLES)
    for at in (start, start + member(sound).compress_size // 2):
        with pytest.raises(Unreadable, match="damaged"):
            read_docx(changed(sound, at))


def test_a_known_part_whose_local_header_names_another_is_damaged():
    sound = written("甲", BOLD)
    assert paragraphs(sound) == ["甲。"]
    with pytest.raises(Unreadable, match="damaged"):
        read_docx(changed(sound, member(sound).header_offset + 30))


def test_a_known_part_with_another_checksum_in_the_directory_is_damaged():
    sound = written("甲", BOLD)
    assert paragraphs(sound) == ["甲。"]
    entry = sound.rindex(STYLES.encode()) - 46
    with pytest.raises(Unreadable, match="CRC"):
        read_docx(changed(sound, entry + 16))


def test_a_large_part_is_not_remembered():
    large = written("甲", BOLD + " " * 600_000)
    with opened(large) as package:
        assert package.packed(STYLES) is None
    assert paragraphs(large) == ["甲。"]


def test_a_part_said_to_be_longer_than_the_file_is_not_remembered():
    sound = written("甲", BOLD)
    longer = changed(sound, sound.rindex(STYLES.encode()) - 46 + 21, by=200)
    with contextlib.suppress(Unreadable), opened(longer) as package:  # some zipfiles refuse it
        assert package.packed(STYLES) is None
        assert paragraphs(longer) == ["甲。"]
