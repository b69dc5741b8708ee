"""Tables whose rows leave their text no air, seals on a table's edge, and digits set wide."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from parsers.formats.scan.agree import Character
from parsers.formats.scan.rulings import find_rulings
from parsers.formats.scan.spacing import first_word, spaced
from parsers.formats.scan.strips import Area, Strip, is_cut
from parsers.formats.scan.strokes import find_table

BLACK = 20
ROWS = range(60, 431, 37)
SIDES = (50, 300, 650)


def tight(columns=SIDES, gap=5):
    """Rule rows as tall as their text, each with a stroke of some digit at the same place."""
    sheet = np.full((500, 700), 255, np.uint8)
    for y in ROWS:
        cv2.line(sheet, (50, y), (650, y), BLACK, 3)
    for x in columns:
        cv2.line(sheet, (x, ROWS[0]), (x, ROWS[-1]), BLACK, 3)
    for y in ROWS[:-1]:
        sheet[y + gap : y + 37 - gap, 330:333] = BLACK
        sheet[y + gap : y + 37 - gap, 352:356] = BLACK
    return sheet


def down(sheet):
    return [round(s.at, -1) for s in sorted(find_rulings(sheet)[1])]


@pytest.mark.parametrize("gap", [4, 5, 7])
def test_digits_above_each_other_in_tight_rows_are_no_line(gap):
    assert down(tight(gap=gap)) == [50, 300, 650]


def test_a_line_that_is_broken_here_and_there_goes_through_the_lines_across():
    sheet = tight()
    for y in ROWS[:-1]:
        sheet[y + 16 : y + 22, 295:306] = 255
    assert down(sheet) == [50, 300, 650]


def test_a_seal_on_the_last_row_is_no_part_of_the_table():
    picture = cv2.cvtColor(
        np.vstack([tight(), np.full((400, 700), 255, np.uint8)]), cv2.COLOR_GRAY2RGB
    )
    cv2.circle(picture, (560, 520), 120, (215, 50, 55), 9)
    for y in range(440, 600, 40):
        cv2.rectangle(picture, (460, y), (490, y + 36), (215, 50, 55), 5)
    assert abs(find_table(picture)[:, 1].max() - ROWS[-1]) < 6


def test_a_table_ruled_in_red_is_found_too():
    picture = cv2.cvtColor(tight(), cv2.COLOR_GRAY2RGB)
    picture[picture[..., 0] < 128] = (215, 50, 55)
    points = find_table(picture)
    assert [round(float(side), -1) for side in (points[:, 0].min(), points[:, 0].max())] == [
        50,
        650,
    ]


def line(*at):
    """Return what stands at places, 12 pixels wide each, as read, its ink, and its strip."""
    ink = np.zeros((30, 200), np.uint8)
    for left, wide, _ in at:
        ink[:, left : left + wide] = 1
    read = [Character(text, left + wide / 2, 1.0) for left, wide, text in at]
    last = at[-1][0] + at[-1][1]
    return read, ink[:, :last], Strip(Area(0, 0, last, 30), Area(0, 0, last, 30))


def text(*at):
    read, ink, strip = line(*at)
    return spaced(read, ink, strip, 29.0)


def test_a_digit_with_more_room_beside_it_is_one_of_its_number():
    assert text((0, 14, "3"), (18, 8, "2"), (33, 14, "1"), (52, 14, "4")) == "3214"


def test_two_numbers_side_by_side_stay_two():
    assert text((0, 14, "3"), (18, 8, "2"), (38, 14, "1"), (57, 14, "4")) == "32 14"
    assert text((0, 14, "3"), (28, 14, "5")) == "3 5"
    assert text((0, 14, "1"), (22, 14, "1")) == "11"


def test_a_word_with_its_mark_is_not_broken():
    read, _, strip = line((0, 26, "式"), (30, 26, "："), (60, 26, "电"), (90, 26, "视"))
    assert 50 < first_word(read, strip) < 60
    read, _, strip = line((0, 26, "式"), (30, 26, "样"), (60, 26, "电"))
    assert first_word(read, strip) <= 30


def cell(*strokes):
    """Return whether strokes (left, width) of characters in a cell 200 pixels wide are cut."""
    sheet = np.full((60, 240), 255, np.uint8)
    bare = sheet.copy()
    for left, wide in strokes:
        sheet[15:45, 20 + left : 20 + left + wide] = bare[15:45, 20 + left : 20 + left + wide] = (
            BLACK
        )
    for x in (18, 222):
        sheet[5:55, x - 1 : x + 2], bare[5:55, x - 3 : x + 4] = BLACK, 255
    return is_cut(sheet, bare, Area(21, 8, 219, 52), 3)


@pytest.mark.parametrize(
    ("strokes", "is_so"),
    [
        ([(60, 14), (80, 14)], False),
        ([(3, 14), (22, 14)], False),  # as Excel sets words, near the line and apart from it
        ([(0, 14), (22, 14)], True),
        ([(150, 14), (190, 14)], True),
        ([(150, 14), (198, 4)], True),  # the left stroke of a digit, the rest is not there
        ([(4, 14), (100, 14), (184, 13)], True),  # text that fills the cell may go on
    ],
)
def test_a_character_at_a_side_is_cut_where_it_meets_the_line(strokes, is_so):
    assert cell(*strokes) is is_so
