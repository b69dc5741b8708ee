"""What senders taught is asked by address and by domain, costs the same of many, and is not old."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from bot.mails.remembering import AGAIN, LedgerHistory
from parsers.mail import Party
from rules.roster import Roster, Unit
from rules.who.learned import Learned
from rules.who.units import match_sender
from state.rows.submissions import SpokenRow

ADDRESSES = ("a@x.cn", "b@x.cn", "c@y.cn", "d@y.cn")
words = st.tuples(st.sampled_from(ADDRESSES), st.sampled_from("甲乙丙"), st.booleans())


def walked(spoken):
    """Address → unit as one finds it by looking at everything that was ever said."""
    units = {address: {u for a, u, _ in spoken if a == address} for address in ADDRESSES}
    named = {address for address, _, by_form in spoken if by_form}
    return {a: min(units[a]) for a in named if len(units[a]) == 1}


@given(st.lists(words))
def test_what_is_learned_word_by_word_is_what_all_of_it_says(spoken):
    learned = Learned()
    for address, unit, named in spoken:
        learned.add(address, unit, named=named)
    known = walked(spoken)
    assert {a: learned.unit_of(a) for a in ADDRESSES} == {a: known.get(a) for a in ADDRESSES}
    for domain in ("x.cn", "y.cn"):
        users = {unit for address, unit in known.items() if address.endswith(f"@{domain}")}
        told = learned.units_at(domain)
        assert told <= users
        assert len(told) == min(len(users), 2)


def test_the_office_of_the_one_unit_that_writes_from_a_domain_is_known_by_it():
    roster = Roster((Unit("a", "甲局"), Unit("b", "乙局", addresses=("b@both.cn",))))
    known = Learned([("clerk@own.cn", "a"), ("clerk@both.cn", "a"), ("x@qq.com", "a")])
    found = [match_sender(Party("", f"new@{d}"), known, roster) for d in ("own.cn", "both.cn")]
    assert [[match.id for match in matches] for matches in found] == [["a"], []]
    assert match_sender(Party("", "new@qq.com"), known, roster) == ()


class Ledger:
    """Submissions as the ledger tells of them, and what was asked."""

    def __init__(self):
        self.rows, self.audit, self.asked = [], 0, []

    def last_audit(self):
        return self.audit

    def spoken(self, _campaign, after=0):
        self.asked.append(after)
        return sorted(
            (row for row in self.rows if row.submission_id > after), key=lambda r: r.submission_id
        )


def test_a_word_that_becomes_visible_late_under_a_lower_number_is_learned_all_the_same():
    ledger = Ledger()
    known = LedgerHistory(SimpleNamespace(ledger=ledger, campaign=lambda _: None)).known_addresses(
        "c"
    )
    ledger.rows.append(SpokenRow(500, "a@x.cn", "甲", "form"))
    assert known.unit_of("a@x.cn") == "甲"
    ledger.rows.append(SpokenRow(499, "b@x.cn", "乙", "form"))
    assert known.unit_of("b@x.cn") == "乙"
    assert ledger.asked[-1] == 500 - AGAIN


def test_what_a_person_withdrew_is_unlearned():
    ledger = Ledger()
    known = LedgerHistory(SimpleNamespace(ledger=ledger, campaign=lambda _: None)).known_addresses(
        "c"
    )
    ledger.rows.append(SpokenRow(1, "a@x.cn", "甲", "form"))
    assert known.units_at("x.cn") == {"甲"}
    ledger.rows.clear()
    ledger.audit = 7
    assert known.units_at("x.cn") == frozenset()


def test_the_ledger_is_not_asked_about_a_sender_the_roster_knows():
    ledger = Ledger()
    known = LedgerHistory(SimpleNamespace(ledger=ledger, campaign=lambda _: None)).known_addresses(
        "c"
    )
    roster = Roster((Unit("a", "甲局", addresses=("a@x.cn",)),))
    assert [match.id for match in match_sender(Party("", "A@x.cn"), known, roster)] == ["a"]
    assert ledger.asked == []
