"""A table asked for every month counts for the month whose day is not over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rules.campaign import Campaign, CampaignFile, Requirement
from rules.evidence import Evidence, Piece
from rules.roster import Roster
from rules.turns import in_turn, turns_of

MONTHS = (date(2025, 4, 25), date(2025, 5, 25), date(2025, 6, 25))


def campaign() -> Campaign:
    months = [
        Requirement(key=f"form-{day.month}", title=f"月报表（{day.month}月）", due=day, form="form")
        for day in reversed(MONTHS)
    ]
    once = Requirement(key="plan", title="方案", due=date(2025, 4, 3), form="plan")
    file = CampaignFile(id="x", title="x", requirements=(once, *months))
    return Campaign(file, {}, Roster(()), {}, Path())


def counted(key: str, at: datetime) -> str:
    known = campaign()
    piece = Piece(known, known.requirement(key), "", ())
    (turned,) = in_turn(Evidence((piece,), (), (), copies=(piece,)), at).pieces
    return turned.requirement.key


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (datetime(2025, 3, 28, tzinfo=UTC), "form-4"),
        (datetime(2025, 4, 25, 15, 59, tzinfo=UTC), "form-4"),  # 23:59 in Shanghai
        (datetime(2025, 4, 25, 16, 0, tzinfo=UTC), "form-5"),
        (datetime(2025, 6, 25, 1, 0, tzinfo=UTC), "form-6"),
        (datetime(2025, 8, 1, tzinfo=UTC), "form-6"),  # late for the last
    ],
)
def test_a_copy_is_for_the_first_month_that_is_not_over(day, key):
    assert counted("form-4", day) == counted("form-6", day) == key


def test_what_is_asked_for_once_stays_as_it_is():
    assert counted("plan", datetime(2025, 6, 1, tzinfo=UTC)) == "plan"
    known = campaign()
    assert turns_of(known, known.requirement("plan")) == [known.requirement("plan")]
