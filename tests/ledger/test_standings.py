"""Which version is in force, and where a unit stands, told as a season goes by."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.decision import UnitMatch
from rules.outcome import Outcome, Standing
from state.standings import _standing
from state.submissions import GOOD, in_force

KEY = ("chifeng", "statistics")


def standing(season):
    return season.ledger.standings("c")[KEY]


def test_nothing_sent_is_no_standing(season):
    assert season.ledger.standings("c") == {}


def test_a_returned_version_is_returned_and_open(season):
    season.submit(Standing.RETURNED)
    row = standing(season)
    assert (row.standing, row.version, row.items, row.returned_open) == ("returned", 1, 0, True)


def test_a_corrected_version_is_accepted_and_nothing_is_open(season):
    season.submit(Standing.RETURNED)
    season.later(days=1)
    season.submit()
    row = standing(season)
    assert (row.standing, row.version, row.returned_open) == ("accepted", 2, False)
    assert row.received_at == season.now


def test_a_later_accepted_version_supersedes(season):
    season.submit()
    (first,) = season.ledger.submissions("c")
    season.later(days=1)
    season.submit()
    (second,) = season.ledger.submissions("c")
    assert (second.version, second.supersedes) == (2, first.id)
    assert len(season.ledger.submissions("c", in_force=False)) == 2


def test_an_accepted_version_stands_though_a_later_one_was_returned(season):
    season.submit()
    season.later(days=1)
    season.submit(Standing.RETURNED)
    row = standing(season)
    assert (row.standing, row.version, row.returned_open) == ("accepted", 1, True)
    assert [version.version for version in season.ledger.submissions("c")] == [1]


def test_a_mail_read_late_does_not_supersede_one_received_after_it(season):
    older = season.arrive(received_at=season.now - timedelta(hours=2))
    season.claim("slow")
    season.submit()
    assert season.decide(older, "slow", season.submission())
    (in_force,) = season.ledger.submissions("c")
    assert (in_force.version, in_force.mail_id != older) == (1, True)
    late = season.ledger.submissions_of(older)[0]
    assert (late.version, late.supersedes) == (2, None)


def test_of_two_mails_of_one_second_the_later_one_is_in_force_whichever_was_read_first(season):
    older = season.arrive()
    season.claim("slow")
    newer = season.submit()
    assert season.decide(older, "slow", season.submission())
    (in_force,) = season.ledger.submissions("c")
    assert in_force.mail_id == newer
    assert season.ledger.standing_submission("c", *KEY) == in_force
    assert season.ledger.latest_submission("c", *KEY) == in_force
    assert standing(season).submission_id == in_force.id
    assert [row.mail_id for row in season.ledger.submissions("c", in_force=False)] == [older, newer]
    assert season.ledger.submissions_of(older)[0].supersedes is None


def test_a_good_version_stands_though_a_later_one_was_returned(season):
    season.submit(Standing.RETURNED)
    assert season.ledger.standing_submission("c", *KEY) is None
    season.later(days=1)
    season.submit()
    season.later(days=1)
    season.submit(Standing.RETURNED)
    assert season.ledger.standing_submission("c", *KEY).version == 2
    assert season.ledger.standing_submission("c", *KEY, item="甲") is None


def test_late_and_nil_are_standings_of_their_own(season):
    season.submit(Standing.ACCEPTED_LATE)
    season.submit(Standing.NIL, requirement="media")
    standings = season.ledger.standings("c")
    assert standings[KEY].standing is Standing.ACCEPTED_LATE
    assert standings["chifeng", "media"].standing is Standing.NIL


def test_items_are_versions_apart_and_counted_together(season):
    season.submit(item="甲项目")
    season.later(days=1)
    season.submit(Standing.ACCEPTED_LATE, item="乙项目")
    row = standing(season)
    assert (row.standing, row.items, row.returned_open) == ("accepted", 2, False)
    assert {version.item for version in season.ledger.submissions("c")} == {"甲项目", "乙项目"}


def test_one_item_returned_stays_open_beside_an_accepted_one(season):
    season.submit(item="甲项目")
    season.later(days=1)
    season.submit(Standing.RETURNED, item="乙项目")
    assert standing(season).returned_open
    season.later(days=1)
    season.submit(item="乙项目")
    assert not standing(season).returned_open


def test_an_item_returned_without_its_name_is_closed_by_the_next_good_one(season):
    season.submit(Standing.RETURNED, item="")
    season.later(days=1)
    season.submit(item="甲项目")
    assert not standing(season).returned_open


def test_a_withdrawn_version_gives_way_to_the_one_before(season):
    season.submit()
    season.later(days=1)
    season.submit()
    (second,) = season.ledger.submissions("c")
    assert season.ledger.reopen_mail(second.mail_id, "admin", season.now)
    assert [version.version for version in season.ledger.submissions("c")] == [1]
    assert standing(season).version == 1
    assert season.ledger.submission(second.id).withdrawn_at == season.now


def test_those_in_force_can_be_chosen_from_all_versions(season):
    for standing_, unit in (
        (Standing.ACCEPTED, "chifeng"),
        (Standing.RETURNED, "wuhai"),
        (Standing.NIL, "tongliao"),
        (Standing.ACCEPTED_LATE, "chifeng"),
        (Standing.RETURNED, "tongliao"),
        (Standing.ACCEPTED, "wuhai"),
    ):
        season.submit(standing_, unit=unit)
        season.later(days=1)
    *_, last = season.ledger.submissions("c")
    season.ledger.reopen_mail(last.mail_id, "admin", season.now)
    chosen = in_force(season.ledger.submissions("c", in_force=False))
    assert chosen == season.ledger.submissions("c")
    assert [row.unit for row in chosen] == ["tongliao", "chifeng"]


def test_campaigns_do_not_mix(season):
    season.submit(campaign="d")
    assert season.ledger.standings("c") == {}
    assert season.ledger.submissions("c") == []


def test_an_address_is_known_by_the_unit_its_form_named(season):
    season.submit(sender="Wang@Example.cn")
    season.submit(sender="guess@example.cn", by="subject")
    assert season.ledger.known_addresses("c") == {"wang@example.cn": "chifeng"}


def test_an_address_that_spoke_for_two_units_is_not_known(season):
    season.submit(sender="wang@example.cn")
    season.submit(sender="wang@example.cn", unit="tongliao", by="subject")
    assert season.ledger.known_addresses("c") == {}


def test_a_form_of_another_unit_in_the_mail_is_not_learned_from(season):
    mail = season.arrive()
    season.claim()
    unit = UnitMatch("chifeng", "赤峰", "form")
    other = season.submission(unit="tongliao")
    season.decide(mail, "w1", other, outcome=Outcome.ACCEPTED, decision={"unit": unit})
    assert season.ledger.known_addresses("c") == {}


class Version:
    """As the query gives it."""

    def __init__(self, number: int, item: str, value: Standing) -> None:
        self.id = self.mail_id = self.version = self.received_at = number
        self.item, self.standing = item, value


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "甲", "乙"]),
            st.sampled_from([Standing.RETURNED, *sorted(GOOD)]),
        ),
        min_size=1,
    )
)
def test_a_unit_is_returned_exactly_when_it_never_sent_a_good_version(sent):
    versions = [Version(number, *one) for number, one in enumerate(sent)]
    row = _standing(versions)
    good = [version for version in versions if version.standing in GOOD]
    assert (row.standing == Standing.RETURNED) == (not good)
    assert row.items == len({version.item for version in good})
    assert row.submission_id == (good or versions)[-1].id
    if versions[-1].standing is Standing.RETURNED:
        assert row.returned_open
