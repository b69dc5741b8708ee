"""Whether a mail's own words contradict the forms attached to it: which sentences, which form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from parsers.values.amounts import NUMERAL, scan_amount
from parsers.values.characters import squeezed
from parsers.values.numerals import numeral, simplified
from rules.answered import NUMERIC
from rules.judging.corrections import COUNTED, DATED, Kind, find_corrections, sentences_of
from rules.judging.spoken_of import called, narrowed
from rules.labels import read_label, skeleton
from rules.reading import FieldReading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from parsers.values.amounts import Amount
    from rules.form import Form
    from rules.judging.corrections import Correction
    from rules.judging.spoken_of import Attached, Forms
    from rules.reading import Extra, Reading

    Answer = FieldReading | Extra
    Owned = tuple[int, Answer]  # with the number of its form
_NUMBER = re.compile(NUMERAL)
_DIGITS = re.compile(r"(?<![0-9.])[0-9]")
_ALIKE = 60  # rapidfuzz: 参加人数 may be what a letter calls 参加活动人员


class Stated:
    """What the forms of a mail state, asked for by the words of a sentence."""

    def __init__(self, forms: Sequence[Attached]) -> None:
        self._forms = forms
        self.everything: Forms = frozenset(range(len(forms)))
        read = [(number, one.reading) for number, one in enumerate(forms)]
        self._texts = [(n, a.raw) for n, r in read for a in r.fields]
        self._texts += [(n, a.raw) for n, r in read for a in r.extra]
        self._texts += [(n, remark.text) for n, r in read for remark in r.remarks]
        self._names: list[tuple[str, Owned]] = [
            (name, (number, answer))
            for number, one in enumerate(forms)
            for name, answer in _names(one.form, one.reading)
        ]

    def meant(self, sentence: str, label: str, *, counted: bool) -> Forms | None:
        """Return the forms a sentence speaks of; None where it does not say which.

        `label` is the row it names, `counted` that a number is to stand there.
        """
        ways = called(sentence, self._forms)
        if label:
            ways.append(self._having(label, counted=counted))
        return narrowed(sentence, ways, self._forms) if ways else None

    def _having(self, label: str, *, counted: bool) -> Forms:
        """Return the forms with a row called so, or so nearly that it may be the one meant."""
        return frozenset(
            n
            for name, (n, answer) in self._names
            if name == label
            or (_is_like(name, label) and not (counted and self._is_text(n, answer)))
        )

    def _is_text(self, number: int, answer: Answer) -> bool:
        fields = self._forms[number].form.fields
        types = {field.key: field.type for field in fields}
        return isinstance(answer, FieldReading) and types[answer.key] not in NUMERIC

    def label(self, about: str, forms: Forms) -> str:
        """Return the label that stands last in the words, "" if none does."""
        flat = about.lower()
        held = {name for name, (n, _) in self._names if n in forms and name in flat}
        return max(held, key=lambda name: (flat.rfind(name) + len(name), len(name)), default="")

    def named(self, label: str, forms: Forms) -> list[Owned]:
        """Return the answers under a label; several forms may have it."""
        return [one for name, one in self._names if name == label and one[0] in forms]

    def says(self, amount: Amount, forms: Forms, answers: Sequence[Owned] = ()) -> bool:
        """Say whether a number stands under one of the answers, or without these anywhere."""
        wanted = {amount.number, amount.mantissa}
        texts = [(n, a.raw) for n, a in answers] or self._texts
        return any(wanted & set(_numbers(text)) for n, text in texts if n in forms)

    def has(self, words: str, forms: Forms) -> bool:
        """Say whether words stand anywhere in the forms."""
        return any(words in simplified(squeezed(t)) for n, t in self._texts if n in forms)


def _is_like(name: str, label: str) -> bool:
    return len(name) > 2 and ratio(name, label) >= _ALIKE


def contradictions(
    text: str, forms: Sequence[Attached], subject: str = ""
) -> tuple[tuple[str, ...], ...]:
    """Return, for each form attached to a mail, the sentences that say otherwise than it.

    A sentence that does not surely speak of some of them stands at every one.
    """
    found = find_corrections(text, subject) if forms else ()
    return (
        _against(found, forms, sentences_of(text, subject)) if found else tuple(() for _ in forms)
    )


def written_against(lines: Sequence[str], forms: Sequence[Attached]) -> tuple[tuple[str, ...], ...]:
    """Return, for each form of a file, the lines beside its table that correct a number of it.

    更正：宣传展板应为45块. Instructions of a notice (填写有误的退回) correct no number.
    """
    text = "\n".join(lines)
    found = [c for c in find_corrections(text) if c.kind in (Kind.NUMBER, Kind.LIST)]
    return _against(found, forms, sentences_of(text, "")) if found else tuple(() for _ in forms)


def _against(
    found: Sequence[Correction], forms: Sequence[Attached], sentences: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    against: list[dict[str, None]] = [{} for _ in forms]
    for sentence, denied in _denied(found, Stated(forms), sentences):
        for number in denied:
            against[number][sentence] = None
    return tuple(tuple(said) for said in against)


def _denied(
    found: Sequence[Correction], stated: Stated, sentences: Sequence[str]
) -> Iterator[tuple[str, Forms]]:
    """Yield each sentence with the forms it denies.

    One that names none goes on about those of the sentence before it, if that corrected too.
    """
    before, last = stated.everything, -1
    for said in found:
        before = before if said.at <= last + 1 else stated.everything
        label = stated.label(said.about, stated.everything)
        counted = said.kind is Kind.NUMBER
        forms = stated.meant(said.sentence, label, counted=counted) or before
        yield said.sentence, _denies(said, forms, stated, sentences)
        before, last = forms, said.at


def _denies(said: Correction, forms: Forms, stated: Stated, sentences: Sequence[str]) -> Forms:
    nothing: Forms = frozenset()
    match said.kind:
        case Kind.NUMBER if said.amount is not None:
            return forms if _other_number(said, said.amount, forms, stated) else nothing
        case Kind.LIST:
            return nothing.union(*_listed(said.sentence, forms, stated))
        case Kind.BODY:
            listed = [new for s in sentences for new in _listed(s, forms, stated)]
            return nothing.union(*listed) if listed else forms if said.plain else nothing
        case _:
            denied = said.plain and not (said.words and stated.has(said.words, forms))
            return forms if denied else nothing


def _other_number(said: Correction, amount: Amount, forms: Forms, stated: Stated) -> bool:
    if answers := stated.named(stated.label(said.about, forms), forms):
        return not stated.says(amount, forms, answers)
    return said.sure and (said.plain or not stated.says(amount, forms))


def _listed(sentence: str, forms: Forms, stated: Stated) -> Iterator[Forms]:
    """Yield for each number behind a label, or a word for what is counted, the forms it denies."""
    after = 0
    for at in (match.start() for match in _DIGITS.finditer(sentence)):
        dated = at < after or DATED.match(sentence, at)
        amount = None if dated else scan_amount(sentence, at)
        if amount is None:
            continue
        about, after = sentence[after:at], amount.end
        label = stated.label(about, forms)
        own = (stated.meant(sentence, label, counted=True) or forms) & forms or forms
        answers = stated.named(label, own)
        if answers or COUNTED.search(about):
            yield frozenset() if stated.says(amount, own, answers) else own


def _names(form: Form, reading: Reading) -> Iterator[tuple[str, Answer]]:
    """Yield each word by which a letter may name a row, with its answer."""
    fields = {field.key: field for field in form.fields}
    for answer in reading.fields:
        for label in (answer.label, *fields[answer.key].aliases):
            plain = read_label(label).plain
            yield from ((name, answer) for name in {plain, skeleton(plain)[0]} if len(name) > 1)
    for extra in reading.extra:
        if len(plain := read_label(extra.label).plain) > 1:
            yield plain, extra


def _numbers(text: str) -> Iterator[Decimal]:
    for match in _NUMBER.finditer(simplified(squeezed(text))):
        yield from numeral(match[0]) or ()
