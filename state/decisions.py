"""What was decided about each mail: one transaction, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, and_, bindparam, exists, func, insert, or_, select, update

from rules.outcome import Outcome
from state import rows
from state.acts import carry_out
from state.claims import claim_one, claimed_by
from state.engine import Database, take_turn
from state.prepared import Prepared
from state.queueing import queue_letters
from state.reopening import headers_row
from state.submissions import GOOD, latest_good, same_owed
from state.tables import files, mails, submissions
from state.threads import thread_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from rules.decision import Decision, Submission
    from state.claims import Claim
    from state.rows.acts import NewAct
    from state.rows.letters import NewLetter
    from state.rows.mails import MailHeaders, NewFile

DECIDED = (
    "outcome", "reason", "cause", "campaign", "unit", "unit_name", "unit_by", "findings",
    "candidates", "decided_at", "worker", "lease_until", "notes", "thread",
    "message_id", "subject", "sender_address", "sender_name", "automatic", "references",
)  # fmt: skip
HAS_FILES = exists().where(files.c.mail_id == mails.c.id)  # SQLite returns it by "id" alone
DECIDE = Prepared(
    update(mails)
    .where(*claimed_by(bindparam("its_id"), bindparam("its_worker")))
    .returning(mails.c.received_at, HAS_FILES),
    *DECIDED,
)
FORGET_FILES = Prepared(files.delete().where(files.c.mail_id == bindparam("its_id")))
ADD_FILE = Prepared(insert(files), *(column.name for column in files.columns))
OWED = same_owed(*map(bindparam, ("its_campaign", "its_unit", "its_requirement", "its_item")))
SAME_SECOND = submissions.c.received_at == bindparam("its_receipt")
BEFORE = or_(
    submissions.c.received_at < bindparam("its_receipt"),
    and_(SAME_SECOND, submissions.c.mail_id <= bindparam("its_mail")),
)
EARLIER = latest_good(*OWED, BEFORE)
NUMBERED = {  # a good version supersedes the good one received before it
    "version": select(func.coalesce(func.max(submissions.c.version), 0) + 1).where(*OWED),
    "supersedes": EARLIER.where(bindparam("is_good", type_=Boolean)),
}
LATER = {"id", "withdrawn_at", *NUMBERED}  # of a submission, what is not known beforehand
GIVEN = tuple(column.name for column in submissions.columns if column.name not in LATER)
ADD_SUBMISSION = Prepared(
    insert(submissions).values({name: one.scalar_subquery() for name, one in NUMBERED.items()}),
    *GIVEN,
)
JUDGED = frozenset({Outcome.ACCEPTED, Outcome.RETURNED})


@dataclass(frozen=True, slots=True)
class Recorded:
    """Whether a decision was written, and the mail that was claimed with it."""

    written: bool
    following: rows.mails.ClaimedMail | None = None

    def __bool__(self) -> bool:
        return self.written


class Decisions(Database):
    """The end of a mail's reading."""

    def record_decision(  # noqa: PLR0913, PLR0917 - everything that one transaction must hold
        self,
        mail_id: int,
        worker: str,
        now: datetime,
        decision: Decision,
        headers: MailHeaders,
        letters: Sequence[NewLetter] = (),
        files: Sequence[NewFile] = (),
        notes: tuple[str, ...] = (),
        act: NewAct | None = None,
        claim: Claim | None = None,
    ) -> Recorded:
        """Write decision, files, submissions, letters, and what the mail orders: all or nothing.

        Not recorded, and nothing written, if the claim was lost or the mail is decided already.
        Raises ActRefusedError, and nothing is written, when the order no longer fits.
        Only an accepted or returned mail's submissions are recorded; a held one is read again
        when a person reopens it. With `claim`, the worker's next mail is claimed in the same
        transaction.
        """
        with self.writing() as connection:
            row = _decision(decision, now) | headers_row(headers) | {"notes": notes}
            row |= {"thread": thread_of(connection, headers.references) or mail_id}
            row |= {"its_id": mail_id, "its_worker": worker}
            decided = DECIDE.first(connection, row)
            if decided is None:
                return Recorded(written=False)
            received_at, has_files = decided
            if has_files:  # of an earlier reading
                FORGET_FILES.change(connection, {"its_id": mail_id})
            _add_files(connection, mail_id, files)
            if decision.outcome in JUDGED:
                _record_submissions(connection, mail_id, received_at, decision, now)
            queue_letters(connection, letters, now)
            if act is not None:
                carry_out(connection, act, mail_id, now)
            following = claim_one(connection, worker, now, claim) if claim else None
        return Recorded(written=True, following=following)


def _decision(decision: Decision, now: datetime) -> dict[str, Any]:
    unit = decision.unit
    return {
        "outcome": decision.outcome.value,
        "reason": decision.reason,
        "cause": decision.cause,
        "campaign": decision.campaign,
        "unit": unit and unit.id,
        "unit_name": unit and unit.name,
        "unit_by": unit and unit.by,
        "findings": decision.findings,
        "candidates": decision.candidates,
        "decided_at": now,
        "worker": None,
        "lease_until": None,
    }


def _add_files(connection: Connection, mail_id: int, new: Iterable[NewFile]) -> None:
    for position, file in enumerate(new):
        ADD_FILE.change(connection, _file(mail_id, position, file))


def _file(mail_id: int, position: int, file: NewFile) -> dict[str, Any]:
    return {
        "mail_id": mail_id,
        "position": position,
        "name": file.name,
        "sha256": file.sha256,
        "size": file.size,
        "kind": file.kind,
        "path": file.path,
        "inline": file.inline,
        "problem": file.problem,
    }


def _record_submissions(
    connection: Connection, mail_id: int, received_at: datetime, decision: Decision, now: datetime
) -> None:
    for owner in sorted({f"{s.campaign}/{s.unit}" for s in decision.submissions}):
        take_turn(connection, owner)
    for submission in decision.submissions:
        row = _submission(submission) | {"mail_id": mail_id, "recorded_at": now}
        row |= {"received_at": received_at, "unit_by": _unit_by(decision, submission)}
        row |= _owed(row)
        ADD_SUBMISSION.change(connection, row)


def _submission(submission: Submission) -> dict[str, Any]:
    return {
        "campaign": submission.campaign,
        "unit": submission.unit,
        "requirement": submission.requirement,
        "item": submission.item,
        "standing": submission.standing.value,
        "files": submission.files,
        "readings": submission.readings,
        "findings": submission.findings,
    }


def _unit_by(decision: Decision, submission: Submission) -> str:
    unit = decision.unit
    return unit.by if unit and unit.id == submission.unit else ""


def _owed(row: dict[str, Any]) -> dict[str, Any]:
    """Return by what the version's number is found, and whether it supersedes another."""
    owed = {f"its_{name}": row[name] for name in ("campaign", "unit", "requirement", "item")}
    receipt = {"its_receipt": row["received_at"], "its_mail": row["mail_id"]}
    return owed | receipt | {"is_good": row["standing"] in GOOD}
