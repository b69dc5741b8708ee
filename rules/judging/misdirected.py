"""When a form is another campaign's: one of its units sent it here, or it is the wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from rules.finding import Finding, Severity
from rules.judging.evidence import Evidence, gather
from rules.reader.titles import read_title
from rules.who.speaking import find_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.mail import File, Mail
    from rules.campaign import Campaign
    from rules.form import Form
    from rules.judging.arrival import Arrival, History
    from rules.judging.evidence import Piece

LIKE = 60  # per cent of a title's likeness from which a form is the one that was meant


def is_misdirected(
    mail: Mail, evidence: Evidence, meant: Sequence[Campaign], arrival: Arrival, history: History
) -> bool:
    """Say whether the forms are of a campaign that this mailbox and this sender have no part in."""
    if not meant or not evidence.pieces or any(c in meant for c in evidence.campaigns):
        return False
    answers = (find_unit(mail, evidence, c, arrival, history) for c in evidence.campaigns)
    return all(answer.unit is None for answer in answers)


def as_meant(
    mail: Mail, evidence: Evidence, meant: Sequence[Campaign], prefer: frozenset[str]
) -> Evidence:
    """Return what the mail holds for its mailbox's campaigns: such a form is the wrong template."""
    foreign = [p for p in evidence.pieces if p.reading is not None and p.campaign not in meant]
    files = {file.sha256: file for piece in foreign for file in piece.files}
    again = gather(mail, meant, prefer)
    return Evidence(
        tuple(p for p in again.pieces if p.reading is None or not _from(p, files)),
        (
            *(_wrong(piece, meant[0]) for piece in foreign),
            *(f for f in again.findings if f.file not in {file.name for file in files.values()}),
        ),
        tuple({file.sha256: file for file in (*again.unread, *files.values())}.values()),
        again.conflicting,
        tuple(p for p in again.copies if not _from(p, files)),
    )


def _from(piece: Piece, files: dict[str, File]) -> bool:
    """Say whether a piece was read from one of the files; a form in the mail's text has none."""
    return not piece.files or any(file.sha256 in files for file in piece.files)


def _wrong(piece: Piece, campaign: Campaign) -> Finding:
    name = piece.files[0].name if piece.files else None
    form = piece.campaign.forms[piece.reading.form] if piece.reading else None
    own = _counterpart(form, campaign) if form else None
    if form is None or own is None:
        return Finding("file-unknown", Severity.ERROR, file=name)
    details = {"title": form.title, "form": own.id, "campaign": campaign.id}
    return Finding("wrong-template", Severity.ERROR, file=name, details=details)


def _counterpart(form: Form, campaign: Campaign) -> Form | None:
    """Return the campaign's form with the likest title."""
    title = read_title(form.title).bare
    likely = [(fuzz.ratio(title, read_title(f.title).bare), f) for f in campaign.forms.values()]
    score, best = max(likely, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= LIKE else None
