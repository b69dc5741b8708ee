"""What a mail holds of what is owed: forms read, reports, material, and files that were not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.mail import File
from rules.campaign import Campaign, Requirement
from rules.finding import Finding, Severity
from rules.material import classify_material
from rules.reading import Reading
from rules.recognise import FoundForm, closest, read_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.document import Document
    from parsers.mail import Mail

CONTAINERS = frozenset({"zip", "mail", "rar", "7z", "tnef"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One requirement's worth of a mail: a form's reading, or files of another kind."""

    campaign: Campaign
    requirement: Requirement
    item: str
    files: tuple[File, ...]
    reading: Reading | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """All pieces of a mail. `unread` are files that came but are nothing that is owed."""

    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...]
    unread: tuple[File, ...]
    conflicting: bool = False

    def unit_texts(self, campaign: Campaign) -> tuple[str, ...]:
        """Return what the forms say about the unit, in order of appearance."""
        texts: list[str] = []
        for piece in self.pieces:
            if piece.reading is None or piece.campaign is not campaign:
                continue
            key = campaign.forms[piece.reading.form].unit_field
            raw = piece.reading.get(key).value if key else None
            if isinstance(raw, str) and raw:
                texts.append(raw)
        return tuple(texts)


def gather(mail: Mail, campaigns: Sequence[Campaign], prefer: frozenset[str]) -> Evidence:
    """Read every file of a mail (and a form typed into its body) against what is owed."""
    pieces: list[Piece] = []
    findings: list[Finding] = []
    unread: list[File] = []
    for file in mail.files:
        if file.inline or (file.kind in CONTAINERS and file.problem is None):
            continue
        found, wrong = examine(file, campaigns, prefer)
        pieces += found
        findings += wrong
        if not found:
            unread.append(file)
    if not pieces and mail.body is not None:
        pieces += _forms(mail.body, (), campaigns, prefer)
    merged, conflicting = merge(drop_blanks(pieces))
    kept = soften(findings) if merged else tuple(findings)
    return Evidence(tuple(merged), kept, tuple(unread), conflicting)


def examine(
    file: File, campaigns: Sequence[Campaign], prefer: frozenset[str]
) -> tuple[list[Piece], list[Finding]]:
    """Return one file's pieces, or the finding that says why it has none."""
    if file.problem is not None:
        code = f"file-{'too-large' if file.problem == 'too-deep' else file.problem}"
        details = {"kind": file.kind}
        return [], [Finding(code, Severity.ERROR, file=file.name, details=details)]
    if file.document is not None:
        found = _forms(file.document, (file,), campaigns, prefer)
        if found:
            return found, []
    material = _material(file, campaigns)
    if material is not None:
        return [material], []
    return [], [_unknown(file, campaigns)]


def _forms(
    document: Document,
    files: tuple[File, ...],
    campaigns: Sequence[Campaign],
    prefer: frozenset[str],
) -> list[Piece]:
    found = read_forms(document, campaigns, prefer=prefer)
    pieces = []
    for form in found:
        requirement = form.campaign.requirement_of_form(form.form.id)
        if requirement is not None:
            item = item_of(form.reading, form.campaign, requirement)
            reading = replace(form.reading, file=files[0].sha256 if files else None)
            wrong = _wrong_year(form, files)
            pieces.append(Piece(form.campaign, requirement, item, files, reading, wrong))
    return pieces


def _wrong_year(form: FoundForm, files: tuple[File, ...]) -> tuple[Finding, ...]:
    """Return the finding on last year's template: its title names another year."""
    if not form.other_year:
        return ()
    details = {"title": form.title, "form": form.form.id, "campaign": form.campaign.id}
    name = files[0].name if files else None
    return (Finding("wrong-template", Severity.ERROR, file=name, details=details),)


def item_of(reading: Reading, campaign: Campaign, requirement: Requirement) -> str:
    """Return the value that tells several forms of one unit apart, "" where one is owed."""
    field = campaign.identifier(requirement)
    return "".join(str(reading.get(field.key).value or "").split()) if field else ""


def _material(file: File, campaigns: Sequence[Campaign]) -> Piece | None:
    for campaign in campaigns:
        answer = classify_material(file, campaign.file.requirements)
        if answer is not None:
            requirement = campaign.requirement(answer.requirement)
            return Piece(campaign, requirement, "", (file,), findings=answer.findings)
    return None


def _unknown(file: File, campaigns: Sequence[Campaign]) -> Finding:
    near = closest(file.document, campaigns) if file.document is not None else None
    if near is None:
        return Finding("file-unknown", Severity.ERROR, file=file.name, details={"kind": file.kind})
    details = {"title": near.title, "form": near.form.id, "campaign": near.campaign.id}
    return Finding("wrong-template", Severity.ERROR, file=file.name, details=details)


def soften(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Beside a form that was read, a file that was not is only worth a note.

    Offices send the stamped scan along with the form itself.
    """
    return tuple(replace(f, severity=Severity.NOTE) for f in findings)


def drop_blanks(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out a form's blank where a filled one came with it."""
    filled = {(p.campaign.id, p.requirement.key) for p in pieces if not _is_blank(p)}
    return [
        p for p in pieces if not _is_blank(p) or (p.campaign.id, p.requirement.key) not in filled
    ]


def _is_blank(piece: Piece) -> bool:
    return piece.reading is not None and piece.reading.blank


def merge(pieces: Sequence[Piece]) -> tuple[list[Piece], bool]:
    """Join pieces that are the same thing twice; say whether any two contradict each other."""
    merged: dict[tuple[str, str, str], Piece] = {}
    conflicting = False
    for piece in pieces:
        key = (piece.campaign.id, piece.requirement.key, piece.item)
        first = merged.get(key)
        if first is None:
            merged[key] = piece
        else:
            conflicting = conflicting or not _agree(first, piece)
            merged[key] = replace(first, files=_joined(first.files, piece.files))
    return list(merged.values()), conflicting


def _joined(first: tuple[File, ...], second: tuple[File, ...]) -> tuple[File, ...]:
    return first + tuple(file for file in second if file not in first)


def _agree(first: Piece, second: Piece) -> bool:
    if first.reading is None or second.reading is None:
        return first.reading is second.reading
    said = [(a.status, a.value) for a in first.reading.fields]
    return said == [(a.status, a.value) for a in second.reading.fields]
