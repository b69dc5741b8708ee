"""Of a backlog the oldest are taken in first, and some of the youngest with them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.mailboxes.base import in_turn


def test_without_a_backlog_the_oldest_comes_first():
    assert in_turn([1, 2, 3], None) == [1, 2, 3]
    assert in_turn([1, 2, 3], 3) == [1, 2, 3]


def test_of_a_backlog_a_quarter_of_the_places_are_for_the_youngest():
    assert in_turn(range(20), 8) == (0, 1, 2, 3, 4, 5, 18, 19, *range(6, 18))


@given(st.integers(0, 60), st.integers(1, 20))
def test_every_mail_has_one_place_and_all_are_taken_in_at_last(waiting, limit):
    left, turns = list(range(waiting)), 0
    while left:
        ordered = in_turn(left, limit)
        assert sorted(ordered) == left
        taken = set(ordered[:limit])
        assert min(left) in taken  # the oldest never waits
        left, turns = [one for one in left if one not in taken], turns + 1
    assert turns == -(-waiting // limit)
