"""Copies that mix habits, by the hundred: nothing is read that they do not state, none is lost."""

from __future__ import annotations

import pytest

from tests.bench.strangers import DRAWN, FORMS, copies, outcome
from tests.draw.strangers.habits import HABITS

EACH = 8  # copies of each form


@pytest.mark.parametrize("kind", DRAWN)
def test_what_strangers_wrote_is_what_is_read(kind):
    drawn = list(copies(20261123, EACH * len(FORMS)))
    assert {habit for _, copy in drawn for habit in copy.habits} == {h.__name__ for h in HABITS}
    read = [(number, copy.habits, *outcome(copy, kind)) for number, copy in drawn]
    assert [one for one in read if one[3]] == []
    asked = sum(counts["asked"] for *_, counts, _ in read)
    assert asked * 100 < sum(counts["fields"] for *_, counts, _ in read)
