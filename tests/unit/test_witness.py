"""A PDF is read twice: what one reader sees otherwise, or alone, is no value."""

from __future__ import annotations

import base64
import contextlib
import zlib

import pytest

from parsers.formats.pdf import read_pdf
from parsers.formats.witness.agree import Shown, compare
from parsers.formats.witness.pages import Witness
from parsers.formats.witness.pen import Seen
from parsers.formats.witness.to_unicode import Torn, read_map
from parsers.unreadable import Unreadable
from tests.unit.drawn_files import Drawn, pdf

LOST = "\ufffd"
BOX = "/Ascent 800/Descent -200/FontBBox[0 -200 1000 800]"
NAMES = b"3 beginbfchar <01> <8D64> <02> <5CF0> <03> <0033> endbfchar"


def page(
    show: str,
    mapped: bytes | None = NAMES,
    *,
    box: str = BOX,
    encoding: str = "",
    packed: bytes | None = None,
) -> bytes:
    """Write a page in a font whose codes 1 to 9 mean what its map says."""
    content = f"BT /F1 12 Tf 60 700 Td {show} ET".encode()
    stream = b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        4: packed or stream,
        5: f"<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Form/FirstChar 0/LastChar 90{encoding}"
        f"/Widths[{'500 ' * 91}]/FontDescriptor 6 0 R/ToUnicode 7 0 R>>".encode(),
        6: f"<</Type/FontDescriptor/FontName/ABCDEF+Form/Flags 4{box}/StemV 80>>".encode(),
    }
    if mapped is not None:
        objects[7] = b"<</Length %d>>\nstream\n%s\nendstream" % (len(mapped), mapped)
    return _file(objects)


def _file(objects: dict[int, bytes]) -> bytes:
    out, places = b"%PDF-1.6\n", {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    return out + b"trailer\n<</Root 1 0 R/Size 9>>\nstartxref\n%d\n%%%%EOF\n" % start


def text_of(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in read_pdf(data).paragraphs)


def test_codes_of_a_font_mean_what_its_map_says():
    assert text_of(page("<010203> Tj")) == "赤峰3"


def test_a_code_that_its_map_forgot_is_lost_and_not_guessed_at():
    assert text_of(page("<01024103> Tj")) == f"赤峰{LOST}3"


def test_a_code_that_its_map_forgot_is_known_by_a_stated_encoding():
    assert text_of(page("<01024103> Tj", encoding="/Encoding/WinAnsiEncoding")) == "赤峰A3"


@pytest.mark.parametrize(
    "mapped",
    [
        b"3 beginbfchar <01> <8D64>\n <5CF0>\n<03> <0033> endbfchar",
        b"3 beginbfchar <01> <8D64> <03> <0033> endbfchar",
        b"3 beginbfchar <01> <8D64> <02> <5CF0> <03> <0033>",
        None,
    ],
    ids=["a code lost", "an entry lost", "its end lost", "the map lost"],
)
def test_what_a_torn_map_says_is_no_text(mapped):
    for shown in ("<010203> Tj", "<414243> Tj", "<010203414243010203414243> Tj"):
        with contextlib.suppress(Unreadable):
            assert set(text_of(page(shown, mapped))) <= {LOST}


@pytest.mark.parametrize(
    "box", ["/Ascent 0/Descent 0/FontBBox[0 0 0 0]", "/FontBBox[0 -200 1000 2147483648]", ""]
)
def test_a_font_without_a_box_of_any_sense_is_read_all_the_same(box):
    assert text_of(page("<010203> Tj", box=box)) == "赤峰3"


def test_a_characters_box_goes_with_its_size():
    for box in ("/FontBBox[0 -9000 30000 90000]", "/Ascent 32000/Descent -32000"):
        assert text_of(page("<0101> Tj 30 0 Td <010203> Tj", box=box)).endswith("赤峰3")


def test_a_stream_written_in_letters_is_read():
    content = b"BT /F1 12 Tf 60 700 Td <010203> Tj ET"
    letters = base64.a85encode(zlib.compress(content)) + b"~>"
    head = b"<</Filter[/ASCII85Decode/FlateDecode]/Length %d>>" % len(letters)
    stream = b"%s\nstream\n%s\nendstream" % (head, letters)
    assert text_of(page("", packed=stream)) == "赤峰3"
    hurt = stream.replace(letters[4:8], letters[5:9])
    with pytest.raises(Unreadable, match="damaged"):
        read_pdf(page("", packed=hurt))


def test_a_span_that_says_what_its_characters_are_is_taken_at_its_word():
    shown = "<0102> Tj /Span<</ActualText <FEFF4E09> >> BDC <0101> Tj EMC <0303> Tj"
    assert text_of(page(shown)) == "赤峰三33"


def test_text_that_one_reader_alone_loses_altogether_damages_the_file():
    shown = "<01> Tj <02> Tj <03> Tj"  # PDFium drops strings of one shape without ink
    with pytest.raises(Unreadable, match="damaged"):
        read_pdf(page(shown * 5))


@pytest.mark.parametrize(
    "shown",
    [
        "<0102> Tj -F1 12 Tf <0103> Tj",
        "<0102> Tj 3 <0101> Tj",
        "<0102> Tj 10 Td <01> Tj",
    ],
)
def test_text_set_by_what_is_no_operator_damages_the_file(shown):
    with pytest.raises(Unreadable, match="damaged"):
        read_pdf(page(shown))


def test_a_hyphen_at_a_lines_end_stays():
    drawn = Drawn().text(60, 60, "zhang-").text(60, 74, "san@example.cn")
    assert text_of(pdf(drawn)).replace(" ", "").replace("\n", "") == "zhang-san@example.cn"


def test_pages_past_what_a_form_may_have_are_read_by_one_reader(monkeypatch):
    monkeypatch.setattr("parsers.formats.witness.pages.MAX_SEEN", 5)
    data = pdf(*(Drawn().text(60, 60, "参加活动人员") for _ in range(2)))
    witness = Witness(data)
    assert witness.page(0)
    assert witness.page(1) is None
    assert text_of(data).split() == ["参加活动人员", "参加活动人员"]


def seen(*characters: tuple[str | None, float]) -> list[Seen]:
    return [Seen(text, x, 700.0, 12.0) for text, x in characters]


def shown(*characters: tuple[str, float]) -> list[Shown]:
    return [Shown(text, x, 700.1, number) for number, (text, x) in enumerate(characters)]


A, B, C = ("甲", 60.0), ("乙", 72.0), ("丙", 84.0)


@pytest.mark.parametrize(
    ("first", "second", "doubted", "unseen"),
    [
        ((A, B, C), (A, B, C), set(), []),
        ((A, B, C), (C, B, A), set(), []),
        ((A, B, C), (A, ("乙", 73.5), ("丙", 90)), set(), []),
        ((A, B), (A, A, ("乙", 72.3), B), set(), []),
        ((("赤", 60.0),), (("\u2fa4", 60.0),), {0}, []),
        ((("日", 60.0),), (("\u2f47", 60.0),), set(), []),
        ((("f", 60.0), ("i", 60.0)), (("ﬁ", 60.0),), set(), []),
        ((A, B, C), (A, (None, 72.0), C), set(), []),
        ((A, B, C), (A, (LOST, 72.0), C), {1}, []),
        ((A, B, C), (A, ("己", 72.0), C), {1}, []),
        ((A, B, C), (A, C), {1}, []),
        ((A, C), (A, B, C), set(), ["乙"]),
        ((), (A,), set(), ["甲"]),
        ((A,), (), {0}, []),
    ],
)
def test_readers_are_compared_by_what_follows_what_on_a_line(first, second, doubted, unseen):
    doubts = compare(shown(*first), seen(*second), lambda x, y: (x, y))
    assert doubts.numbers == doubted
    assert [one.text for one in doubts.unseen] == unseen


@pytest.mark.parametrize(
    ("first", "second", "contradicted"),
    [
        ((A, B), (A, ("己", 72.0)), True),
        ((A, B), (A,), True),
        ((A,), (A, B), True),
        ((A, B), (A, (LOST, 72.0)), False),
        ((A, (LOST, 72.0)), (A, B), False),
        ((A, ("。", 72.0)), (A, ("．", 72.0)), False),
        ((A,), (A, ("甲", 62.0)), False),
    ],
)
def test_readers_contradict_each_other_on_letters_and_digits_alone(first, second, contradicted):
    doubts = compare(shown(*first), seen(*second), lambda x, y: (x, y))
    assert doubts.contradicted == contradicted


@pytest.mark.parametrize(
    ("content", "code", "text"),
    [
        (b"1 beginbfchar <41> <00480049> endbfchar", 0x41, "HI"),
        (b"1 beginbfchar\n<0041>\n<D840DC0B>\nendbfchar", 0x41, "\U0002000b"),
        (b"1 beginbfrange <0030> <0039> <0030> endbfrange", 0x37, "7"),
        (b"1 beginbfrange <30> <31> [<4E00> <4E8C>] endbfrange", 0x31, "二"),
        (b"beginbfrange<0000><FFFF><0000>endbfrange", 0x4E00, "一"),
        (b"1 beginbfchar <05> <20> endbfchar", 5, " "),
        (b"1 beginbfchar <41> <0048> endbfchar", 0x42, None),
        (b"1 beginbfrange <30> <39> <0030> endbfrange", 0x2F, None),
        (b"1 beginbfrange <30> <39> <0030> endbfrange", 0x3A, None),
    ],
)
def test_a_map_gives_each_code_its_text(content, code, text):
    assert read_map(content).text(code) == text


@pytest.mark.parametrize(
    "content",
    [
        b"1 beginbfchar <41> <0048 endbfchar",
        b"1 beginbfchar <4> <0048> endbfchar",
        b"2 beginbfchar <41> <0048> endbfchar",
        b"1 beginbfrange <41> <0048> endbfrange",
        b"1 beginbfchar <41> <0048> endbfrange",
        b"1 beginbfrange <30> <31> [<4E00> <4E8C> endbfrange",
    ],
)
def test_a_map_that_is_torn_is_no_map(content):
    with pytest.raises(Torn):
        read_map(content)
