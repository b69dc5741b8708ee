"""What short texts say is kept; long ones are asked anew, so that memory stays small."""

from __future__ import annotations

from parsers.short_texts import LONGEST, MOST, remembered


def test_a_short_text_is_worked_out_once_and_a_long_one_each_time():
    asked = []

    @remembered
    def length(text):
        asked.append(text)
        return len(text)

    short, long = "参加单位", "长" * (LONGEST + 1)
    assert [length(text) for text in (short, short, long, long)] == [4, 4, 201, 201]
    assert asked == [short, long, long]


def test_of_very_many_short_texts_no_more_than_so_many_are_kept():
    asked = []
    echo = remembered(lambda text: asked.append(text) or text)
    for number in range(MOST + 1):
        assert echo(str(number)) == str(number)
    assert len(echo.__self__) == 1
    assert echo("0") == "0"
    assert asked[-1] == "0"
