"""Read, judge, answer, commit once: what happens to one stored mail."""

from __future__ import annotations

import errno
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.campaigns.amending import put_in_force
from bot.campaigns.roster_mail import propose
from bot.log import get_log
from bot.mails.answering import answer
from bot.mails.bounces import believe_bounce, note_alive
from bot.mails.stored import arrival_of, read_stored
from bot.office import LEASE
from bot.orders.answer import End
from bot.orders.commanding import obey, overtaken
from bot.orders.heard import ask_back
from bot.reading.children import ReaderNotStartedError, ReadingFailed
from bot.reading.readers import tell_no_readers
from bot.reading.slow import HandOver
from parsers.message.top import MOST_READ, read_top
from rules.decision import Decision
from rules.judging.judge import judge
from rules.outcome import Outcome
from state.claims import EVERY_LANE
from state.engine import LedgerUnavailableError
from state.objects import ArchiveUnavailableError
from state.refused import ActRefusedError
from state.rows.mails import MailHeaders, NewFile

if TYPE_CHECKING:
    from bot.mails.ahead import Ahead
    from bot.mails.remembering import LedgerHistory
    from bot.office import Office
    from bot.reading.slow import Lane
    from parsers.mail import Mail
    from rules.judging.arrival import Arrival
    from rules.judging.noted import Noted
    from state.claims import Claim
    from state.decisions import Recorded
    from state.rows.mails import ClaimedMail

log = get_log("judging")
REST = timedelta(minutes=1)  # for a mail that came while the disk or the database failed
MACHINES = frozenset(
    {
        errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.ENOMEM, errno.EMFILE,
        errno.ENFILE, errno.EAGAIN,
    }
)  # fmt: skip


def judge_next(
    office: Office,
    history: LedgerHistory,
    worker: str,
    lane: Lane | None = None,
    ahead: Ahead | None = None,
) -> bool:
    """Claim one undecided mail, perhaps of one lane only, and end it; False when there is none.

    With `ahead`, the next one is claimed as this one ends, and taken first the next time.

    The three faults (shared/STYLE) part here: what the document says is a decision, a reader
    that dies costs an attempt, and our own exception holds the mail for a person. While the
    disk, the database or the machine fails, nobody's mail is worse for it: it waits, uncounted.
    """
    now, ledger = office.clock.now(), office.ledger
    lanes = EVERY_LANE if lane is None else lane.numbers
    claimed = ahead.take() if ahead else None
    claimed = claimed or ledger.claim_mail(worker, now, LEASE, lanes=lanes)
    if claimed is None:
        return False
    try:
        _end(office, history, claimed, worker, lane, ahead)
    except HandOver as slow:
        log.info("handed-over", mail=claimed.mail_id, lane=slow.lane.name)
        ledger.hand_over(claimed.mail_id, worker, slow.lane.numbers)
    except ReadingFailed as failure:
        log.warning("reading-failed", mail=claimed.mail_id, cause=failure.cause)
        office.ledger.release_mail(claimed.mail_id, worker, counted=True, cause=failure.cause)
    except ReaderNotStartedError as fault:
        office.ledger.release_mail(claimed.mail_id, worker, office.clock.now() + REST)
        tell_no_readers(office, str(fault))
        return False  # the next mail would fare no better now
    except Exception as fault:
        cause = f"{type(fault).__name__} at {_where(fault)}"
        if isinstance(fault, LedgerUnavailableError) or _is_machines(fault):
            log.warning("put-off", mail=claimed.mail_id, cause=cause)
            later = office.clock.now() + REST
            office.ledger.release_mail(claimed.mail_id, worker, later)
            return True
        log.exception("own-fault", mail=claimed.mail_id, cause=cause)
        office.ledger.hold_mail(claimed.mail_id, worker, "own-fault", cause, office.clock.now())
    return True


def name_held(office: Office) -> int:
    """Keep who sent the held mails that no reader survived, and about what; return how many."""
    nameless = office.ledger.nameless_held()
    for mail_id, sha256 in nameless:
        try:
            top = read_top(office.archive.top(sha256, MOST_READ))
        except OSError as fault:
            log.warning("raw-mail-missing", mail=mail_id, cause=type(fault).__name__)
            continue
        office.ledger.note_headers(mail_id, headers_of(top))
        log.warning("held-unread", mail=mail_id)
    return len(nameless)


def _is_machines(fault: Exception) -> bool:
    far = isinstance(fault, ArchiveUnavailableError)
    return far or (isinstance(fault, OSError) and fault.errno in MACHINES)


def _where(fault: Exception) -> str:
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else "unknown"


def _end(  # noqa: PLR0913, PLR0917 - whose mail, read by whom, and what comes next
    office: Office,
    history: LedgerHistory,
    claimed: ClaimedMail,
    worker: str,
    lane: Lane | None,
    ahead: Ahead | None,
) -> None:
    now_in_force = office.at_hand()
    arrival = arrival_of(claimed)
    mail, found = read_stored(now_in_force, claimed, arrival, lane)
    believe_bounce(office, mail)
    note_alive(office, mail)
    end = (
        obey(now_in_force, claimed, mail)
        or propose(now_in_force, claimed, mail)
        or _judged(now_in_force, history, claimed, mail, arrival, found)
    )
    claim = ahead.claim(lane.numbers if lane else EVERY_LANE) if ahead else None
    try:
        recorded = _record(office, claimed, worker, mail, end, claim)
    except ActRefusedError as refused:
        log.warning("overtaken", mail=claimed.mail_id, reason=refused.reason)
        end = overtaken(now_in_force, claimed, mail, refused.reason)
        recorded = _record(office, claimed, worker, mail, end, claim)
    if ahead:
        ahead.mail = recorded.following
    decision = end.decision
    log.info(
        "decided" if recorded else "claim-lost",
        mail=claimed.mail_id,
        outcome=decision.outcome.value,
        reason=decision.reason,
        campaign=decision.campaign,
        unit=decision.unit.id if decision.unit else None,
        letters=len(end.letters),
    )
    if recorded and end.act is not None:
        put_in_force(office)
        if end.after is not None:
            end.after(office)


def _judged(  # noqa: PLR0913, PLR0917 - all that a decision and its letter take
    office: Office,
    history: LedgerHistory,
    claimed: ClaimedMail,
    mail: Mail,
    arrival: Arrival,
    found: Noted | None,
) -> End:
    """Judge a read mail; one that was too large to fetch (nothing `found`) waits for a person."""
    if found is not None:
        decision = judge(mail, arrival, office.campaigns, history, found)
    else:
        decision = Decision(Outcome.HELD, "too-large", answer=False)
    told = ask_back(office, claimed, mail, decision)
    if told is not None:
        return told
    letters, notes = answer(office, claimed, mail, decision)
    return End(decision, letters, notes)


def _record(  # noqa: PLR0913, PLR0917 - as above
    office: Office,
    claimed: ClaimedMail,
    worker: str,
    mail: Mail,
    end: End,
    claim: Claim | None,
) -> Recorded:
    return office.ledger.record_decision(
        claimed.mail_id,
        worker,
        office.clock.now(),
        end.decision,
        headers_of(mail),
        end.letters,
        files_of(mail),
        end.notes,
        end.act,
        claim,
    )


def headers_of(mail: Mail) -> MailHeaders:
    """Return what the ledger keeps of a mail's headers; the nearest reference first."""
    return MailHeaders(
        message_id=mail.message_id,
        subject=mail.subject[:500],
        sender_address=mail.sender.address if mail.sender else None,
        sender_name=mail.sender.name if mail.sender else "",
        automatic=mail.automatic,
        references=(*mail.in_reply_to, *reversed(mail.references)),
    )


def files_of(mail: Mail) -> tuple[NewFile, ...]:
    """Return a mail's files as the ledger lists them."""
    return tuple(
        NewFile(f.name, f.sha256, f.size, f.kind, f.path, f.inline, f.problem) for f in mail.files
    )
