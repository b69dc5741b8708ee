"""A receipt, a correction list, and the answer to a mail nothing was recognised in, to look at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.document import Place
from rules.finding import Finding, Severity
from rules.form import FieldType
from rules.outcome import Standing
from templates.previews.sample import DOCX, TOKEN, said
from templates.views import AnswerView, Attachment, OwedView, PartView, UnrecognisedView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.form import FormField
    from rules.reading import FieldReading
    from templates.previews.sample import Sample

_NUMBERS = {FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY}


def receipt(sample: Sample) -> AnswerView:
    """Show a second version, with a number that was told roughly and one declared nil."""
    numbers = _numbers(sample)
    notes = dict(zip((f.key for _, f in numbers), _noted(sample), strict=False))
    before = {f.key: sample.answer(f, row, row) for row, f in numbers[-1:]}
    old = sample.submission(Standing.ACCEPTED, sample.reading(**{**notes, **before}))
    new = sample.submission(Standing.ACCEPTED, sample.reading(**notes))
    part = PartView(
        sample.requirement, sample.form, new, sample.due, version=2, previous=old
    )  # fmt: skip
    return replace(_answer(sample), parts=(part,))


def correction(sample: Sample) -> AnswerView:
    """Show a form with every usual kind of point, and a file that could not be opened."""
    findings = tuple(_wrong(sample))
    returned = sample.submission(Standing.RETURNED, sample.reading(), *findings)
    locked = said("files")["locked"]
    marked = said("files")["mark"].format(stem=sample.requirement.title)
    return replace(
        _answer(sample),
        parts=(PartView(sample.requirement, sample.form, returned, sample.due),),
        findings=(Finding("file-encrypted", Severity.ERROR, file=locked),),
        owed=(
            OwedView(sample.requirement.title, sample.due, Standing.RETURNED),
            *sample.owed(Standing.MISSING),
        ),
        files=(sample.file(), sample.file(locked)),
        marked=(Attachment(marked, b"", DOCX),),
    )


def unrecognised(sample: Sample) -> UnrecognisedView:
    """Show last year's form and a picture of a kind nothing opens."""
    files = said("files")
    title, kind = said("old_title"), {"kind": "image"}
    return UnrecognisedView(
        campaign=sample.campaign.file,
        received_at=sample.now,
        subject=said("subject"),
        token=TOKEN,
        greeting_name=said("greeting"),
        unit_name=sample.names[0],
        findings=(
            Finding("wrong-template", Severity.ERROR, file=files["old"], details={"title": title}),
            Finding("file-unsupported", Severity.ERROR, file=files["scan"], details=kind),
        ),
        files=(sample.file(files["old"]), sample.file(files["scan"])),
        owed=(
            OwedView(sample.requirement.title, sample.due, Standing.MISSING),
            *sample.owed(Standing.MISSING),
        ),
        blanks=sample.blank(),
    )


def _answer(sample: Sample) -> AnswerView:
    return AnswerView(
        campaign=sample.campaign.file,
        unit_name=sample.names[0],
        receipt_number=f"{sample.now:%Y%m%d}-0042",
        received_at=sample.now,
        subject=said("subject"),
        token=TOKEN,
        greeting_name=said("greeting"),
        owed=sample.owed(Standing.MISSING, Standing.MISSING),
        files=(sample.file(),),
    )


def _numbers(sample: Sample) -> list[tuple[int, FormField]]:
    fields = sample.form.fields if sample.form else ()
    return [(row, f) for row, f in enumerate(fields, 2) if f.type in _NUMBERS and not f.within]


def _noted(sample: Sample) -> Iterator[FieldReading]:
    """Yield answers that a receipt says something beside: roughly, nil."""
    raw = said("raw")
    for (row, field), (value, text, note) in zip(
        _numbers(sample),
        ((1200, raw["about"], "approximate"), (0, raw["none"], "nil")),
        strict=False,
    ):
        yield sample.answer(field, row, value, raw=text, notes=(note,), nil=note == "nil")


def _wrong(sample: Sample) -> Iterator[Finding]:
    """Yield one point of each usual kind, as far as the form has fields for them."""
    raw = said("raw")
    kinds: tuple[tuple[str, str | None, dict[str, object]], ...] = (
        ("required", None, {}),
        ("required", None, {}),
        ("ambiguous", raw["range"], {"why": "range"}),
        ("ambiguous", raw["two"], {"why": "two-numbers"}),
        ("type", raw["vague"], {}),
    )
    for (row, field), (code, text, details) in zip(_numbers(sample), kinds, strict=False):
        place = Place(table=1, row=row, column=2)
        name = sample.file().name
        told = {"expected": field.type.value, **details}
        yield Finding(code, Severity.ERROR, field.key, field.label, place, text, name, told)
    for row, field in _numbers(sample)[len(kinds) : len(kinds) + 1]:
        place = Place(table=1, row=row, column=2)
        details = {"greatest": 1000.0}
        yield Finding(
            "range", Severity.WARNING, field.key, field.label, place, "98000000", None, details
        )
