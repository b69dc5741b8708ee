"""7z, rar, tar and what gzip, bzip2 and xz squeeze are opened like zips, within the same limits."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import struct
import sys

import pytest

from parsers.archives import OPENERS
from parsers.message.mime import read_file
from parsers.sniff import ARCHIVES
from parsers.unpack import MAX_MEMBERS
from tests.unit.archive_files import locked_seven, rar4, rar5, seven, tar, zipx
from tests.unit.test_mime_files import form, zipped

PATH = "表/统计表.docx"
GBK = "统计表.docx".encode("gbk")


def seen(data: bytes, name: str = "a.bin") -> list[tuple[str, str, str | None]]:
    return [(file.name, file.kind, file.problem) for file in read_file(data, name)]


def test_every_archive_has_an_opener():
    assert set(OPENERS) == ARCHIVES


@pytest.mark.parametrize(
    ("data", "kind", "path"),
    [
        (seven((PATH, form())), "7z", ("a", "表")),
        (rar5((PATH, form())), "rar", ("a", "表")),
        (rar4((GBK, form())), "rar", ("a",)),
        (rar4(("表\\".encode("gbk") + GBK, form())), "rar", ("a", "表")),
        (tar((PATH, form())), "tar", ("a", "表")),
        (tar((PATH, form()), encoding="gbk"), "tar", ("a", "表")),
    ],
    ids=["7z", "rar5", "rar4-gbk", "rar4-folder", "tar", "tar-gbk"],
)
def test_a_form_in_any_archive_is_read_under_its_name(data, kind, path):
    archive, member = read_file(data, "a")
    assert (archive.kind, archive.problem) == (kind, None)
    assert (member.name, member.path) == ("统计表.docx", path)
    assert member.document is not None


@pytest.mark.parametrize(
    ("squeeze", "name", "inner"),
    [
        (gzip.compress, "材料.tar.gz", "材料.tar"),
        (gzip.compress, "材料.tgz", "材料.tar"),
        (bz2.compress, "材料.tar.bz2", "材料.tar"),
        (lzma.compress, "材料.tar.xz", "材料.tar"),
    ],
)
def test_a_squeezed_tar_is_opened_twice(squeeze, name, inner):
    files = read_file(squeeze(tar((PATH, form()))), name)
    assert [file.name for file in files] == [name, inner, "统计表.docx"]
    assert files[2].document is not None


def test_a_squeezed_document_is_read():
    assert read_file(gzip.compress(form()), "统计表.docx.gz")[1].document is not None


def test_archives_in_archives_are_opened():
    data = seven(("b.zip", zipped(("c.rar", rar5((PATH, form()))))))
    assert [file.kind for file in read_file(data, "a.7z")] == ["7z", "zip", "rar", "docx"]


@pytest.mark.parametrize(
    ("data", "files"),
    [
        (locked_seven(), [("a.bin", "7z", "encrypted")]),
        (rar5((PATH, form()), locked=True), [("a.bin", "rar", "encrypted")]),
        (
            rar4((b"a.docx", form()), locked=True),
            [("a.bin", "rar", None), ("a.docx", "docx", "encrypted")],
        ),
        (seven((PATH, form()))[:-20], [("a.bin", "7z", "damaged")]),
        (tar((PATH, form()))[:600], [("a.bin", "tar", None), ("统计表.docx", "docx", "damaged")]),
        (gzip.compress(b"x" * 9000)[:-9], [("a.bin", "gzip", None), ("a.bin", "bin", "damaged")]),
        (b"7z\xbc\xaf\x27\x1c" + bytes(60), [("a.bin", "7z", "empty")]),
    ],
    ids=["7z-locked", "rar5-locked", "rar4-locked", "7z-cut", "tar-cut", "gz-cut", "7z-empty"],
)
def test_what_cannot_be_opened_says_why(data, files):
    assert seen(data) == files


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (seven(("b.txt", bytes(150 << 20))), "bytes"),
        (seven(("b.txt", bytes(50 << 20))), "ratio"),
        (gzip.compress(bytes(300 << 20), 9), "ratio"),
        (bz2.compress(bytes(100 << 20)), "ratio"),
        (lzma.compress(bytes(100 << 20), preset=0), "ratio"),
        (rar5((PATH, b"x"), stated=1 << 40), "bytes"),
    ],
    ids=["7z-bytes", "7z-ratio", "gzip", "bzip2", "xz", "rar-lie"],
)
def test_bombs_are_stopped(data, detail):
    last = read_file(data, "a")[-1]
    assert (last.problem, last.detail, last.size) == ("too-large", detail, 0)


def test_more_members_than_anyone_sends_end_with_one_refusal():
    files = read_file(tar(*((f"{n}.txt", b"x") for n in range(MAX_MEMBERS + 9))), "a.tar")
    assert (files[-1].problem, files[-1].detail) == ("too-large", "members")
    assert len(files) == MAX_MEMBERS + 2


@pytest.mark.parametrize("name", ["../../etc/passwd", "/abs/passwd", "C:\\x\\passwd"])
@pytest.mark.parametrize("write", [seven, tar, rar5])
def test_a_name_is_a_label_never_a_path(write, name):
    file = read_file(write((name, b"text")), "a")[1]
    assert file.name == "passwd"
    assert not {"..", ""} & set(file.path)


def test_without_the_systems_library_it_is_said_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "libarchive", None)
    (file,) = read_file(seven((PATH, form())), "a.7z")
    assert (file.problem, file.detail) == ("unsupported", "libarchive13 is not installed")


def test_a_rar_is_read_with_unar_where_the_systems_library_is_not(monkeypatch):
    monkeypatch.setitem(sys.modules, "libarchive", None)
    monkeypatch.setattr("parsers.archives.rars.shutil.which", lambda name: f"/usr/bin/{name}")
    _, file = read_file(rar5((PATH, form())), "a.rar")
    assert (file.kind, file.problem) == ("docx", None)


def test_the_first_of_several_volumes_is_not_called_damaged():
    _, file = read_file(rar4((b"a.docx", form()), goes_on=True), "a.part1.rar")
    assert (file.name, file.problem) == ("a.docx", "unsupported")


@pytest.mark.parametrize("unar", [None, "/usr/bin/unar"])
def test_a_rar_with_nothing_in_it_is_damaged_whatever_is_installed(monkeypatch, unar):
    monkeypatch.setattr("parsers.archives.rars.shutil.which", lambda _: unar)
    (file,) = read_file(b"Rar!\x1a\x07\x01\x00" + bytes(50), "a.rar")
    assert file.problem == "damaged"


@pytest.mark.parametrize("write", [seven, tar, rar5], ids=["7z", "tar", "rar5"])
def test_no_damage_raises(write):
    whole = write((PATH, form()), ("b.txt", b"x" * 500))
    for seed in range(60):
        chance = random.Random(seed)
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            data[chance.choice([chance.randrange(len(data)), chance.randrange(200)])] = (
                chance.randrange(256)
            )
        read_file(bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]), "a")


def test_a_zip_packed_as_newer_programs_do_is_opened():
    data = zipx(("材料/说明.txt", "说明".encode()), (PATH, form()), ("c.txt", b"c" * 9000))
    archive, *members = read_file(data, "材料.zipx")
    assert [(m.name, m.size, m.path, m.problem) for m in members] == [
        ("说明.txt", 6, ("材料.zipx", "材料"), None),
        ("统计表.docx", len(form()), ("材料.zipx", "表"), None),
        ("c.txt", 9000, ("材料.zipx",), None),
    ]
    assert (archive.problem, members[1].document is None) == (None, False)


def test_a_newer_zip_that_lies_or_is_broken_says_so():
    data = zipx((PATH, form()))
    where = data.index(b"\xfd7zXZ")
    broken = data[: where + 40] + bytes(400) + data[where + 440 :]
    lie = data.replace(struct.pack("<I", len(form())), struct.pack("<I", len(form()) + 9))
    assert [seen(bad)[-1][1:] for bad in (broken, lie)] == [("docx", "damaged")] * 2


@pytest.mark.parametrize("write", [zipped, seven, tar])
def test_what_programs_leave_beside_documents_is_no_member(write):
    left = ("__MACOSX/._a.docx", ".DS_Store", "~$计表.docx", ".~统计表.docx", "~WRL0001.tmp")
    beside = [(name, b"x") for name in (*left, "表/Thumbs.db", "._统计表.docx")]
    assert seen(write(*beside)) == [("a.bin", seen(write((PATH, form())))[0][1], "empty")]
    assert [name for name, *_ in seen(write(*beside, (PATH, form())))] == ["a.bin", "统计表.docx"]
