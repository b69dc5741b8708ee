"""What pixels tell of a scan without any recogniser: lines, underlines, strips, slashes, zeros."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from parsers.formats.scan.agree import Character, cleared, plain
from parsers.formats.scan.clean import clean, inked
from parsers.formats.scan.marks import is_zero
from parsers.formats.scan.reading import read_strip
from parsers.formats.scan.rulings import find_rulings
from parsers.formats.scan.strips import Area, find_strips
from parsers.formats.scan.struck import is_struck
from parsers.formats.scan.underlines import erase_underlines

TALL = 30
BLACK = 20


def page(rows: int = 420, columns: int = 700) -> np.ndarray:
    return np.full((rows, columns), 255, np.uint8)


def table(sheet: np.ndarray, grey: int = BLACK) -> np.ndarray:
    """Rule a table of five rows and three columns."""
    for y in range(60, 361, 60):
        cv2.line(sheet, (50, y), (650, y), grey, 3)
    for x in (50, 300, 500, 650):
        cv2.line(sheet, (x, 60), (x, 360), grey, 3)
    return sheet


def glyph(sheet: np.ndarray, x: int, y: int) -> None:
    """Set something like a character: a frame with a cross in it."""
    cv2.rectangle(sheet, (x, y), (x + TALL - 2, y + TALL - 2), BLACK, 3)
    cv2.line(sheet, (x, y + TALL // 2), (x + TALL - 2, y + TALL // 2), BLACK, 3)
    cv2.line(sheet, (x + TALL // 2, y), (x + TALL // 2, y + TALL - 2), BLACK, 3)


def ends(sheet: np.ndarray) -> list[tuple[int, int]]:
    return [(round(s.start, -1), round(s.end, -1)) for s in sorted(find_rulings(sheet)[1])]


def test_a_character_over_the_table_makes_no_line_longer():
    sheet = table(page())
    cv2.line(sheet, (300, 28), (300, 60), BLACK, 4)
    assert ends(sheet) == [(60, 360)] * 4


def test_a_table_that_is_open_at_its_top_keeps_all_its_lines():
    sheet = table(page())
    for x in (50, 300, 500, 650):
        cv2.line(sheet, (x, 20), (x, 60), BLACK, 3)
    assert ends(sheet) == [(20, 360)] * 4


def test_lines_are_found_where_they_run_through_a_grey_seal():
    sheet = page()
    for radius in range(98, 112):
        cv2.circle(sheet, (350, 210), radius, 110, 2)
    cv2.rectangle(sheet, (330, 160), (370, 260), 110, -1)
    across, _ = find_rulings(table(sheet))
    assert [round(s.at, -1) for s in sorted(across) if s.length > 500] == list(range(60, 361, 60))


def strips(sheet: np.ndarray, tall: float = TALL) -> list[Area]:
    rows, columns = sheet.shape
    return [strip.ink for strip in find_strips(sheet, Area(0, 0, columns, rows), tall)[0]]


def lines_of_text(gap: int) -> np.ndarray:
    sheet = page(120, 400)
    for row in range(2):
        for number in range(8):
            glyph(sheet, 20 + 38 * number, 12 + row * (TALL + gap))
    sheet[12 : 12 + 2 * TALL, 34:37] = BLACK  # two characters touch
    return sheet


@pytest.mark.parametrize("gap", [4, 6, 12])
def test_lines_of_text_are_parted_however_tightly_they_are_set(gap):
    found = strips(lines_of_text(gap), TALL + 3)
    assert [abs(ink.height - TALL) <= 8 for ink in found] == [True, True]


@pytest.mark.parametrize(("y", "lines"), [(134, 2), (118, 3)])
def test_the_rest_of_a_line_to_write_on_is_no_text_but_a_yi_is(y, lines):
    sheet = page(170, 400)
    for row in range(2):
        for number in range(8):
            glyph(sheet, 20 + 38 * number, 12 + row * 46)
    sheet[y : y + 3, 20:36] = BLACK
    assert len(strips(sheet)) == lines


def test_what_is_left_of_a_line_at_a_cells_foot_is_no_text():
    sheet = page(80, 400)
    glyph(sheet, 20, 20)
    sheet[77:79, 300:360] = 120
    assert len(strips(sheet)) == 1


def test_pale_strokes_are_ink_where_they_hang_on_to_dark_ones():
    sheet = page(40, 40)
    sheet[5:30, 10:12] = 175
    sheet[8:12, 10:12] = 120
    sheet[5:30, 30:32] = 175
    ink = inked(sheet)
    assert (int(ink[:, 10].sum()), int(ink[:, 30].sum())) == (25, 0)


def underlined(x: int, wide: int, y: int) -> np.ndarray:
    """Return a line of characters with a stroke."""
    sheet = page(80, 500)
    for number in range(4):
        glyph(sheet, 20 + 38 * number, 20)
    sheet[y : y + 3, x : x + wide] = BLACK
    return sheet


@pytest.mark.parametrize(
    ("x", "wide", "y", "left"),
    [
        (200, 150, 50, False),  # to write on, behind the label
        (20, 150, 54, False),  # under the text
        (200, 60, 33, True),  # a dash
        (200, 15, 48, True),  # an underscore of an address
    ],
)
def test_only_lines_to_write_on_are_taken_out(x, wide, y, left):
    sheet = underlined(x, wide, y)
    erase_underlines(sheet, Area(0, 0, 500, 80), TALL)
    assert bool((sheet[y : y + 3, x + 2 : x + wide - 2] < 100).any()) is left
    assert (sheet[20:48, 20:170] < 100).any()


def drawn(shape: str) -> np.ndarray:
    ink = np.zeros((34, 30), np.uint8)
    if shape == "zero":
        cv2.ellipse(ink, (14, 16), (8, 14), 0, 0, 360, 1, 3)
    if shape == "circle":
        cv2.circle(ink, (14, 16), 13, 1, 2)
    if shape == "six":
        cv2.ellipse(ink, (14, 23), (8, 7), 0, 0, 360, 1, 3)
        cv2.line(ink, (7, 22), (16, 2), 1, 3)
    if shape == "broken":
        cv2.ellipse(ink, (14, 16), (8, 14), 0, 30, 170, 1, 3)
        cv2.ellipse(ink, (14, 16), (8, 14), 0, 210, 350, 1, 3)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


@pytest.mark.parametrize(
    ("shape", "zero"), [("zero", True), ("circle", False), ("six", False), ("broken", False)]
)
def test_one_upright_ring_is_a_zero_and_nothing_else_is(shape, zero):
    assert is_zero(drawn(shape)) is zero


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("报送单位：__内蒙古__", "报送单位:内蒙古"),
        ("kjj_office@example.cn", "kjj_office@example.cn"),
        ("1O5", "105"),
        ("A1O", "A1O"),
        ("OK", "OK"),
    ],
)
def test_lines_to_write_on_and_letters_for_zeros_are_set_right(read, meant):
    characters = [Character(char, 10.0 * number, 1.0) for number, char in enumerate(read)]
    assert plain(cleared(characters)) == meant


def written(text: str, *stroke: tuple[int, int]) -> np.ndarray:
    """Write figures with a pen, and draw a stroke over them."""
    sheet = page(80, 400)
    cv2.putText(sheet, text, (60, 54), cv2.FONT_HERSHEY_SIMPLEX, 1.3, BLACK, 3, cv2.LINE_AA)
    if stroke:
        cv2.line(sheet, *stroke, BLACK, 2, cv2.LINE_AA)
    return sheet


def struck(sheet: np.ndarray, text: str) -> bool:
    (strip,), _ = find_strips(sheet, Area(0, 0, 400, 80), TALL)
    left, top, right, bottom = strip.ink
    wide = (cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 1.3, 3)[0][0]) / len(text)
    said = [Character(c, 60 + (n + 0.5) * wide, 1.0) for n, c in enumerate(text)]
    return is_struck(inked(sheet[top:bottom, left:right]), said, left, TALL)


@pytest.mark.parametrize(
    ("text", "stroke"),
    [
        ("3600", ((52, 40), (172, 40))),
        ("3600", ((52, 44), (172, 34))),
        ("18500", ((56, 54), (200, 26))),
        ("9", ((50, 40), (94, 40))),
    ],
)
def test_a_number_that_a_stroke_runs_through_is_struck_out(text, stroke):
    sheet = written(text, *stroke)
    assert struck(sheet, text)
    (strip,), _ = find_strips(sheet, Area(0, 0, 400, 80), TALL)
    assert not read_strip(sheet, strip, TALL).sure


@pytest.mark.parametrize(
    "text", ["3600", "18", "45", "44", "7", "20-27", "8.5", "1112", "A-B", "0"]
)
def test_a_number_that_none_runs_through_is_not(text):
    assert not struck(written(text), text)


@pytest.mark.parametrize("height", [24, 62])
def test_a_line_over_or_under_a_number_strikes_nothing(height):
    assert not struck(written("3600", (52, height), (172, height)), "3600")


RED = (205, 30, 40)
WIDE = 1250  # pixels of a table across


def coloured() -> np.ndarray:
    """Print a number in black, one in red, and press a seal and a ruled red line on the sheet."""
    sheet = np.full((700, 1300, 3), 255, np.uint8)
    for x, ink in ((100, (BLACK,) * 3), (300, RED)):
        cv2.putText(sheet, "3600", (x, 100), cv2.FONT_HERSHEY_SIMPLEX, 1.1, ink, 3, cv2.LINE_AA)
    cv2.circle(sheet, (700, 300), 130, RED, 8, cv2.LINE_AA)
    cv2.putText(sheet, "15", (680, 310), cv2.FONT_HERSHEY_SIMPLEX, 1.1, RED, 3, cv2.LINE_AA)
    cv2.line(sheet, (30, 600), (1270, 600), RED, 4)
    return sheet


def test_what_is_written_in_red_is_read_and_a_seal_with_its_words_is_not():
    ink = inked(clean(coloured(), WIDE))
    black, red = ink[60:110, 95:220], ink[60:110, 295:420]
    assert 0.8 < red.sum() / black.sum() < 1.3
    assert not ink[150:].any()


def test_a_red_stroke_through_a_black_number_strikes_it_out():
    sheet = coloured()
    cv2.line(sheet, (92, 90), (200, 86), RED, 3, cv2.LINE_AA)
    page = clean(sheet, WIDE)
    (strip,), _ = find_strips(page, Area(60, 40, 260, 140), TALL)
    assert not read_strip(page, strip, TALL).sure
