"""Each showing of a mail is recorded once, and equal content is one mail."""

from __future__ import annotations

from datetime import timedelta

from state.rows.mails import RecordedArrival


def test_a_new_mail_is_recorded_with_its_arrival(season):
    recorded = season.ledger.record_arrivals((season.arrival(uid=4000000000),), season.now)[0]
    assert recorded.is_new_mail
    assert season.ledger.known_uids("collect@example.cn", "INBOX", 1) == {4000000000}


def test_recording_the_same_arrival_again_changes_nothing(season):
    arrival = season.arrival()
    first = season.ledger.record_arrivals((arrival,), season.now)[0]
    again = season.ledger.record_arrivals((arrival,), season.later(hours=1))[0]
    assert again == RecordedArrival(first.mail_id, is_new_mail=False)
    assert season.ledger.equation().arrivals == 1


def test_same_content_in_two_mailboxes_is_one_mail_with_two_arrivals(season):
    first = season.arrive("same")
    second = season.arrive("same", mailbox="other@example.cn")
    equation = season.ledger.equation()
    assert first == second
    assert (equation.arrivals, equation.mails, equation.pending) == (2, 1, 2)


def test_known_uids_are_those_of_one_mailbox_folder_and_uidvalidity(season):
    season.arrive(uid=7)
    season.arrive(uid=8)
    season.arrive(uid=9, uidvalidity=2)
    season.arrive(uid=10, folder="Junk")
    season.arrive(uid=11, mailbox="other@example.cn")
    assert season.ledger.known_uids("collect@example.cn", "INBOX", 1) == {7, 8}
    assert season.ledger.known_uids("collect@example.cn", "INBOX", 1, at_least=8) == {8}


def test_a_number_given_to_another_mail_loses_neither(season):
    first = season.arrive("one", uid=5)
    second = season.arrive("two", uid=5)
    assert first != second
    equation = season.ledger.equation()
    assert (equation.arrivals, equation.mails) == (2, 2)
    assert season.arrive("two", uid=5) == second


def test_a_changed_uidvalidity_does_not_count_mails_twice(season):
    ids = [season.arrive(f"{n}", uid=n) for n in (1, 2, 3)]
    again = [season.arrive(f"{n}", uid=n + 10, uidvalidity=2) for n in (1, 2, 3)]
    season.ledger.record_poll("collect@example.cn", "INBOX", 2, {11, 12, 13}, 13, season.now)
    equation = season.ledger.equation()
    assert again == ids
    assert (equation.arrivals, equation.on_server, equation.unaccounted) == (3, 3, 0)


def test_a_mail_copied_within_its_folder_has_two_arrivals(season):
    season.arrive("same", uid=1)
    season.arrive("same", uid=2)
    season.ledger.record_poll("collect@example.cn", "INBOX", 1, {1, 2}, 2, season.now)
    equation = season.ledger.equation()
    assert (equation.arrivals, equation.mails, equation.unaccounted) == (2, 1, 0)


def test_a_mail_shown_but_never_recorded_is_unaccounted_for(season):
    season.arrive(uid=1)
    season.ledger.record_poll("collect@example.cn", "INBOX", 1, {1, 2}, 2, season.now)
    assert season.ledger.equation().unaccounted == 1
    season.arrive(uid=2)
    assert season.ledger.equation().unaccounted == 0


def test_a_mail_that_a_person_deleted_is_gone_but_still_counts(season):
    season.arrive(uid=1)
    season.arrive(uid=2)
    season.ledger.record_poll("collect@example.cn", "INBOX", 1, {2}, 2, season.now)
    equation = season.ledger.equation()
    assert (equation.arrivals, equation.on_server, equation.unaccounted) == (2, 1, 0)
    assert season.ledger.known_uids("collect@example.cn", "INBOX", 1) == {2}


def test_a_deleted_mail_shown_again_is_back_under_its_number(season):
    mail = season.arrive("same", uid=1)
    season.ledger.record_poll("collect@example.cn", "INBOX", 1, set(), None, season.now)
    assert season.arrive("same", uid=1) == mail
    season.ledger.record_poll("collect@example.cn", "INBOX", 1, {1}, 1, season.now)
    equation = season.ledger.equation()
    assert (equation.arrivals, equation.unaccounted) == (1, 0)


def test_a_mail_moved_out_and_back_counts_once(season):
    season.arrive("same", uid=1)
    season.ledger.record_poll("collect@example.cn", "INBOX", 1, set(), None, season.now)
    season.arrive("same", uid=9)
    assert season.ledger.equation().arrivals == 1


def test_a_poll_of_recent_mail_leaves_older_mail_where_it_was(season):
    season.arrive(uid=1, received_at=season.now - timedelta(days=30))
    season.arrive(uid=2, received_at=season.now - timedelta(days=1))
    season.arrive(uid=3)
    since = season.now - timedelta(days=5)
    season.ledger.record_poll("collect@example.cn", "INBOX", 1, {3, 4}, 4, season.now, since)
    equation = season.ledger.equation()
    assert (equation.on_server, equation.unaccounted) == (3, 1)
    season.ledger.record_poll("collect@example.cn", "INBOX", 1, 2, 4, season.now, since)
    assert season.ledger.equation() == equation
    assert season.ledger.known_uids("collect@example.cn", "INBOX", 1) == {1, 3}


def test_a_poll_of_thousands_of_vanished_mails_marks_them_all(season):
    season.ledger.record_arrivals([season.arrival() for _ in range(1200)], season.now)
    season.ledger.record_poll("collect@example.cn", "INBOX", 1, {1}, 1, season.now)
    assert season.ledger.known_uids("collect@example.cn", "INBOX", 1) == {1}


def test_the_first_contact_is_remembered(season):
    ledger, start = season.ledger, season.now
    assert ledger.first_contact("collect@example.cn") is None
    ledger.record_poll("collect@example.cn", "INBOX", 1, set(), None, start)
    ledger.record_poll("collect@example.cn", "INBOX", 1, 0, 77, season.later(minutes=2))
    assert ledger.first_contact("collect@example.cn") == start
