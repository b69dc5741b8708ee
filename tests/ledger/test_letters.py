"""What was written to whom can be found, counted and capped."""

from __future__ import annotations

from datetime import timedelta

import pytest


def answered(season, address="a@example.cn", key=None, **headers):
    """One mail and the answer to it; returns the answer."""
    mail = season.arrive()
    season.claim()
    answer = season.letter(key or f"m{mail}", mail_id=mail, recipients=(address,))
    season.decide(mail, headers={"sender_address": address} | headers, letters=[answer])
    return answer


def test_letters_are_found_by_what_they_are(season):
    season.queue("1", campaign="c", unit="chifeng")
    season.queue("2", campaign="c", unit="tongliao", kind="reminder", requirements=("media",))
    assert [row.subject_key for row in season.ledger.letters(campaign="c")] == ["1", "2"]
    (row,) = season.ledger.letters(campaign="c", kind="reminder", state="queued")
    assert (row.unit, row.requirements, row.size) == ("tongliao", ("media",), 24)
    assert season.ledger.letters(since=season.now + timedelta(seconds=1)) == []
    assert len(season.ledger.letters(limit=1)) == 1
    with pytest.raises(TypeError, match="raw"):
        season.ledger.letters(raw="x")


def test_a_letter_that_is_not_there_has_no_bytes(season):
    with pytest.raises(KeyError):
        season.ledger.letter_raw(1)


def test_a_letter_is_found_by_the_id_a_mail_refers_to(season):
    season.queue("x")
    find = season.ledger.letter_by_message_ids
    assert find(["<nobody@example.cn>", "<letter-x@example.cn>"]).subject_key == "x"
    assert find([" letter-x@example.cn "]).subject_key == "x"
    assert find(["<0123456789ABCDEFletter-x@example.cn>"]).subject_key == "x"
    assert find(["<123letter-x@example.cn>"]) is None
    assert find([]) is None


def test_the_nearest_reference_wins(season):
    season.queue("old")
    season.queue("new")
    ids = ["<letter-new@example.cn>", "<letter-old@example.cn>"]
    assert season.ledger.letter_by_message_ids(ids).subject_key == "new"
    assert season.ledger.letter_by_message_ids(ids[::-1]).subject_key == "old"


def test_thousands_of_references_are_survived(season):
    assert season.ledger.letter_by_message_ids([f"<{n}@x>" for n in range(50000)]) is None


def test_answers_are_counted_per_address_domain_and_hour(season):
    start = season.now
    answered(season)
    answered(season, "B@Example.cn")
    season.queue("reminder", kind="reminder")
    ledger = season.ledger
    assert ledger.answers_to("A@example.cn", start) == 1
    assert ledger.answers_to_domain("example.cn", start) == 2
    assert ledger.answers_to_domain("example.cn", start + timedelta(seconds=1)) == 0


def test_a_letter_to_several_people_is_one_answer_to_their_domain(season):
    mail = season.arrive()
    season.queue(mail_id=mail, recipients=("a@example.cn", "b@example.cn", "A@example.cn"))
    assert season.ledger.answers_to_domain("example.cn", season.now) == 1
    assert season.ledger.answers_to("a@example.cn", season.now) == 1


def test_answers_in_a_conversation_are_counted_through_the_latest_of_them_only(season):
    answer = answered(season)
    for _ in range(2):
        answer = answered(season, references=(answer.message_id,))
    answered(season)
    assert season.ledger.answers_in_thread([answer.message_id], season.now) == 3
    assert season.ledger.answers_in_thread(["<stranger@example.cn>"], season.now) == 0


def test_a_reply_to_a_reminder_begins_a_conversation(season):
    season.queue("r", kind="reminder")
    answer = answered(season, references=("<letter-r@example.cn>",))
    assert season.ledger.answers_in_thread([answer.message_id], season.now) == 1
    assert season.ledger.answers_in_thread(["<letter-r@example.cn>"], season.now) == 0


def test_a_bounce_counts_only_for_an_address_that_was_written_to(season):
    letter = season.queue(recipients=("Gone@example.cn",), campaign="c", unit="chifeng")
    assert not season.ledger.mark_bounced(letter, "other@example.cn", season.now)
    assert season.ledger.mark_bounced(letter, "gone@Example.cn", season.now)
    (bounced,) = season.ledger.bounced("c")
    assert (bounced.address, bounced.unit) == ("gone@example.cn", "chifeng")
    assert season.ledger.bounced("d") == []
    assert len(season.ledger.bounced()) == 1
