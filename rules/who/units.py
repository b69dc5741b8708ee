"""Which unit a mail speaks for: its form, its sender, file names, subject, signature."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.message.quotation import own_lines
from rules.decision import UnitMatch
from rules.who.names import SURE, match_name, sure
from rules.who.public_domains import PUBLIC_DOMAINS
from rules.who.spellings import tidied

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.mail import Party
    from rules.roster import Roster
    from rules.who.learned import Known

BY_DOMAIN = 0.89
_SEPARATORS = re.compile(r"[、,，;；/\n]+|\s{2,}")
_ADDRESSED = re.compile(r"[:：]\s*$|您好|你好|尊敬的")
SIGNATURE_LINES = 8


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """The unit, or the candidates a coordinator may choose from.

    `disagrees` is (what the form says, whose address sent it) when the two are different units.
    """

    unit: UnitMatch | None
    candidates: tuple[UnitMatch, ...] = ()
    disagrees: tuple[UnitMatch, UnitMatch] | None = None


def identify_unit(  # noqa: PLR0913, PLR0917 - one argument per piece of evidence
    form_texts: Sequence[str],
    sender: Party | None,
    known: Known,
    file_names: Sequence[str],
    subject: str,
    signature: str,
    roster: Roster,
    *,
    document: Sequence[str] = (),
) -> UnitAnswer:
    """Say which unit a mail speaks for; the form goes first, then the sender, then words.

    `form_texts` are what its forms say (填报单位, 主办单位), `known` is asked for what earlier
    mails taught only where the roster does not know the sender, `signature` is the mail's own
    text, `document` what the forms' documents call their sender elsewhere: in the title, under
    a cover letter.
    """
    form = _of_forms(form_texts, roster)
    sent = match_sender(sender, known, roster)
    if (stated := sure(form)) is not None:
        return _with_disagreement(stated, sure(sent), roster)
    beside = _firm(_joined(match_name(text, roster, "document") for text in document))
    words = (beside, *_of_words(file_names, subject, signature, sender, roster))
    firm = tuple(match for match in form if match.score >= SURE)
    if firm:
        return _among(firm, (sent, *words))
    return _first_sure((sent, *words), form)


def _with_disagreement(stated: UnitMatch, sent: UnitMatch | None, roster: Roster) -> UnitAnswer:
    if sent is None or sent.id == stated.id or _are_kin(stated, sent, roster):
        return UnitAnswer(stated)
    return UnitAnswer(stated, disagrees=(stated, sent))


def _are_kin(first: UnitMatch, second: UnitMatch, roster: Roster) -> bool:
    """Whether one is the other's higher office, which may send for it."""
    here, there = roster.get(first.id), roster.get(second.id)
    if here is None or there is None:
        return False
    return here.parent in (there.name, there.id) or there.parent in (here.name, here.id)


def _among(firm: Sequence[UnitMatch], evidence: Iterable[Sequence[UnitMatch]]) -> UnitAnswer:
    """Take the unit among those the form names at which the next evidence points."""
    ids = {match.id for match in firm}
    for matches in evidence:
        chosen = sure([match for match in matches if match.id in ids])
        if chosen is not None:
            return UnitAnswer(chosen)
    return UnitAnswer(None, tuple(firm))


def _first_sure(evidence: Sequence[Sequence[UnitMatch]], form: Sequence[UnitMatch]) -> UnitAnswer:
    for matches in evidence:
        chosen = sure(matches)
        if chosen is not None:
            return UnitAnswer(chosen)
    return UnitAnswer(None, _joined((form, *evidence)))


def _joined(evidence: Iterable[Sequence[UnitMatch]]) -> tuple[UnitMatch, ...]:
    """Each unit once, by its best score."""
    best: dict[str, UnitMatch] = {}
    for match in (match for matches in evidence for match in matches):
        if match.id not in best or match.score > best[match.id].score:
            best[match.id] = match
    return tuple(sorted(best.values(), key=lambda match: -match.score))


def _of_forms(texts: Sequence[str], roster: Roster) -> tuple[UnitMatch, ...]:
    return _joined(_of_text(text, roster) for text in texts)


def _of_text(text: str, roster: Roster) -> tuple[UnitMatch, ...]:
    """Match a field that may name several organisations: as a whole, then part by part."""
    whole = match_name(text, roster)
    parts = [part for part in _SEPARATORS.split(text) if tidied(part)]
    if len(parts) < 2 or (whole and whole[0].score >= 0.93):
        return whole
    return _joined(match_name(part, roster) for part in parts)


def match_sender(sender: Party | None, known: Known, roster: Roster) -> tuple[UnitMatch, ...]:
    """Return the units that use this address, else the one that alone uses its domain."""
    if sender is None:
        return ()
    address = sender.address.casefold()
    ids, score = roster.users_of(address), 1.0
    if not ids and (learned := known.unit_of(address)) is not None:
        ids = frozenset({learned})
    if not ids:
        ids, score = _domain_users(address.rpartition("@")[2], known, roster), BY_DOMAIN
    matched = roster.of(ids)
    return tuple(UnitMatch(unit.id, unit.name, "sender", score) for unit in matched)


def _domain_users(domain: str, known: Known, roster: Roster) -> frozenset[str]:
    """Return the one unit that alone uses an organisation's domain, else nobody."""
    if not domain or domain in PUBLIC_DOMAINS:
        return frozenset()
    users = roster.users_at(domain)
    if len(users) < 2:
        users |= known.units_at(domain)
    return users if len(users) == 1 else frozenset()


def _of_words(
    file_names: Sequence[str], subject: str, text: str, sender: Party | None, roster: Roster
) -> tuple[tuple[UnitMatch, ...], ...]:
    """Match file names, subject and signature; only names that stand there, no likeness."""
    signature = (*signature_lines(text), *((sender.name,) if sender else ()))
    stems = tuple(map(_stem, file_names))
    evidence = (("filename", stems), ("subject", (subject,)), ("signature", signature))
    return tuple(_firm(_joined(match_name(t, roster, by) for t in texts)) for by, texts in evidence)


def match_file(name: str, roster: Roster) -> tuple[UnitMatch, ...]:
    """Return the units that a file's name names."""
    return _firm(match_name(_stem(name), roster, "filename"))


def _stem(name: str) -> str:
    return re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)


def _firm(matches: Sequence[UnitMatch]) -> tuple[UnitMatch, ...]:
    return tuple(replace(m, score=min(m.score, 0.9)) for m in matches if m.score >= SURE)


def signature_lines(text: str) -> tuple[str, ...]:
    """Return the last lines of a mail's own words, without salutations and quotations."""
    own = [line.strip() for line in own_lines(text)]
    return tuple([line for line in own if line and not _ADDRESSED.search(line)][-SIGNATURE_LINES:])
