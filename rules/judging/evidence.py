"""What a mail holds of what is owed: forms read, reports, material, and files that were not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.mail import File
from parsers.sniff import CONTAINERS
from rules.campaign import Campaign, Requirement
from rules.finding import Finding, Severity
from rules.judging.copies import contradicting, is_blank, merge, that_count
from rules.judging.leftovers import is_scan, weigh
from rules.judging.material import classify_material
from rules.judging.unread import is_pasted, is_unopened, left_out, unread, unsupported
from rules.reading import Reading
from rules.recognise import FoundForm, closest, read_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.document import Document
    from parsers.mail import Mail
    from rules.recognise import FormsReader


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
    """All pieces of a mail. `unread` are files that came but are nothing that is owed.

    `copies` are the filled forms one by one, as they stood before equal ones were joined.
    """

    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...]
    unread: tuple[File, ...]
    conflicting: bool = False
    copies: tuple[Piece, ...] = ()

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """Return the campaigns of the forms, each once; of other files where no form is."""
        pieces = [p for p in self.pieces if p.reading is not None] or self.pieces
        return tuple({piece.campaign.id: piece.campaign for piece in pieces}.values())


def unit_text(piece: Piece) -> str:
    """Return what a form says about its unit, "" when it says nothing."""
    if piece.reading is None:
        return ""
    key = piece.campaign.forms[piece.reading.form].unit_field
    said = piece.reading.get(key).value if key else None
    return said.strip() if isinstance(said, str) else ""


def gather(
    mail: Mail,
    campaigns: Sequence[Campaign],
    prefer: frozenset[str],
    read_forms: FormsReader = read_forms,
) -> Evidence:
    """Read every file of a mail (and a form typed into its body) against what is owed.

    Forms are read first: a report beside them belongs to the campaign of the forms, else to
    those of the mailbox; nothing in it says that it is another campaign's.
    """
    files, forms, read = look_for_forms(mail, campaigns, prefer, read_forms)
    ours = {piece.campaign.id for piece in read}
    meant = [c for c in campaigns if c.id in ours | prefer] or list(campaigns)
    nearest = sorted(meant, key=lambda c: c.id not in ours)
    rest = [
        (file, *_other(file, nearest, campaigns))
        for file, found in zip(files, forms, strict=True)
        if not found
    ]
    pieces, conflicting = merge([*read, *(p for _, piece, _ in rest for p in piece)])
    findings = tuple(finding for _, _, wrong in rest for finding in wrong)
    findings += tuple(finding for file in files for finding in left_out(file))
    unread = tuple(file for file, piece, _ in rest if not piece)
    kept = weigh(findings, unread, read) if pieces else findings
    return Evidence(tuple(pieces), kept, unread, conflicting, tuple(read))


def look_for_forms(
    mail: Mail, campaigns: Sequence[Campaign], prefer: frozenset[str], read_forms: FormsReader
) -> tuple[list[File], list[list[Piece]], list[Piece]]:
    """Return a mail's files, the forms of each, and all forms that count.

    A form in the body counts where no file holds a filled one, or where it says another number;
    one in a picture there, where there is no other at all.
    """
    files = [f for f in mail.files if not f.inline and f.kind != "card" and not is_opened(f)]
    forms = [_forms_of(file, campaigns, prefer, read_forms) for file in files]
    read = that_count([piece for found in forms for piece in found])
    if mail.body is not None:
        typed = _forms(mail.body, (), campaigns, prefer, read_forms)
        told = typed if all(map(is_blank, read)) else contradicting(typed, read)
        read = that_count([*read, *told])
    if all(map(is_blank, read)):
        pasted = [file for file in mail.files if file.inline]
        shown = [(file, _forms_of(file, campaigns, prefer, read_forms)) for file in pasted]
        files += [file for file, found in shown if found]
        forms += [found for _, found in shown if found]
        read = that_count([*read, *(piece for _, found in shown for piece in found)])
    return files, forms, read


def is_opened(file: File) -> bool:
    """Say whether a file only held others, which are listed themselves."""
    return file.kind in CONTAINERS and file.problem is None and file.document is None


def examine(
    file: File, campaigns: Sequence[Campaign], prefer: frozenset[str]
) -> tuple[list[Piece], list[Finding]]:
    """Return one file's pieces, or the finding that says why it has none."""
    found = _forms_of(file, campaigns, prefer, read_forms)
    if found:
        return found, left_out(file)
    pieces, findings = _other(file, campaigns, campaigns)
    return pieces, findings + left_out(file)


def _forms_of(
    file: File, campaigns: Sequence[Campaign], prefer: frozenset[str], read_forms: FormsReader
) -> list[Piece]:
    if file.problem is not None or file.document is None:
        return []
    return _forms(file.document, (file,), campaigns, prefer, read_forms)


def _other(
    file: File, meant: Sequence[Campaign], campaigns: Sequence[Campaign]
) -> tuple[list[Piece], list[Finding]]:
    """Say what a file is that holds no form; the body of an attached mail is nothing else.

    Material belongs to a campaign that is `meant`; a form it is like may be any campaign's.
    """
    if file.kind == "mail" and file.problem is None:
        return [], []
    if file.problem is not None:
        return [], [unread(file)]
    if is_scan(file):
        return [], [unsupported(file)]
    material = _material(file, meant)
    if material is None:
        return [], [unsupported(file) if is_unopened(file) else _unknown(file, campaigns)]
    if is_unopened(file):
        note = replace(unsupported(file), severity=Severity.NOTE)
        return [replace(material, findings=(*material.findings, note))], []
    return [material], []


def _forms(
    document: Document,
    files: tuple[File, ...],
    campaigns: Sequence[Campaign],
    prefer: frozenset[str],
    read_forms: FormsReader,
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
    """Say which form a file is like; one under this form's own title has only lost its rows."""
    near = closest(file.document, campaigns) if file.document is not None else None
    if near is None or _flat(near.title) in map(_flat, (near.form.title, *near.form.aliases)):
        kind = "pasted" if is_pasted(file) else file.kind
        return Finding("file-unknown", Severity.ERROR, file=file.name, details={"kind": kind})
    details = {"title": near.title, "form": near.form.id, "campaign": near.campaign.id}
    return Finding("wrong-template", Severity.ERROR, file=file.name, details=details)


def _flat(title: str) -> str:
    return "".join(title.split())
