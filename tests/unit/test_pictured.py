"""A form that stands, seen again on a picture: its sealed page mailed days after the Word file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.judging.arrival import NoHistory
from rules.judging.noted import Noted
from rules.reading import Status
from tests.unit.ordered import desk, text_of_letter
from tests.unit.test_evidence import form, scan
from tests.unit.test_judge import decide, ending, mail

BLURRED = ("18,500", "18500")
KNOWN = {"public": "18500", "leaflets": "900"}


class Standing(NoHistory):
    """A ledger in which one form is in force."""

    def __init__(self, *attached):
        (submission,) = decide(mail(*attached)).submissions
        (self.reading,) = submission.readings
        self.owed = (submission.campaign, submission.unit, submission.requirement, submission.item)

    def in_force(self, *owed):
        return self.reading if owed == self.owed else None


def seen(picture, *, after, **said):
    """Return how a picture that comes after a form ends, and what its public is then."""
    decision = decide(mail(picture, **said), history=after)
    (submission,) = decision.submissions
    return ending(decision), submission.readings[0].get("public")


def test_what_is_blurred_on_a_picture_of_the_form_that_stands_is_as_registered():
    picture = scan(form(**KNOWN), BLURRED)
    alone, read = seen(picture, after=NoHistory())
    assert (alone, read.status) == (("returned", "needs-correction"), Status.UNREADABLE)
    after, read = seen(picture, after=Standing(form(**KNOWN)))
    assert after == ("accepted", "complete")
    assert (read.value, read.notes) == (18500, ("as-registered",))
    assert read.place is not None


def test_a_nil_that_is_blurred_stays_nil():
    typed = form(public="无", leaflets="900")
    read = seen(scan(typed, ("无",)), after=Standing(typed))[1]
    assert (read.value, read.nil) == (0, True)


def test_words_that_a_picture_shows_are_spelled_as_they_were_registered():
    typed, spaced = "赤峰市科学技术局（科普处）", "赤峰市科学技术局 (科普处)"
    decision = decide(
        mail(scan(form(reporter=spaced, **KNOWN))), history=Standing(form(reporter=typed, **KNOWN))
    )
    assert decision.submissions[0].readings[0].get("reporter").value == typed


@pytest.mark.parametrize(
    "registered", [form(**KNOWN | {"leaflets": "901"}), form(**KNOWN | {"public": ""})]
)
def test_a_picture_that_says_something_else_is_no_copy(registered):
    standing = Standing(form(**KNOWN))
    standing.reading = decide(mail(registered)).submissions[0].readings[0]
    ended, read = seen(scan(form(**KNOWN), BLURRED), after=standing)
    assert (ended, read.status) == (("returned", "needs-correction"), Status.UNREADABLE)


@pytest.mark.parametrize(
    "said",
    [
        {"subject": "统计表（更正）"},
        {"text": "有一处改动，以这份盖章件为准。"},
        {"text": "上次填错了，请以此替换。"},
    ],
)
def test_a_blurred_picture_is_not_guessed_at_where_the_mail_speaks_of_a_change(said):
    ended, _ = seen(scan(form(**KNOWN), BLURRED), after=Standing(form(**KNOWN)), **said)
    assert ended == ("returned", "needs-correction")


def test_an_answer_to_our_letter_speaks_of_no_change_by_its_subject():
    said = {"subject": "回复：请更正：情况统计表", "text": "盖章件见附件。"}
    ended, _ = seen(scan(form(**KNOWN), BLURRED), after=Standing(form(**KNOWN)), **said)
    assert ended == ("accepted", "complete")


def test_a_picture_of_which_little_can_be_read_is_no_copy():
    typed = form(**KNOWN)
    texts = {cell.text for block in typed.document.tables for cell in block.cells}
    digits = tuple(text for text in texts if any(map(str.isdigit, text)))
    assert seen(scan(typed, digits), after=Standing(typed))[0] == ("returned", "needs-correction")


def test_the_receipt_says_what_was_blurred(tmp_path):
    with desk(tmp_path) as at_desk:
        sent = at_desk.form("chifeng@kepu.example.cn", "赤峰市科学技术局")
        registered = at_desk.history.in_force(at_desk.campaign.id, "chifeng", "statistics", "")
        assert registered.get("participants").value == 1200
        assert at_desk.history.in_force(at_desk.campaign.id, "chifeng", "report", "") is None
        at_desk.office.pool = Blurring(at_desk.office.pool, ("1,200", "1200"))
        again = at_desk.form("chifeng@kepu.example.cn", "赤峰市科学技术局", subject="盖章件")
        assert (sent.outcome, again.outcome) == ("accepted", "accepted")
        text = text_of_letter(at_desk.letter("receipt", again))
        assert "参加活动人员：1,200 人（图片上看不清，按之前登记的一份）" in text
        assert "各项内容与上一版相同" in text


class Blurring:
    """A pool that reads every form as from a picture."""

    def __init__(self, pool, unread):
        self._pool, self._unread = pool, unread

    def recognise(self, path, wanted):
        mail, _ = self._pool.recognise(path, wanted)
        files = tuple(scan(file, self._unread, file.name) for file in mail.files)
        mail = replace(mail, files=files)
        return mail, Noted(mail, (), wanted.opened, wanted.prefer)

    glance = recognise

    def mark(self, *_):
        return b""

    def close(self):
        self._pool.close()
