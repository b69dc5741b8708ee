"""Whether a mail's own words contradict the forms attached to it: which sentences, if any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.values.amounts import NUMERAL, scan_amount
from parsers.values.characters import squeezed
from parsers.values.numerals import numeral, simplified
from rules.judging.corrections import COUNTED, DATED, Kind, find_corrections, sentences_of
from rules.labels import read_label, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from parsers.values.amounts import Amount
    from rules.form import Form
    from rules.judging.corrections import Correction
    from rules.reading import Extra, FieldReading, Reading

    Answer = FieldReading | Extra
_NUMBER = re.compile(NUMERAL)
_DIGITS = re.compile(r"(?<![0-9.])[0-9]")


class Stated:
    """What the forms of a mail state, asked for by the words of a sentence."""

    def __init__(self, forms: Sequence[tuple[Form, Reading]]) -> None:
        self._answers: list[Answer] = []
        for _, reading in forms:
            self._answers += [*reading.fields]
            self._answers += [*reading.extra]
        self._remarks = [r.text for _, reading in forms for r in reading.remarks]
        self._names = [named for form, reading in forms for named in _names(form, reading)]

    def named(self, about: str) -> list[Answer]:
        """Return the answers under the label that stands last in the words, none if there is none.

        Several forms may have it.
        """
        flat = about.lower()
        at = [
            (flat.rfind(name) + len(name), len(name), a) for name, a in self._names if name in flat
        ]
        last = max((place[:2] for place in at), default=None)
        return [answer for *place, answer in at if tuple(place) == last]

    def says(self, amount: Amount, answers: Sequence[Answer] | None = None) -> bool:
        """Say whether a number stands under one of the answers, or anywhere at all."""
        wanted = {amount.number, amount.mantissa}
        texts = [a.raw for a in self._answers if answers is None or a in answers]
        texts += self._remarks if answers is None else []
        return any(wanted & set(_numbers(text)) for text in texts)

    def has(self, words: str) -> bool:
        """Say whether words stand anywhere in the forms."""
        texts = (*(a.raw for a in self._answers), *self._remarks)
        return any(words in simplified(squeezed(text)) for text in texts)


def contradictions(
    text: str, forms: Sequence[tuple[Form, Reading]], subject: str = ""
) -> tuple[str, ...]:
    """Return the sentences of a mail that say otherwise than the forms attached to it."""
    found = find_corrections(text, subject) if forms else ()
    stated = Stated(forms) if found else None
    if stated is None:
        return ()
    against = (c.sentence for c in found if _denies(c, stated, text, subject))
    return tuple(dict.fromkeys(against))


def _denies(said: Correction, stated: Stated, text: str, subject: str) -> bool:
    match said.kind:
        case Kind.NUMBER if said.amount is not None:
            return _other_number(said, said.amount, stated)
        case Kind.LIST:
            return any(_listed(said.sentence, stated))
        case Kind.BODY:
            listed = [wrong for s in sentences_of(text, subject) for wrong in _listed(s, stated)]
            return any(listed) if listed else said.plain
        case _:
            return said.plain and not (said.words and stated.has(said.words))


def _other_number(said: Correction, amount: Amount, stated: Stated) -> bool:
    if answers := stated.named(said.about):
        return not stated.says(amount, answers)
    return said.sure and (said.plain or not stated.says(amount))


def _listed(sentence: str, stated: Stated) -> Iterator[bool]:
    """Yield of each number behind a label, or a word for what is counted, whether it is new."""
    after = 0
    for at in (match.start() for match in _DIGITS.finditer(sentence)):
        dated = at < after or DATED.match(sentence, at)
        amount = None if dated else scan_amount(sentence, at)
        if amount is None:
            continue
        about, after = sentence[after:at], amount.end
        answers = stated.named(about)
        if answers or COUNTED.search(about):
            yield not stated.says(amount, answers or None)


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
