"""Numbers worth a second look are few, and a big unit is not asked about being big."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.outliers import MOST, Row, outliers

MONEY = frozenset({"money"})
KEYS = tuple("abcdefgh")


def rows(count=12, category="县", **changes):
    made = [
        Row(str(n), category, {key: 100 + 13 * n + 7 * at for at, key in enumerate(KEYS)})
        for n in range(count)
    ]
    for name, numbers in changes.items():
        at = int(name.removeprefix("row"))
        made[at] = Row(str(at), category, {**made[at].numbers, **numbers})
    return made


def asked(made, last=None):
    return [(one.row, one.kind, one.field) for one in outliers(made, MONEY, last or {})]


def test_numbers_of_one_kind_of_unit_are_not_asked_about():
    assert asked(rows()) == []


def test_a_number_a_thousand_times_those_of_the_others_is_asked_about_with_what_is_usual():
    (one,) = outliers(rows(row3={"a": 170_000}), MONEY, {})
    assert (one.row, one.kind, one.field, one.among, one.own_kind) == (3, "large", "a", 11, True)
    assert 100 < one.usual < 260


def test_a_unit_that_is_big_in_everything_is_not_asked_about_anything():
    big = dict.fromkeys(KEYS, 300000)
    assert asked(rows(row3=big)) == []


def test_money_that_looks_like_ten_thousands_is_asked_about_but_a_small_count_is_not():
    made = [
        Row(r.unit, r.category, {**r.numbers, "money": 40_000 + 900 * n})
        for n, r in enumerate(rows())
    ]
    made[5] = Row("5", "县", {**made[5].numbers, "money": 5.2, "b": 1})
    assert asked(made) == [(5, "small", "money")]


def test_few_units_or_numbers_that_always_spread_widely_say_nothing():
    assert asked(rows(4, row1={"a": 170_000})) == []
    wide = [Row(str(n), "县", {"a": 10.0**n}) for n in range(8)]
    assert asked(wide) == []


def test_units_of_another_kind_are_only_compared_where_too_few_are_alike():
    made = [*rows(6), Row("x", "校", {"a": 900_000})]
    (one,) = outliers(made, MONEY, {})
    assert (one.row, one.own_kind) == (6, False)


@pytest.mark.parametrize(("now", "before", "kind"), [(500, 30, "more"), (0, 400, "less")])
def test_a_leap_since_last_year_is_asked_about(now, before, kind):
    made = [Row("0", "", {"a": now})]
    assert asked(made, {"0": {"a": before}}) == [(0, kind, "a")]
    assert asked(made, {"0": {"a": 15}} if now < 20 else {"0": {"a": now}}) == []


def test_a_unit_whose_numbers_are_all_those_of_another_is_asked_about_once():
    made = rows(5)
    made[4] = Row("4", "县", dict(made[1].numbers))
    (one,) = outliers(made, MONEY, {})
    assert (one.row, one.kind, one.other) == (4, "copied", 1)


@given(st.lists(st.lists(st.floats(0, 1e12), min_size=8, max_size=8), max_size=40))
def test_however_odd_the_numbers_a_clerk_is_not_flooded(table):
    made = [Row(str(n), "", dict(zip(KEYS, line, strict=True))) for n, line in enumerate(table)]
    found = outliers(made, MONEY, {})
    assert len(found) <= MOST
    assert len({(one.row, one.field) for one in found}) == len(found)
