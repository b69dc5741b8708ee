"""Outlook's .msg and winmail.dat are opened as the mails they were, names in GBK included."""

from __future__ import annotations

import random
import re
import struct

import pytest

from parsers.message.mime import read_file, read_mail
from tests.unit.outlook_files import (
    attached,
    attribute,
    compound,
    embedded,
    enclosed,
    letter,
    named,
    nested,
    string,
    text,
    tnef,
)
from tests.unit.test_mime_files import form, zipped

NAME = "统计表.docx"
GBK = NAME.encode("gbk")
PASTED = "<table><tr><td>内容</td><td>数量</td></tr><tr><td>讲座</td><td>3</td></tr></table>"


def seen(data: bytes) -> list[tuple[str, str, str | None]]:
    return [(file.name, file.kind, file.problem) for file in read_file(data, "a.bin")]


@pytest.mark.parametrize(
    "tree",
    [
        letter(enclosed(NAME, form())),
        letter(enclosed(NAME, form(), "gbk"), codepage="gbk", number=936),
        letter(enclosed(NAME, form(), "gbk"), codepage="gbk"),
        letter(enclosed(NAME, form(), "utf-8"), codepage="utf-8", number=65001),
    ],
    ids=["unicode", "codepage-936", "codepage-unsaid", "codepage-utf-8"],
)
def test_a_forms_name_and_content_come_out_of_a_msg(tree):
    files = read_file(compound(tree), "信.msg")
    assert [(f.name, f.kind, f.path) for f in files] == [
        ("信.msg", "msg", ()),
        (NAME, "docx", ("信.msg",)),
    ]
    assert files[1].document is not None


def test_letters_in_letters_and_archives_in_them_are_opened():
    inner = letter(enclosed("材料.zip", zipped(("表.docx", form()))), subject="转来的信", at=24)
    assert seen(compound(letter(nested(inner)))) == [
        ("a.bin", "msg", None),
        ("转来的信.eml", "mail", None),
        ("材料.zip", "zip", None),
        ("表.docx", "docx", None),
    ]


def test_a_table_pasted_into_a_msg_is_its_document():
    tree = {**letter(), "__substg1.0_10130102": PASTED.encode("gbk")}
    (file,) = read_file(compound(tree), "a.msg")
    assert file.document is not None
    assert [cell.text for cell in file.document.tables[0].cells] == ["内容", "数量", "讲座", "3"]


def test_a_letter_of_ours_saved_by_outlook_brings_no_files():
    tree = {**letter(enclosed(NAME, form())), **text(0x7D, "X-Shoubiao-Loop: a\r\n")}
    assert seen(compound(tree)) == [("a.bin", "msg", None)]


def test_an_object_drawn_into_the_text_is_no_file():
    drawn = {"__properties_version1.0": bytes(8), "__substg1.0_3701000D": {"CONTENTS": b"x"}}
    assert seen(compound(letter(drawn))) == [("a.bin", "msg", None)]


@pytest.mark.parametrize(
    "data",
    [
        tnef(attached(b"TONGJI~1.DOC", form(), named(b"x"), string(0x3707, GBK + b"\0"))),
        tnef(attached(b"a.doc", form(), string(0x3707, (NAME + "\0").encode("utf-16-le"), 0x1F))),
        tnef(attached(GBK, form())),
        tnef(attached(GBK, form()), codepage=1252),
    ],
    ids=["long-name", "unicode", "title", "codepage-wrong"],
)
def test_a_forms_name_and_content_come_out_of_winmail(data):
    assert seen(data) == [("a.bin", "winmail", None), (NAME, "docx", None)]


def test_a_letter_in_winmail_is_opened():
    inner = tnef(attribute(1, 0x8004, 1, "转来".encode("gbk")), attached(GBK, form()))
    assert seen(tnef(attached(b"", b"", embedded(inner)))) == [
        ("a.bin", "winmail", None),
        ("转来.eml", "mail", None),
        (NAME, "docx", None),
    ]


def test_a_mail_whose_only_part_is_winmail_gives_its_files():
    raw = (
        b"From: a@example.cn\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n"
        b"Content-Transfer-Encoding: binary\r\n\r\n" + tnef(attached(GBK, form()))
    )
    assert [file.name for file in read_mail(raw).files] == ["winmail.dat", NAME]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (compound(letter(enclosed(NAME, form())))[:3000], "damaged"),
        (tnef(attached(GBK, form()))[:-400], "damaged"),
    ],
    ids=["msg", "winmail"],
)
def test_what_is_cut_off_says_so(data, problem):
    assert [file.problem for file in read_file(data, "a.msg")] == [problem]


def test_letters_nested_without_end_are_refused():
    tree = letter()
    for _ in range(14):
        tree = letter(nested(tree), at=24)
    assert read_file(compound(tree), "a.msg")[0].problem == "too-deep"


def test_one_content_under_many_names_is_not_read_without_end():
    """A hundred attachments whose directory entries all point to the same three megabytes."""
    tree = letter(enclosed("a.bin", bytes(3 << 20)), *[enclosed("a.bin", bytes(4096))] * 100)
    data = compound(tree)
    size, name = struct.pack("<II", 3 << 20, 0), "__substg1.0_37010102".encode("utf-16-le")
    first = data.index(name)
    start = data[first + 116 : first + 120]
    for entry in re.finditer(re.escape(name), data):
        at = entry.start() + 116
        data = data[:at] + start + size + data[at + 12 :]
    (file,) = read_file(data, "a.msg")
    assert (file.problem, file.detail) == ("too-large", "bytes")


@pytest.mark.parametrize(
    "whole",
    [
        compound(letter(enclosed(NAME, form()), nested(letter(at=24)))),
        tnef(attached(GBK, form()[:3000], named(b"x"), string(0x3707, GBK)), attached(b"b", b"x")),
    ],
    ids=["msg", "winmail"],
)
def test_no_damage_raises(whole):
    for seed in range(150):
        chance = random.Random(seed)
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            limit = chance.choice([len(data), 600])
            data[chance.randrange(min(limit, len(data)))] = chance.randrange(256)
        read_file(bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]), "a")
