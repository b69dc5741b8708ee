"""What a mail says against the forms attached to it, and a file against the form it holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rules.finding import Finding, Severity
from rules.judging.contradicted import contradictions, written_against
from rules.judging.spoken_of import as_attached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parsers.mail import Mail
    from rules.judging.evidence import Piece

Lines = tuple[str, ...]


def with_contradictions(mail: Mail, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Do not count in silence what the mail, or the file beside its form, says is wrong in it."""
    shown = [f.sha256 for f in mail.files if not f.inline and not f.path]
    attached = {n: as_attached(piece, shown) for n, piece in enumerate(pieces) if _is_filled(piece)}
    said = contradictions(mail.text, list(attached.values()), mail.subject)
    against = dict(zip(attached, said, strict=True))
    beside: dict[int, list[str]] = {n: [] for n in attached}
    for lines, owners in _written(pieces, attached):
        told = written_against(lines, [attached[n] for n in owners])
        for n, sentences in zip(owners, told, strict=True):
            beside[n] += [s for s in sentences if s not in against[n]]
    told_in_mail = (_with(piece, against.get(n, ())) for n, piece in enumerate(pieces))
    return tuple(_with(p, beside.get(n, ()), beside=True) for n, p in enumerate(told_in_mail))


def _written(pieces: Sequence[Piece], filled: Iterable[int]) -> Iterator[tuple[Lines, list[int]]]:
    """Yield what each file says beside its tables, with the numbers of the forms in it."""
    owners: dict[str, list[int]] = {}
    for number in filled:
        for file in pieces[number].files:
            owners.setdefault(file.sha256, []).append(number)
    for numbers in owners.values():
        readings = (pieces[n].reading for n in numbers)
        yield tuple(dict.fromkeys(s for r in readings if r for s in r.corrected)), numbers


def _is_filled(piece: Piece) -> bool:
    return piece.reading is not None and piece.files != () and not piece.reading.blank


def _with(piece: Piece, said: Sequence[str], *, beside: bool = False) -> Piece:
    where = {"beside": True} if beside else {}
    wrong = (Finding("said-otherwise", Severity.ERROR, details={"said": s, **where}) for s in said)
    return replace(piece, findings=(*piece.findings, *wrong))
