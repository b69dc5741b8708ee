"""TP: the worker lives with a NetEase-like and a QQ-like provider, with their moods too."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta

from tests.faults.desk import ADMIN, SECOND, START, account, desk
from tests.faults.people import MAILBOX, form_mail, mail, units
from tests.servers.netease import LOGINS, UNSAFE, NetEaseImap, NetEaseSmtp
from tests.servers.qq import BUSY, REFUSED, QqImap, QqSmtp, rewritten
from tests.servers.smtp_script import ScriptedSmtp

WRONG = "LOGIN Login error or password error"
LIMITED = "LOGIN login frequency limited"
BAN = "550 User has no permission"
SCHOOL = units()


class Life:
    """A worker, its provider and its people, minute by minute."""

    def __init__(self, opened, imap, smtp, second):
        self.desk, self.imap, self.smtp, self.second = opened, imap, smtp, second

    def live(self, hours=0.0, *, minutes=0, step=5):
        for _ in range(round((hours * 60 + minutes) / step)):
            self.smtp.deliver_bounces(self.imap)
            self.desk.worker.run_once()
            self.desk.clock.advance(timedelta(minutes=step))

    def post(self, number, **more):
        """Let a unit mail its form; return its address."""
        self.imap.put(form_mail(SCHOOL[number % len(SCHOOL)], number, **more))

    def kinds(self, server=None):
        """Return the kind of each letter that a server took, and to whom."""
        letters = (server or self.smtp).letters
        return [(_kind(letter.raw), letter.recipients[0]) for letter in letters]

    def alerts(self):
        """Return how often the operator was told of trouble, and of its end."""
        told = [*self.kinds(), *self.kinds(self.second)]
        mine = [kind for kind, to in told if to == ADMIN]
        return mine.count("alert"), mine.count("alert-over")

    def receipts(self):
        return [to for kind, to in self.kinds() if kind in {"receipt", "correction"}]

    def check(self, mails, *, on_server=None):
        """All is read, the equation holds, and nothing was asked that this provider resents."""
        assert not self.imap.sins, self.imap.sins[:3]
        equation = self.desk.ledger.equation(MAILBOX)
        assert equation.complete, equation
        assert not equation.pending, equation
        rows = self.desk.ledger.mails()
        assert len(rows) == mails, f"{len(rows)} mails, {mails} expected"
        if on_server is not None:
            assert equation.on_server == on_server, equation


def run(tally, full):
    """Live a day or two with each provider in each mood."""
    if not full:
        _some(tally)
        return
    for name, imap, smtp in (("NetEase", NetEaseImap, NetEaseSmtp), ("QQ", QqImap, QqSmtp)):
        with tally.point(f"{name}: a calm day"), _life(imap, smtp) as life:
            _calm(life)
        with (
            tally.point(f"{name}: a wrong code until the code is right"),
            _life(imap, smtp) as life,
        ):
            _refused(life, WRONG if name == "NetEase" else REFUSED)
        with (
            tally.point(f"{name}: an address that is gone"),
            _life(imap, smtp, gone=_first()) as life,
        ):
            _bounced(life)
        with tally.point(f"{name}: sending is forbidden for two days"), _life(imap, smtp) as life:
            _banned(life)
    for mood in ("no", "bye"):
        with (
            tally.point(f"Unsafe Login ({mood}) for five hours"),
            _life(NetEaseImap, NetEaseSmtp) as life,
        ):
            _unsafe(life, mood)
    with tally.point("NetEase: logins limited"), _life(NetEaseImap, NetEaseSmtp) as life:
        _refused(life, LIMITED)
    with tally.point("QQ: busy for an hour"), _life(QqImap, QqSmtp) as life:
        _busy(life)
    with (
        tally.point("NetEase: old mail leaves the window of 30 days"),
        _life(NetEaseImap, NetEaseSmtp) as life,
    ):
        _window(life)
    with tally.point("NetEase: more letters than a quarter of an hour and a day may have"):
        _limits()
    with tally.point("QQ: answers to a rewritten Message-ID"), _life(QqImap, QqSmtp) as life:
        _rewritten(life)
    with tally.point("exmail: no UIDVALIDITY"), _life(QqImap, QqSmtp) as life:
        life.imap.uidvalidity = None
        _calm(life)
    with (
        tally.point("NetEase: a mail whose structure nobody can read"),
        _life(NetEaseImap, NetEaseSmtp) as life,
    ):
        _broken_structure(life)


def _some(tally):
    with tally.point("NetEase: a wrong code"), _life(NetEaseImap, NetEaseSmtp) as life:
        _refused(life, WRONG)
    with tally.point("Unsafe Login"), _life(NetEaseImap, NetEaseSmtp) as life:
        _unsafe(life, "bye")
    with tally.point("QQ: an address that is gone"), _life(QqImap, QqSmtp, gone=_first()) as life:
        _bounced(life)


def _calm(life):
    for number in range(6):
        life.post(number)
        life.live(minutes=15)
    life.imap.put(mail("promo@shop.example.net", "代开发票", "优惠", name="spam"))
    life.live(3, step=30)
    life.check(7, on_server=7)
    assert len(set(life.receipts())) == len(life.receipts()) == 6
    assert life.alerts() == (0, 0)
    connections = 26  # no more than one each five minutes
    assert len(life.imap.logins) <= connections, len(life.imap.logins)


def _refused(life, refusal):
    """Refused until a person mends it: few logins, one word to the operator, resumes by itself."""
    life.post(0)
    life.live(minutes=10)
    life.imap.refusal = refusal
    life.post(1)
    life.live(30, step=30)
    since = [at for at in life.imap.logins if at > START + timedelta(minutes=10)]
    assert len(since) <= 6, f"{len(since)} logins in 30 hours of refusal"
    assert life.alerts() == (1, 0), life.alerts()
    life.imap.refusal = ""
    life.live(26, step=60)
    life.check(2)
    assert life.alerts() == (1, 1), life.alerts()
    assert len(life.receipts()) == 2


def _busy(life):
    life.post(0)
    life.imap.refusal = BUSY
    life.live(1)
    assert len(life.imap.logins) <= LOGINS, len(life.imap.logins)
    life.imap.refusal = ""
    life.live(2, step=20)
    life.check(1)
    assert life.alerts() in {(0, 0), (1, 1)}, life.alerts()  # an hour without mail may be told of


def _unsafe(life, mood):
    life.post(0)
    life.live(minutes=10)
    life.imap.unsafe = mood
    life.post(1)
    life.live(5, step=10)
    assert len(life.imap.logins) <= 8, len(life.imap.logins)
    assert life.alerts() == (1, 0), life.alerts()
    life.imap.unsafe = ""
    life.live(25, step=60)
    life.check(2)
    assert life.alerts() == (1, 1), life.alerts()
    assert UNSAFE.startswith("SELECT")


def _banned(life):
    """Refuse MAIL for days though AUTH succeeds: few tries, letters wait, the alert goes round."""
    life.smtp.banned = BAN
    for number in range(3):
        life.post(number)
    life.live(48, step=60)
    assert len(life.smtp.logins) <= 4, len(life.smtp.logins)
    assert life.receipts() == []
    assert (life.alerts(), life.kinds(life.second).count(("alert", ADMIN))) == ((1, 0), 1)
    life.smtp.banned = ""
    life.live(25, step=60)
    assert len(life.receipts()) == 3
    assert life.alerts() == (1, 1), life.alerts()
    life.check(3)


def _bounced(life):
    """Let a receipt come back: it is believed, its address marked."""
    gone = next(iter(_first()))
    life.post(0)
    life.live(3, step=10)
    marked = [row.address for row in life.desk.ledger.bounced()]
    assert marked == [gone], marked
    life.check(2)
    again = len(life.kinds())
    life.live(24, step=60)
    to_gone = [kind for kind, to in life.kinds()[again:] if to == gone]
    assert to_gone == [], to_gone


def _first():
    from tests.faults.people import campaign

    return {campaign().roster.get(SCHOOL[0]).addresses[0]}


def _window(life):
    for number in range(3):
        life.post(number)
    life.live(1)
    life.desk.clock.advance(timedelta(days=29))
    life.live(minutes=20)
    life.desk.clock.advance(timedelta(days=2))
    life.post(3)
    life.live(1)
    life.check(4)


def _limits():
    with _life(NetEaseImap, NetEaseSmtp, caps={"per_address_per_day": 500}) as life:
        life.smtp.per_quarter, life.smtp.per_day = 10, 30
        for number in range(50):
            life.post(number)
        life.live(51, step=20)
        assert len(life.receipts()) == 50, len(life.receipts())
        life.check(50)
        refused = [row for row in life.desk.ledger.letters() if row.state == "refused"]
        assert not refused, [row.text for row in refused]


def _rewritten(life):
    """Answer the copy that QQ rewrote: the unit is known all the same."""
    life.post(0)
    life.live(minutes=20)
    receipt = next(
        letter for letter in life.smtp.letters if _kind(letter.raw) in {"receipt", "correction"}
    )
    from email import message_from_bytes
    from email.policy import default

    seen = message_from_bytes(rewritten(receipt.raw), policy=default)
    assert "tencent_" in str(seen["Message-ID"])
    subject = f"回复: {seen['Subject']}"
    again = form_mail(
        SCHOOL[0], 41, sender="someone@else.example.net", reply_to=str(seen["Message-ID"])
    )
    head, _, body = again.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.startswith((b"Subject:", b" "))]
    from email.header import Header

    coded = Header(subject, "utf-8").encode().replace("\n", "\r\n").encode()
    life.imap.put(b"\r\n".join([b"Subject: " + coded, *lines]) + b"\r\n\r\n" + body)
    life.live(minutes=20)
    life.check(2)
    assert {row.unit for row in life.desk.ledger.mails()} == {SCHOOL[0]}


def _broken_structure(life):
    raw = form_mail(SCHOOL[0], 1)
    life.imap.put(raw.replace(b'filename="', b'filename="""" "', 1))
    life.post(1)
    life.live(1)
    life.check(2)


def _kind(raw):
    return raw.partition(b"Message-ID: <")[2].partition(b".")[0].decode()


@contextmanager
def _life(imap_kind, smtp_kind, *, gone=(), **settings):
    clock = []
    now = lambda: clock[0].now() if clock else START  # noqa: E731 - the servers ask the desk's clock
    imap = imap_kind(now=now)
    smtp = smtp_kind(now, MAILBOX, gone=gone)
    with imap, smtp, ScriptedSmtp() as other:
        budget = {"per_hour": 100, "per_day": 1000, "per_batch": 20, "pause_seconds": 0}
        first = account(MAILBOX, imap=imap.port, smtp=smtp.port, budget=budget)
        second = account(SECOND, smtp=other.port)
        with desk(first, second, campaigns="shipped", **settings) as opened:
            clock.append(opened.clock)
            yield Life(opened, imap, smtp, other)
