"""What people decide about mails: each act is whole, audited, and makes no second mail."""

from __future__ import annotations

from rules.outcome import Outcome
from state.rows.mails import MailHeaders, NewFile


def held(season, reason="unit-unknown"):
    mail = season.arrive()
    season.claim()
    season.ledger.hold_mail(mail, "w1", reason, "cause", season.now)
    return mail


def test_a_retried_mail_is_read_again_from_its_first_try(season):
    mail = held(season)
    assert season.ledger.retry_mail(mail, "anna", season.now)
    assert season.claim().attempts == 1
    assert [(row.actor, row.action) for row in season.ledger.audits()] == [("anna", "retry-mail")]


def test_a_retried_mail_keeps_the_unit_a_person_gave_it(season):
    mail = held(season)
    season.ledger.reopen_mail(mail, "anna", season.now, "c", "chifeng")
    season.claim()
    season.ledger.hold_mail(mail, "w1", "own-fault", "", season.now)
    season.ledger.retry_mail(mail, "anna", season.now)
    assert season.claim().assigned_unit == "chifeng"


def test_a_mail_read_again_has_the_files_of_its_last_reading(season):
    for names in (("a.doc", "b.doc"), ("a.docx",), ()):
        mail = season.arrive("the same mail")
        season.claim()
        files = [NewFile(name, "0" * 64, 3, "docx") for name in names]
        assert season.decide(mail, files=files, outcome=Outcome.HELD)
        assert [file.name for file in season.ledger.files_of(mail)] == list(names)
        season.ledger.retry_mail(mail, "anna", season.now)


def test_an_undecided_mail_is_not_retried(season):
    mail = season.arrive()
    assert not season.ledger.retry_mail(mail, "anna", season.now)
    assert season.ledger.audits() == []


def test_the_readers_cause_is_kept_when_a_mail_is_held_after_its_tries(season):
    mail = season.arrive()
    for _ in range(3):
        season.claim()
        season.ledger.release_mail(mail, "w1", counted=True, cause="died: signal 9")
    assert season.claim() is None
    row = season.ledger.mail(mail)
    assert (row.outcome, row.reason, row.cause) == ("held", "reading-failed", "died: signal 9")


def test_a_mended_mail_is_read_from_its_copy_and_stays_one_mail(season):
    mail = held(season)
    assert season.ledger.mend_mail(mail, "anna", season.now, "a" * 64, "k" * 64, 77)
    assert season.claim().raw_sha256 == "a" * 64
    shown = season.ledger.arrivals_of(mail)
    assert len(shown) == 1
    assert shown[0].raw_sha256 != "a" * 64
    assert season.ledger.equation().mails == 1


def test_a_mended_copy_that_a_mailbox_shows_later_is_the_same_mail(season):
    mail = held(season)
    season.ledger.mend_mail(mail, "anna", season.now, "a" * 64, "k" * 64, 77)
    again = season.ledger.record_arrivals((season.arrival(content_key="k" * 64),), season.now)[0]
    assert (again.mail_id, again.is_new_mail) == (mail, False)
    assert season.ledger.mail_of_content("k" * 64) == mail


def test_a_mail_that_a_person_dealt_with_is_ignored_and_counted(season):
    mail = held(season, "message-for-a-person")
    assert season.ledger.settle_mail(mail, "anna", season.now, "answered by phone")
    assert not season.ledger.settle_mail(mail, "anna", season.now, "")
    row = season.ledger.mail(mail)
    assert (row.outcome, row.reason) == ("ignored", "handled")
    assert season.ledger.equation().complete


def test_only_a_held_mail_can_be_called_dealt_with(season):
    mail = season.submit()
    assert not season.ledger.settle_mail(mail, "anna", season.now, "")
    assert season.ledger.mail(mail).outcome == Outcome.ACCEPTED


def test_headers_are_noted_only_where_nobody_read_them(season):
    mail = held(season)
    ((nameless, _),) = season.ledger.nameless_held()
    assert nameless == mail
    season.ledger.note_headers(mail, MailHeaders("<1@a.cn>", "报送", "A@example.cn", "张三"))
    season.ledger.note_headers(mail, MailHeaders("<2@a.cn>", "别的"))
    row = season.ledger.mail(mail)
    assert (row.subject, row.sender_address) == ("报送", "a@example.cn")
    assert season.ledger.nameless_held() == []


def test_a_trouble_is_opened_once_until_it_is_closed(season):
    first = season.ledger.open_alert("no-poll", "a", "network", season.now)
    season.later(minutes=5)
    assert season.ledger.open_alert("no-poll", "a", "other", season.now) == first
    assert season.ledger.open_alerts() == [first]
    assert season.ledger.close_alert(first.id, season.now)
    assert not season.ledger.close_alert(first.id, season.now)
    assert season.ledger.open_alert("no-poll", "a", "", season.now).id != first.id
