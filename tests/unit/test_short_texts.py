"""What short texts say is kept; long ones are asked anew, so that memory stays small."""

from __future__ import annotations

from parsers.short_texts import LONGEST, remembered


def test_a_short_text_is_worked_out_once_and_a_long_one_each_time():
    asked = []

    @remembered
    def length(text):
        """Count."""
        asked.append(text)
        return len(text)

    short, long = "参加单位", "长" * (LONGEST + 1)
    assert [length(text) for text in (short, short, long, long)] == [4, 4, 201, 201]
    assert asked == [short, long, long]
    assert length.__doc__ == "Count."
