"""How a notice is read: flat text, annexes, then fact by fact, and what is left open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.document import Document
from rules.notice.addressees import listed_units
from rules.notice.annexes import annex_titles, likest, source_of
from rules.notice.asides import find_subject, nothing_counts
from rules.notice.beside import formless, forms_beside
from rules.notice.contacts import find_contacts
from rules.notice.dates import Years
from rules.notice.duties import row_of
from rules.notice.elsewhere import Reading
from rules.notice.flat import MOST as LONGEST
from rules.notice.forms import find_forms
from rules.notice.grids import read_grids
from rules.notice.heading import find_addressees, find_issued, find_number, find_title, own_year
from rules.notice.mailboxes import find_mailboxes
from rules.notice.model import Notice
from rules.notice.open import Gaps, open_questions
from rules.notice.requirements import read_requirements
from rules.notice.window import find_window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.notice.annexes import Source
    from rules.notice.beside import Annex
    from rules.notice.heading import Span
    from rules.notice.mailboxes import Mailbox


def read_notice(notice: Document | str, beside: Sequence[Annex] = ()) -> Notice:
    """Read a notice; what it does not say is None or empty, and named in `open`.

    `beside` are annexes in files of their own.

    A text should come as it is in its file: tabs and empty lines tell where tables are.
    """
    document = notice if isinstance(notice, Document) else read_grids(notice)
    source = source_of(document)
    flat, own = source.flat, find_forms(document)
    forms = (*own, *forms_beside(beside, own))
    title, annexes = find_title(flat), annex_titles(flat)
    number = find_number(flat, title)
    body_end = _body_end(source, forms_at=[f.blocks[0] for f in own])
    issued, _ = find_issued(flat, body_end)
    years = Years(issued, own_year(flat, title, number))
    skip = (0, title.end if title else 0)
    boxes = find_mailboxes(flat)
    found = read_requirements(Reading(source, years, forms, annexes, skip, tuple(boxes)))
    kept = [box for box in boxes if not box.other_use] or boxes
    window = find_window(flat, years)
    addressed = find_addressees(flat, title)
    draft = Notice(
        title=title.text if title else "",
        document=number.text if number else "",
        mailboxes=tuple(box.address for box in kept),
        requirements=tuple(found.owed),
        contacts=tuple(find_contacts(flat, body_end)),
        forms=forms,
        open=(),
        window=window,
        issued=issued,
        units=listed_units(addressed, found.owed),
        subject=find_subject(flat),
        nil=nothing_counts(flat),
        quotes=_quotes(source, title, number) | {b.address: _around(source, b) for b in kept},
    )
    gaps = Gaps(
        missing=tuple(name for name in annexes.values() if likest(name, _titles(draft)) is None),
        doubtful=tuple(box.address for box in kept if box.doubtful),
        addressed=addressed,
        nameless=tuple(found.nameless),
        formless=formless(beside, forms),
        cut=len(flat.source) >= LONGEST,
    )
    return replace(draft, open=open_questions(draft, gaps))


def _around(source: Source, box: Mailbox) -> str:
    """Return the row or sentence that names a mailbox."""
    row = row_of(source.document.blocks[source.block_at(box.start)], box.address)
    return row or source.flat.quote(*source.flat.sentence(box.start))


def _titles(notice: Notice) -> list[str]:
    return [form.draft.form.title for form in notice.forms]


def _body_end(source: Source, forms_at: list[int]) -> int:
    if not forms_at:
        return len(source.flat.text)
    return source.starts[min(forms_at)]


def _quotes(source: Source, title: Span | None, number: Span | None) -> dict[str, str]:
    found = {"title": title, "document": number}
    return {name: source.flat.quote(span.start, span.end) for name, span in found.items() if span}
