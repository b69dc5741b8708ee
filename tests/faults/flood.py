"""T7: thousands of forged mails among a few real ones."""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from tests.faults.desk import START, account, desk
from tests.faults.people import MAILBOX, campaign, form_mail, mail, units
from tests.servers.smtp_script import ScriptedSmtp

SENDERS = 1000
MOST_BEFORE = 100  # other mails that may be read between a real one's coming and its turn


def run(tally, full):
    """Let the flood and the real mails come in one heap, and work through it."""
    forged, real = (10_000, 50) if full else (200, 8)
    with (
        tally.point(f"{forged} forged and {real} real mails"),
        ScriptedSmtp() as smtp,
        tempfile.TemporaryDirectory() as name,
    ):
        box = _maildir(Path(name), _heap(forged, real))
        own = account(MAILBOX, smtp=smtp.port, maildir=str(box), budget=_BUDGET)
        with desk(own, campaigns="shipped") as opened:
            _check(tally, opened, smtp, real)


_BUDGET = {"per_hour": 100, "per_day": 300, "per_batch": 20, "pause_seconds": 0}


def _heap(forged, real):
    """Return the mails in the order in which they came."""
    rng = random.Random(7)
    mails = [(False, _forged(rng, number)) for number in range(forged)]
    own = units()
    for number in range(real):
        raw = form_mail(own[number % len(own)], 1000 + number)
        mails.insert(rng.randrange(len(mails) // 2, len(mails)), (True, raw))
    return mails


def _forged(rng, number):
    sender = f"x{rng.randrange(SENDERS)}@s{rng.randrange(200)}.example.net"
    kind = rng.random()
    if kind < 0.6:
        return mail(sender, f"优惠{number}", f"代开发票，第{number}期。", name=f"f{number}")
    if kind < 0.8:
        file = [("资料.dat", rng.randbytes(2000))]
        return mail(sender, "请查收", "资料", files=file, name=f"f{number}")
    if kind < 0.9:
        return form_mail(rng.choice(units()), number % 40, sender=sender)
    unit = campaign().roster.get(rng.choice(units()))
    return mail(unit.addresses[0], f"你好{number}", f"在吗？{number}", name=f"f{number}")


def _maildir(folder, mails):
    for part in ("cur", "new", "tmp"):
        (folder / "box" / part).mkdir(parents=True)
    for number, (is_real, raw) in enumerate(mails):
        label = "real" if is_real else "forged"
        came = START.timestamp() + number / 100
        path = folder / "box" / "new" / f"{came:.0f}.M{number}.{label}"
        path.write_bytes(raw)
        os.utime(path, (came, came))
    return folder / "box"


def _check(tally, opened, smtp, real):
    order = _watched(opened)
    opened.worker.run_once()
    ledger = opened.ledger
    rows = {row.id: row for row in ledger.mails()}
    own = {a.lower() for unit in campaign().roster.units for a in unit.addresses}
    is_real = {
        i for i, row in rows.items() if row.outcome == "accepted" and row.sender_address in own
    }
    assert len(is_real) == real, f"{len(is_real)} real mails accepted"
    late = _lateness(order, is_real)
    assert late <= MOST_BEFORE, f"{late} mails were read before a real one's turn"
    letters = [row for row in ledger.letters() if row.mail_id is not None]
    for_forms = [row for row in letters if row.recipients[0] not in own]
    bare = [row for row in for_forms if rows[row.mail_id].outcome not in {"accepted", "returned"}]
    assert not bare, "a stranger without a form was answered"
    caps = opened.office.settings.caps
    assert len(for_forms) <= caps.strangers_per_hour
    per_unit = Counter(row.unit for row in for_forms)
    assert max(per_unit.values(), default=0) <= caps.strangers_per_unit_per_day + 3
    taken = [letter.recipients[0] for letter in smtp.letters]
    waiting = [row for row in letters if row.recipients[0] in own and row.state != "sent"]
    assert sum(to in own for to in taken) >= min(real, _BUDGET["per_hour"] - 1), len(taken)
    equation = ledger.equation(MAILBOX)
    assert equation.complete, equation
    opened.clock.advance(timedelta(hours=1))
    opened.worker.run_once()
    assert not [
        r for r in ledger.letters() if r.id in {w.id for w in waiting} and r.state != "sent"
    ]
    tally.note(
        f"{len(rows)} mails; strangers got {len(for_forms)} letters, all for forms; a real mail "
        f"waited for at most {late} others"
    )


def _watched(opened):
    """Note when each mail came and when it was decided, in one order."""
    order, ledger = [], opened.ledger
    record, decide = ledger.record_arrivals, ledger.record_decision

    def recorded(new, now):
        rows = record(new, now)
        order.extend(("came", row.mail_id) for row in rows)
        return rows

    def decided(mail_id, *more):
        order.append(("read", mail_id))
        return decide(mail_id, *more)

    ledger.record_arrivals, ledger.record_decision = recorded, decided
    return order


def _lateness(order, is_real):
    """Return the most others that were read between a real mail's coming and its own turn."""
    worst, came = 0, {}
    others = 0
    for what, mail_id in order:
        if what == "came":
            came[mail_id] = others
        elif mail_id in is_real:
            worst = max(worst, others - came.get(mail_id, others))
        else:
            others += 1
    return worst
