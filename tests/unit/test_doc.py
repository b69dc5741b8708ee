"""What a person sees in a binary Word file is what is read, structure by structure."""

from __future__ import annotations

import struct

import pytest

from parsers.document import Cell, Document, Paragraph
from parsers.formats import read_document
from parsers.message.files import read_file
from parsers.unreadable import Unreadable
from tests.unit.ole_files import TEXT, Word, change, compound, inside

HIDDEN, STRUCK, DOUBLE = change(0x083C, 1), change(0x0837, 1), change(0x2A53, 1)
DELETED, INSERTED, SPECIAL = change(0x0800, 1), change(0x0801, 1), change(0x0855, 1)
RAISED, WHITE = change(0x2A48, 1), change(0x6870, 0xFFFFFF, 4)
WINGDINGS, WINGDINGS_2 = change(0x4A4F, 1, 2), change(0x4A4F, 2, 2)
FIRST, CONTINUED = 0x60, 0x20  # merged with the cells below
LEFT, RIGHT = 1, 2  # merged side by side


def read(word: Word, storages: tuple[str, ...] = ()) -> Document:
    return read_document(word.file(storages), "doc")


def cells(word: Word) -> list[Cell]:
    return [cell for table in read(word).tables for cell in table.cells]


def only(word: Word) -> Cell:
    """Read a word whose one paragraph so far becomes a cell."""
    (cell,) = cells(word.end("\x07", inside(1)).row(0, 2000))
    return cell


def laid(word: Word) -> list[tuple[object, ...]]:
    return [
        (c.row, c.column, c.text, c.row_span, c.column_span, c.place.column) for c in cells(word)
    ]


def test_paragraphs_are_counted_without_empty_ones():
    found = read(Word().run("统计表").end().end().run(" 填报单位：科技局 ").end())
    assert [(type(b), b.text, str(b.place)) for b in found.blocks] == [
        (Paragraph, "统计表", "第1段"),
        (Paragraph, "填报单位：科技局", "第2段"),
    ]


def test_cells_lie_on_the_edges_of_all_rows():
    word = Word().cell("内容").cell("数量").cell("备注").row(0, 1000, 2000, 3000)
    word.cell("说明").cell("无").row(0, 1000, 3010).run("后").end()
    assert laid(word) == [
        (1, 1, "内容", 1, 1, 1),
        (1, 2, "数量", 1, 1, 2),
        (1, 3, "备注", 1, 1, 3),
        (2, 1, "说明", 1, 1, 1),
        (2, 2, "无", 1, 2, 2),
    ]


def test_columns_narrower_than_a_crooked_edge_are_kept_apart():
    word = Word().cell("甲").cell("乙").row(0, 20, 1000).cell("丙").row(0, 1000)
    assert laid(word)[-1] == (2, 1, "丙", 1, 2, 1)


def test_rows_off_by_a_margin_share_their_columns():
    word = Word().cell("内容").cell("数量").row(0, 2000, 4000)
    word.cell("单位").cell("36").row(-108, 1892, 3892)
    assert [(c.column, c.text) for c in cells(word)] == [
        *((1, "内容"), (2, "数量")),
        *((1, "单位"), (2, "36")),
    ]


def test_merged_cells_are_read_once():
    word = Word().cell("组").cell("甲").row(0, 1000, 2000, flags=(FIRST,))
    word.cell("").cell("乙").row(0, 1000, 2000, flags=(CONTINUED,))
    word.cell("宽").cell("盖住").row(0, 1000, 2000, flags=(LEFT, RIGHT))
    assert laid(word) == [
        (1, 1, "组", 2, 1, 1),
        (1, 2, "甲", 1, 1, 2),
        (2, 2, "乙", 1, 1, 2),
        (3, 1, "宽", 1, 2, 1),
    ]


def test_a_row_too_wide_for_its_page_is_found_in_the_data_stream():
    word = Word()
    for number in range(40):
        word.cell(str(number))
    word.row(*range(0, 41 * 300, 300))
    assert word.data
    assert [c.column for c in cells(word)] == list(range(1, 41))


def test_a_row_without_its_mark_keeps_its_text():
    assert [c.text for c in cells(Word().cell("甲").cell("乙"))] == ["甲", "乙"]


def test_a_nested_table_is_told_in_the_cell_around_it():
    word = Word().cell("甲", depth=2).cell("乙", depth=2).row(0, 500, 900, depth=2)
    word = word.run("尾").end("\x07", inside(1)).cell("旁").row(0, 2000, 3000)
    for _ in range(2):
        word = word.cell("a").cell("b").row(0, 2000, 3000)
    cell = cells(word)[0]
    assert (cell.text, cell.flags) == ("甲|乙\n尾", {"nested-table"})


def test_a_form_in_a_frame_is_the_form():
    word = Word().cell("甲", depth=2).cell("乙", depth=2).row(0, 500, 900, depth=2)
    found = read(word.run("尾").end("\x07", inside(1)).row(0, 2000))
    assert [cell.text for cell in found.tables[0].cells] == ["甲", "乙"]
    assert [paragraph.text for paragraph in found.paragraphs] == ["尾"]


@pytest.mark.parametrize(
    ("changes", "flag"),
    [(HIDDEN, "hidden-left-out"), (STRUCK, "struck-left-out"), (DOUBLE, "struck-left-out")],
)
def test_hidden_and_struck_text_is_left_out_and_flagged(changes, flag):
    cell = only(Word().run("100", changes).run("120"))
    assert (cell.text, cell.flags) == ("120", {flag})


def test_the_accepted_text_of_tracked_changes_counts():
    word = Word().run("100", DELETED).run("120", INSERTED).end("\x07", inside(1)).row(0, 900)
    found = read(word)
    assert found.flags == {"tracked-changes"}
    assert found.tables[0].cells[0].text == "120"
    assert found.tables[0].cells[0].flags == {"deleted-left-out"}


def test_a_paragraph_whose_mark_was_deleted_runs_on():
    cell = only(Word().run("12").end("\r", inside(1), DELETED).run("00"))
    assert cell.text == "1200"


def test_a_deleted_row_is_gone():
    word = Word().cell("留").row(0, 900).cell("删", DELETED).row(0, 900, run=DELETED)
    assert laid(word) == [(1, 1, "留", 1, 1, 1)]
    assert "tracked-changes" in read(word).flags


def test_a_row_that_only_looks_deleted_stays():
    word = Word().cell("留").row(0, 900, run=DELETED).cell("也留").row(0, 900)
    assert [c.text for c in cells(word)] == ["留", "也留"]


def test_a_hidden_row_is_flagged():
    assert cells(Word().cell("藏").row(0, 900, run=HIDDEN))[0].flags == {"hidden-row"}


def test_symbol_fonts_show_boxes_and_ticks():
    symbol = struct.pack("<HHH", 0x6A09, 1, 0xF0FE) + SPECIAL
    word = (
        Word().run("(", symbol).run("是 ").run("R", WINGDINGS_2).run("否 ").run("\uf0a8", WINGDINGS)
    )
    assert only(word).text == "☑是 ☑否 □"


def test_a_field_shows_its_result_and_not_its_code():
    word = Word().run("\x13 DATE \\@ yyyy \x14", SPECIAL).run("2023年6月9日").run("\x15", SPECIAL)
    assert only(word).text == "2023年6月9日"


def test_a_field_that_draws_shows_what_it_draws():
    ruby = '\x13 EQ \\* jc3 \\* "Font:宋体" \\* hps22 \\o\\ad(\\s\\up 10(wū),乌)\x15'
    assert only(Word().run(ruby).run("\x13 eq \\o\\ac(□,√)\x15")).text == "乌☑"


def form_data(kind: int, result: int, default: int, entries: tuple[str, ...] = ()) -> bytes:
    body = struct.pack("<IHHHHH", 0xFFFFFFFF, kind | result << 2, 0, 20, 0, 0)
    body += struct.pack("<H", default) + bytes(4) * 5
    body += struct.pack("<3H", 0xFFFF, len(entries), 0)
    for entry in entries:
        body += struct.pack("<H", len(entry)) + entry.encode("utf-16-le")
    return struct.pack("<IH", 68 + len(body), 68).ljust(68, b"\0") + body


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (form_data(1, 1, 0), "☑同意"),
        (form_data(1, 0, 1), "□同意"),
        (form_data(1, 25, 1), "☑同意"),
        (form_data(2, 1, 0, ("市级", "自治区级")), "自治区级同意"),
        (form_data(2, 9, 0, ("市级",)), "同意"),
        (b"\0" * 20, "同意"),
    ],
)
def test_a_form_field_says_its_state(data, shown):
    picture = change(0x6A03, 0, 4) + change(0x0806, 1) + SPECIAL
    word = Word(data=data).run("\x13 FORMCHECKBOX ").run("\x01", picture).run("\x14\x15")
    assert only(word.run("同意")).text == shown


def test_a_text_box_is_read_where_it_hangs():
    anchor = struct.pack("<2I", 1, 99) + struct.pack("<I22x", 1026)
    box = struct.pack("<2I", 0, 5) + struct.pack("<8xH4xI4x", 0, 1026)
    word = Word(boxes="500人\r\r", parts={40: anchor, 56: box})
    assert only(word.run("甲").run("\x08", SPECIAL)).text == "甲\n500人"


def test_a_text_box_that_hangs_nowhere_is_read_at_the_end():
    box = struct.pack("<2I", 0, 5) + struct.pack("<8xH4xI4x", 0, 1026)
    found = read(Word(boxes="500人\r\r", parts={56: box}).run("甲").end())
    assert [block.text for block in found.blocks] == ["甲", "500人"]


def test_breaks_tabs_and_hyphens_are_read_as_in_a_docx():
    assert only(Word().run("a\x0bb\tc\x1ed\x1fe")).text == "a\nb\tc-de"


def test_a_lowered_digit_is_flagged():
    cell = only(Word().run("120").run("1", change(0x2A48, 2)))
    assert (cell.text, cell.flags) == ("120₁", {"superscript"})


def test_raised_digits_and_white_text_are_flagged():
    cell = only(Word().run("10").run("2", RAISED).run("m").run("白", WHITE))
    assert (cell.text, cell.flags) == ("10²m白", {"superscript", "white-text"})


def test_characters_beyond_the_basic_plane_keep_their_places():
    cell = only(Word().run("𠮷𠮷").run("100", STRUCK).run("𠮷"))
    assert cell.text == "𠮷𠮷𠮷"


def test_half_a_character_can_still_be_sent():
    only(Word().run("\ud842x")).text.encode()


def styled(*entries: bytes) -> bytes:
    """Write a style sheet: each entry a run's changes of a paragraph style."""
    sheet = struct.pack("<H", 18) + struct.pack("<2H", len(entries), 10).ljust(18, b"\0")
    for changes in entries:
        entry = struct.pack("<5H", 0, 0xFFF1, 2, 0, 0) + struct.pack("<H2sH", 1, b"x\0", 0)
        entry += struct.pack("<HH", 2, 0) + struct.pack("<H", len(changes)) + changes
        sheet += struct.pack("<H", len(entry)) + entry + bytes(len(entry) % 2)
    return sheet


def test_a_style_hides_and_a_run_may_show_again():
    word = Word(styles=styled(b"", STRUCK)).run("100").run("120", change(0x0837, 0x81))
    (cell,) = cells(word.end("\x07", change(0x4600, 1, 2) + inside(1)).row(0, 900))
    assert (cell.text, cell.flags) == ("120", {"struck-left-out"})


def test_automatic_numbers_are_flagged():
    (cell,) = cells(Word().run("讲座").end("\x07", change(0x460B, 1, 2) + inside(1)).row(0, 900))
    assert cell.flags == {"automatic-number"}


def test_pieces_of_a_fast_save_are_put_together_with_their_changes():
    word = Word().run("100120").end()
    at = struct.pack("<3I", 0, 3, 7)
    struck = struct.pack("<HIH", 0, TEXT, 0x57 << 1 | 1 << 8)
    plain = struct.pack("<HIH", 0, TEXT + 6, 0)
    word.parts[33] = b"\x02" + struct.pack("<I", 28) + at + struck + plain
    assert [block.text for block in read(word).blocks] == ["120"]


def test_western_pieces_hold_one_byte_a_character():
    word = Word().run("\u6193\r").end()  # in bytes: 93 61 0D 00
    word.parts[33] = b"\x02" + struct.pack("<IIIHIH", 16, 0, 3, 0, 1 << 30 | TEXT * 2, 0)
    assert [block.text for block in read(word).blocks] == ["“a"]


def test_macros_and_embedded_objects_are_flagged():
    assert read(Word().run("甲").end(), ("Macros", "ObjectPool")).flags == {
        "macros",
        "embedded-objects",
    }


@pytest.mark.parametrize(
    ("word", "problem"),
    [
        (Word(flags=0x0300), "encrypted"),
        (Word(flags=0x0000), "damaged"),
        (Word(version=104), "unsupported"),
        (Word(parts={33: b""}), "damaged"),
        (
            Word(parts={33: b"\x02" + struct.pack("<IIIHIH", 16, 0, 9_000_000, 0, TEXT, 0)}),
            "too-large",
        ),
    ],
)
def test_what_cannot_be_read_says_why(word, problem):
    with pytest.raises(Unreadable) as refused:
        read(word.run("甲").end())
    assert refused.value.problem == problem


@pytest.mark.parametrize(
    "data", [b"", compound({"x": b"y"}), compound({"WordDocument": b"y" * 600})]
)
def test_what_is_no_word_file_is_damaged(data):
    with pytest.raises(Unreadable, match="damaged"):
        read_document(data, "doc")


def test_a_file_that_was_cut_off_is_damaged_and_never_shorter():
    data = Word().run("甲" * 5000).end().file()
    for share in range(1, 20):
        (file,) = read_file(data[: len(data) * share // 20], "表.doc")
        assert (file.kind, file.problem) in {("doc", "damaged"), ("empty", "empty")}


def test_millions_of_paragraphs_from_a_few_bytes_are_refused():
    word = Word().run("\r" * 200).end()
    count = 1500
    bounds = struct.pack(f"<{count + 1}I", *range(0, 200 * count + 1, 200))
    table = bounds + struct.pack("<HIH", 0, TEXT, 0) * count
    word.parts[33] = b"\x02" + struct.pack("<I", len(table)) + table
    data = bytearray(word.file())
    struct.pack_into("<i", data, data.index(struct.pack("<HH", 0xA5EC, 0xC1)) + 76, 200 * count)
    with pytest.raises(Unreadable, match="too-large"):
        read_document(bytes(data), "doc")


def test_a_wps_file_is_known_by_what_is_in_it():
    (file,) = read_file(Word().run("甲").end().file(), "表.wps")
    assert (file.kind, file.problem) == ("doc", None)
