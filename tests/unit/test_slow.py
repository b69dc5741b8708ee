"""Scans, old formats and hostile files wait in lanes of their own: forms are read before them."""

from __future__ import annotations

import io
import sys
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from PIL import Image

from bot.mails.judging import judge_next
from bot.mails.remembering import LedgerHistory
from bot.reading.children import ReadingFailed, ReadingPool
from bot.reading.slow import SLOW, SPAN, HandOver, Lane
from bot.reading.wanted import Wanted
from bot.worker import Worker
from parsers.message.identity import content_key
from state.rows.mails import NewArrival
from tests.draw import papers
from tests.unit.legacy_files import word_95
from tests.unit.made_office import MAILBOX, made
from tests.unit.test_children import FAULTY

SCAN = (Path(__file__).parent / "pictures" / "scan-statistics.jpg").read_bytes()
WORD_95 = word_95(["情况统计表"], [("参加活动人员", "1200")])
UNIT = "赤峰市科学技术局"


def mail_with(name, data, number=0, **more):
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = f"unit{number}@kepu.example.cn", MAILBOX
    message["Subject"], message["Message-ID"] = f"报送{number}", f"<{number}@mail.example.cn>"
    message.set_content("请查收。")
    for called, content in {name: data, **more}.items():
        message.add_attachment(content, "application", "octet-stream", filename=called)
    return message.as_bytes()


def mail_showing(page, picture, *documents):
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "unit9@kepu.example.cn", MAILBOX, "统计表"
    message["Message-ID"] = "<9@mail.example.cn>"
    message.set_content("见下图")
    message.add_alternative(page, "html")
    message.get_payload()[1].add_related(picture, "image", "jpeg", cid="<p1>")
    for data in documents:
        message.add_attachment(data, "application", "octet-stream", filename="统计表.docx")
    return message.as_bytes()


def photo():
    file = io.BytesIO()
    Image.effect_noise((640, 480), 60).save(file, "PNG")
    return file.getvalue()


class Desk:
    def __init__(self, made_office):
        self.office, self.ledger = made_office.office, made_office.office.ledger
        self.now, self.history, self.count = made_office.clock.now(), LedgerHistory(self.office), 0

    def let_in(self, name, data, lane=0, **more):
        self.count += 1
        return self.arrive(mail_with(name, data, self.count, **more), lane)

    def arrive(self, raw, lane=0):
        key, sha = content_key(raw), self.office.archive.put(raw)
        new = NewArrival(MAILBOX, "INBOX", 1, self.count, self.now, sha, key, len(raw), lane=lane)
        return self.ledger.record_arrivals((new,), self.now)[0].mail_id

    def work(self, lane):
        while judge_next(self.office, self.history, f"w-{lane}", lane):
            pass

    def undecided(self):
        return [row.id for row in self.ledger.mails(outcome="pending")]

    def waiting(self, lane):
        """Claim what waits in a lane, as another worker would."""
        claims = iter(lambda: self._claim(lane), None)
        return [claimed.mail_id for claimed in claims]

    def _claim(self, lane):
        from bot.office import LEASE

        return self.ledger.claim_mail("other", self.now, LEASE, lanes=lane.numbers)


@pytest.fixture
def desk(tmp_path):
    with made(tmp_path) as made_office:
        yield Desk(made_office)


def test_forms_behind_scans_and_old_formats_are_all_answered_while_those_still_wait(desk):
    scans = [desk.let_in("扫描件.jpg", SCAN) for _ in range(20)]
    old = [desk.let_in("统计表.doc", WORD_95) for _ in range(3)]
    form = papers.statistics(UNIT)
    forms = [desk.let_in("统计表.docx", form) for _ in range(20)]
    desk.work(Lane.QUICK)
    assert desk.undecided() == scans + old
    assert {desk.ledger.mail(number).outcome for number in forms} <= {"accepted", "ignored", "held"}
    assert [desk.waiting(lane) for lane in SLOW] == [[], old, scans, []]
    assert {desk.ledger.mail(number).attempts for number in scans} == {1}  # of "other" alone


def test_a_form_with_photographs_beside_it_is_answered_while_scans_wait(desk):
    scans = [desk.let_in("扫描件.jpg", SCAN) for _ in range(3)]
    form = desk.let_in("统计表.docx", papers.statistics(UNIT), **{"现场1.png": photo()})
    desk.work(Lane.QUICK)
    assert desk.undecided() == [*scans, form]
    desk.work(Lane.PHOTOS)
    assert desk.undecided() == scans


def test_a_form_on_paper_beside_the_same_form_is_still_looked_at(desk):
    form = desk.let_in("统计表.docx", papers.statistics(UNIT), **{"拍照.jpg": SCAN})
    alone = desk.let_in("统计表.docx", papers.statistics(UNIT))
    for lane in Lane:
        desk.work(lane)
    ended = [desk.ledger.mail(number) for number in (form, alone)]
    assert [mail.outcome for mail in ended] == ["held", "accepted"]


def test_within_a_lane_a_mail_keeps_its_place_in_turn(desk):
    late = [desk.let_in("扫描件.jpg", SCAN, lane=2), desk.let_in("扫描件.jpg", SCAN, lane=0)]
    desk.work(Lane.QUICK)
    assert desk.waiting(Lane.PAPER) == late[::-1]


def test_a_round_ends_when_what_was_handed_over_has_ended_too(desk):
    desk.let_in("现场.png", photo())
    desk.let_in("统计表.docx", papers.statistics(UNIT))
    worker = Worker(desk.office)
    worker.run_once()
    worker.close()
    assert not desk.undecided()
    assert desk.ledger.equation(MAILBOX).pending == 0


def test_who_has_not_ended_in_time_is_handed_over_to_be_read_at_leisure(tmp_path):
    sound, script = tmp_path / "sound.eml", tmp_path / "faulty.py"
    sound.write_bytes(mail_with("统计表.docx", papers.statistics(UNIT)))
    script.write_text(FAULTY.replace("{path!r}", repr(str(sound))), encoding="utf-8")
    with ReadingPool(1, 90, 256, command=(sys.executable, str(script))) as pool:
        with pytest.raises(HandOver) as slow:
            pool.glance("hang", Wanted(), 0.5)
        assert slow.value.lane is Lane.LONG
        with pytest.raises(ReadingFailed, match="died"):
            pool.glance("abort", Wanted(), 60)
        mail, _ = pool.glance("sound", Wanted(), 60)
        assert mail.subject == "报送0"


def test_lanes_do_not_overlap():
    numbers = [number for lane in Lane for number in lane.numbers]
    assert numbers == list(range(len(Lane) * SPAN))


SHOWN = '<p>统计表见下图</p><img src="cid:p1">'


def test_a_form_shown_in_the_text_is_read_as_the_same_picture_attached(desk):
    mail = desk.arrive(mail_showing(SHOWN, SCAN))
    attached = desk.let_in("统计表.jpg", SCAN)
    desk.work(Lane.QUICK)
    assert desk.waiting(Lane.QUICK) == []
    desk.work(Lane.PAPER)
    said = [desk.ledger.submissions_of(number) for number in (mail, attached)]
    assert [len(rows) for rows in said] == [1, 1]
    fields = [[(f.status, f.value) for f in rows[0].readings[0].fields] for rows in said]
    assert fields[0] == fields[1]


@pytest.mark.parametrize(
    ("page", "documents"),
    [
        (f'<p>收到</p><blockquote id="isReplyContent">{SHOWN}</blockquote>', ()),
        (SHOWN, (papers.statistics(UNIT),)),
    ],
    ids=["quoted", "beside-the-form"],
)
def test_a_picture_in_the_text_is_not_looked_at_where_it_can_be_no_form(desk, page, documents):
    mail = desk.arrive(mail_showing(page, SCAN, *documents))
    desk.work(Lane.QUICK)
    assert desk.undecided() == []
    assert desk.ledger.mail(mail).outcome == ("accepted" if documents else "ignored")
