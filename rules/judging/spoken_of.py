"""Which of a mail's forms a sentence about its attachments speaks of, where that is certain.

统计表第3行应为45, 附件2中…, 附件“统计表.docx”里…; a row that one form alone has says it too.
Where two of these point at different forms, or none at any, it may be every one of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from parsers.message.files import read_file
from parsers.values.characters import squeezed
from parsers.values.numerals import chinese_number, simplified
from rules.form import Form
from rules.judging.nothing import KIND
from rules.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from rules.judging.evidence import Piece

Forms = frozenset[int]
"""The numbers of forms in a mail, counted from 0."""

_ANNEX = re.compile(r"附[件表]\(?([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?![0-9])\)?")
_SEVERAL = re.compile(
    r"附[件表][0-9一二三四五六七八九十]{1,3}[、,，和与及到至~-]+[0-9一二三四五六七八九十]"
    r"|都|均|各|每[张份个]|所有|全部|另|其[他它余]|也|几[张份个]|[两二三四五2-9][张份个](?:附|表|文)"
)
_TOP = 5  # paragraphs of a blank over its table


@dataclass(frozen=True, slots=True)
class Attached:
    """A filled form of a mail, and how people call it.

    `titles` are its own and its requirement's, `item` its 项目名称, `files` the names of what it
    came in, `places` which attachments of the mail these are, from 1 (none in an archive).
    """

    form: Form
    reading: Reading
    titles: tuple[str, ...] = ()
    item: str = ""
    files: tuple[str, ...] = ()
    places: frozenset[int] = frozenset()
    blank: bytes = b""


def as_attached(piece: Piece, shown: Sequence[str]) -> Attached:
    """Return a form that came as a file; `shown` are the hashes of the mail's attachments."""
    if piece.reading is None:
        raise ValueError("a piece that is no form")
    campaign, form = piece.campaign, piece.campaign.forms[piece.reading.form]
    return Attached(
        form,
        piece.reading,
        (piece.requirement.title, form.title, *form.aliases),
        piece.item,
        tuple(file.name for file in piece.files),
        frozenset(n for n, sha in enumerate(shown, 1) if sha in {f.sha256 for f in piece.files}),
        campaign.blanks.get(form.id, b""),
    )


def called(sentence: str, forms: Sequence[Attached]) -> list[Forms]:
    """Return the forms that each way to call one points at; nothing where none is called."""
    said = _flat(sentence)
    ways = [_by_title(said, forms), _by_file(said, forms)]
    ways += [_by_annex(number, forms) for number in _annexes(said)]
    return [way for way in ways if way]


def narrowed(sentence: str, ways: Collection[Forms], forms: Sequence[Attached]) -> Forms:
    """Return the forms that all ways agree on, every form where they agree on none.

    Of several copies of one form, the one whose 项目名称 stands in the sentence.
    """
    everything, said = frozenset(range(len(forms))), _flat(sentence)
    agreed = everything.intersection(*ways)
    if not agreed or _SEVERAL.search(said):
        return everything
    same = len({forms[n].form.id for n in agreed}) == 1
    items = frozenset(n for n in agreed if forms[n].item and _flat(forms[n].item) in said)
    return items if same and len(items) == 1 else agreed


def _by_title(said: str, forms: Sequence[Attached]) -> Forms:
    """Find what is called by its title, the longest one: 重点项目备案表 is not every 备案表."""
    hits = {
        number: max((t for t in _titles(form) if t in said), key=len, default="")
        for number, form in enumerate(forms)
    }
    longer = [hit for hit in hits.values() if hit]
    return frozenset(
        number
        for number, hit in hits.items()
        if hit and not any(hit != other and hit in other for other in longer)
    )


def _titles(form: Attached) -> Iterator[str]:
    for title in map(_flat, form.titles):
        yield title
        if kind := KIND.search(title):
            yield kind[0]


def _by_file(said: str, forms: Sequence[Attached]) -> Forms:
    """Only a name with its ending, or in quotation marks, is surely a file's."""

    def names(file: str) -> Iterable[str]:
        name = _flat(file)
        stem = re.sub(r"\.[a-z0-9]{1,5}$", "", name)
        return (name, *(f"{a}{stem}{b}" for a, b in ("“”", '""', "《》", "「」")))

    return frozenset(
        number
        for number, form in enumerate(forms)
        if any(name in said for file in form.files for name in names(file))
    )


def _by_annex(number: int, forms: Sequence[Attached]) -> Forms:
    """Find 附件2: so named, else so printed on its blank and the second of the mail.

    The place alone says nothing where no blank is numbered: it may be the notice's 附件2.
    """
    everything = frozenset(range(len(forms)))
    named = [_annexes(_flat(" ".join(form.files))) for form in forms]
    if any(named):
        return frozenset(n for n, has in enumerate(named) if has == {number}) or everything
    prints = [printed_annex(form.blank) for form in forms]
    printed = frozenset(n for n, annex in enumerate(prints) if annex == number)
    placed = frozenset(n for n, form in enumerate(forms) if number in form.places)
    if not any(prints):
        return everything
    return printed & placed or printed | placed or everything


@lru_cache(maxsize=64)
def printed_annex(blank: bytes) -> int | None:
    """Return the number of the annex that a blank says it is, if it says one."""
    documents = (file.document for file in read_file(blank, "blank")) if blank else ()
    top = [p.text for d in documents if d is not None for p in d.paragraphs[:_TOP]]
    found = (_ANNEX.match(_flat(text)) for text in top)
    return next((_number(match[1]) for match in found if match), None)


def _annexes(said: str) -> set[int]:
    numbers = (_number(match[1]) for match in _ANNEX.finditer(said))
    return {number for number in numbers if number is not None}


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else chinese_number(text)


def _flat(text: str) -> str:
    return simplified(squeezed(text)).lower()
