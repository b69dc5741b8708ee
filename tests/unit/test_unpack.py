"""Zips are opened within limits, and their names are read as Chinese Windows wrote them."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from parsers.message.mime import read_file
from parsers.unpack import MAX_MEMBERS
from tests.unit.test_mime_files import form, zipped


def test_names_in_gbk_are_read():
    data = zipped(("XXXX.txt", b"x")).replace(b"XXXX.txt", "附件".encode("gbk") + b".txt")
    assert read_file(data, "a.zip")[1].name == "附件.txt"


def test_names_in_utf8_without_its_flag_are_read():
    data = zipped(("XXXXXX.txt", b"x")).replace(b"XXXXXX", "附件".encode())
    assert read_file(data, "a.zip")[1].name == "附件.txt"


def test_an_encrypted_member_says_so_and_the_others_are_read():
    data = bytearray(zipped(("secret.docx", form()), ("a.txt", b"x")))
    data[6:8] = struct.pack("<H", 1)
    at = data.index(b"PK\x01\x02")
    data[at + 8 : at + 10] = struct.pack("<H", 1)
    files = read_file(bytes(data), "a.zip")
    assert [(f.name, f.kind, f.problem) for f in files] == [
        ("a.zip", "zip", None),
        ("secret.docx", "docx", "encrypted"),
        ("a.txt", "text", None),
    ]
    assert len(files[1].sha256) == 64


def test_a_member_whose_checksum_is_wrong_is_damaged():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", b"0123456789" * 10)
    data = buffer.getvalue().replace(b"0123456789", b"0123456780", 1)
    assert read_file(data, "a.zip")[1].problem == "damaged"


def test_a_bomb_is_refused_unopened():
    files = read_file(zipped(("bomb.txt", bytes(200 << 20))), "a.zip")
    assert (files[1].problem, files[1].detail) == ("too-large", "bytes")


def test_a_ratio_no_document_reaches_is_refused():
    files = read_file(zipped(("bomb.txt", bytes(20 << 20))), "a.zip")
    assert (files[1].problem, files[1].detail) == ("too-large", "ratio")


def test_more_members_than_anyone_sends_end_with_one_refusal():
    files = read_file(zipped(*((f"{n}.txt", b"x") for n in range(MAX_MEMBERS + 50))), "a.zip")
    assert len(files) == MAX_MEMBERS + 2
    assert (files[-1].problem, files[-1].detail) == ("too-large", "members")


def test_a_directory_too_long_to_read_is_refused():
    data = zipped(*((f"{'x' * 250}{n}", b"") for n in range(8_000)))
    assert [(f.problem, f.detail) for f in read_file(data, "a.zip")] == [("too-large", "members")]


def test_zips_in_zips_end_at_a_limit():
    data = b"x"
    for _ in range(8):
        data = zipped(("inner.zip" if data != b"x" else "a.txt", data))
    files = read_file(data, "a.zip")
    assert files[-1].problem == "too-deep"
    assert len(files) < 8


@pytest.mark.parametrize("name", ["../../etc/passwd", "/abs/passwd", "C:\\Windows\\passwd"])
def test_a_name_is_a_label_never_a_path(name):
    file = read_file(zipped((name, b"x")), "a.zip")[1]
    assert file.name == "passwd"
    assert not any(label in {"..", ""} for label in file.path)


def test_what_macos_and_office_leave_behind_is_left_out():
    data = zipped(("__MACOSX/._a.docx", b"x"), ("~$表.docx", b"x"), ("a/.DS_Store", b"x"))
    assert [file.kind for file in read_file(data, "a.zip")] == ["zip"]
