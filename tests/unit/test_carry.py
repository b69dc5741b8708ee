"""What a child read comes back from its JSON as it was, though most of it was not sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from parsers.carry import MAILS, documents, dump, load
from parsers.document import Cell, Document, Origin, Paragraph, Place, Table
from parsers.mail import File, Mail, Party, VideoProperties

TEXTS = st.text(st.characters(codec="utf-8"), max_size=6)
FLAGS = st.frozensets(st.sampled_from(["hidden-row", "error-value", "struck-left-out"]))
NUMBERS = st.none() | st.integers(1, 9)
PLACES = st.builds(Place, NUMBERS, NUMBERS, NUMBERS, st.none() | TEXTS, st.none() | TEXTS, NUMBERS)
CELLS = st.builds(
    Cell,
    row=st.integers(1, 9),
    column=st.integers(1, 9),
    text=TEXTS,
    place=PLACES,
    row_span=st.integers(1, 3),
    column_span=st.integers(1, 3),
    origin=st.sampled_from(Origin),
    number=st.none() | st.decimals(allow_nan=False, allow_infinity=False),
    moment=st.none() | st.datetimes(),
    flags=FLAGS,
)
TABLES = st.builds(
    Table, st.integers(1, 9), st.lists(CELLS, max_size=4).map(tuple), st.none() | TEXTS, FLAGS
)
BLOCKS = st.lists(TABLES | st.builds(Paragraph, TEXTS, PLACES, FLAGS), max_size=4).map(tuple)


@given(st.builds(Document, TEXTS, BLOCKS, FLAGS))
def test_a_document_is_carried_whatever_is_in_it(document):
    carried = load(documents(), dump(documents(), document))
    assert carried == document
    assert _exactly(carried) == _exactly(document)


def test_a_mail_is_carried_with_its_files():
    film = File("a.mp4", "0" * 64, 7, "video", ("b.zip",), video=VideoProperties(4.5, rotation=90))
    form = File("f.docx", "1" * 64, 0, "docx", inline=True, problem="damaged", detail="cut")
    mail = Mail(
        message_id=None,
        subject="",
        sender=Party("", "a@kepu.example.cn"),
        references=("<1@example.cn>",),
        received_at=datetime(2026, 5, 1, tzinfo=UTC),
        files=(film, form),
        flags=frozenset({"too-deep"}),
    )
    assert load(MAILS, dump(MAILS, mail)) == mail


def test_what_is_as_by_default_is_not_sent():
    cell = Cell(1, 2, "甲", Place(table=1, row=1, column=2), number=Decimal("1.50"))
    sent = json.loads(dump(documents(), Document("docx", (Table(1, (cell,)),))))
    place = {"table": 1, "row": 1, "column": 2}
    cells = [{"row": 1, "column": 2, "text": "甲", "place": place, "number": "1.50"}]
    assert sent == {"kind": "docx", "blocks": [{"number": 1, "cells": cells}]}


def _exactly(document):
    """Return what equality overlooks: 1.0 is not 1.00, "typed" no Origin."""
    cells = [cell for table in document.tables for cell in table.cells]
    return [(str(cell.number), type(cell.origin), type(cell.flags)) for cell in cells]
