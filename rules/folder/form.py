"""How a form's yaml and its blank become a Form, and what the two must agree on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.document import Paragraph
from parsers.formats import read_document
from parsers.unreadable import Unreadable
from parsers.values.measures import alike
from rules.folder.problem import CampaignProblem
from rules.folder.validation import suggest, validate
from rules.folder.yaml_lines import read_yaml
from rules.form import FieldType, Form, InRange, Where
from rules.labels import Label, heads, read_label, squeeze
from rules.reader.page import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from parsers.document import Document
    from rules.folder.yaml_lines import Lined
    from rules.folder.yaml_quick import Path_
    from rules.form import FormCheck, FormField

_NUMBERS = frozenset({FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY})
_DATES = frozenset({FieldType.DATE, FieldType.PERIOD})
_LARGEST_BLANK = 20 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class LoadedForm:
    """One form of a folder: its id by file name, and the form and blank where they are usable.

    `title_line` is where the yaml names the form, for what is wrong with the form as a whole.
    """

    id: str
    form: Form | None
    blank: bytes
    problems: tuple[CampaignProblem, ...]
    title_line: int = 1


def load_form(path: Path) -> LoadedForm:
    """Read forms/<id>.yaml and the blank it names; problems are returned, not raised."""
    lined = read_yaml(path, f"forms/{path.name}")
    form = validate(Form, lined)
    blank = b""
    if form is not None:
        _check_form(form, lined, path.stem)
        blank = _read_blank(form, lined, path.parent)
    return LoadedForm(path.stem, form, blank, tuple(lined.problems), lined.line(("title",)))


def _check_form(form: Form, lined: Lined, stem: str) -> None:
    if form.id != stem:
        lined.add("form-id-is-not-file", ("id",), given=form.id, expected=f"{form.id}.yaml")
    _check_keys(form, lined)
    _check_labels(form, lined)
    for index, field in enumerate(form.fields):
        _check_field(form, field, lined, ("fields", index))
    for index, check in enumerate(form.checks):
        _check_check(form, check, lined, ("checks", index))
    _check_reference(form, lined, ("unit_field",), form.unit_field)
    labels = [field.label for field in form.fields]
    if form.identified_by is not None and form.identified_by not in labels:
        path = ("identified_by",)
        known = suggest(form.identified_by, labels)
        lined.add("identifier-unknown", path, form=form.id, given=path[0], suggestion=known)


def _check_keys(form: Form, lined: Lined) -> None:
    seen: set[str] = set()
    for index, field in enumerate(form.fields):
        if field.key in seen:
            lined.add("duplicate-field", ("fields", index, "key"), given=field.key)
        seen.add(field.key)


def _check_labels(form: Form, lined: Lined) -> None:
    """Let a label or alias stand once in its group, column and, for sub-values, row.

    Over a list and at the head of one of its columns are two places: 联系电话 of who fills it in
    and of each person.
    """
    owners: dict[tuple[str | None, ...], str] = {}
    for index, field in enumerate(form.fields):
        names = (field.label, *field.aliases)
        for name in names:
            listed = field.where if field.where is Where.BELOW else None
            spot = (field.group, field.column, field.within, read_label(name).core, listed)
            owner = owners.setdefault(spot, field.key)
            if owner != field.key:
                at = ("fields", index, "label" if name == field.label else "aliases")
                lined.add("duplicate-label", at, given=name, first=owner, second=field.key)
        for name in sorted({name for name in names if names.count(name) > 1}):
            lined.add("alias-twice", ("fields", index, "aliases"), given=name)


def _check_field(form: Form, field: FormField, lined: Lined, path: Path_) -> None:
    _check_reference(form, lined, (*path, "within"), field.within)
    _check_column(form, field, lined, path)
    if field.type is FieldType.MONEY and field.unit not in (None, "元", "万元"):
        lined.add("money-unit", (*path, "unit"), given=field.unit)
    if field.type is FieldType.CHOICE and not field.choices:
        lined.add("choices-missing", path)
    _check_order(lined, path, field.least, field.greatest)


def _check_order(lined: Lined, path: Path_, least: float | None, most: float | None) -> None:
    if least is not None and most is not None and least > most:
        lined.add("wrong-order", (*path, "least"), first=f"{least:g}", last=f"{most:g}")


def _check_column(form: Form, field: FormField, lined: Lined, path: Path_) -> None:
    if field.column is None:
        if field.within is not None and form.table is not None:
            lined.add("within-needs-column", path)
        elif field.where == "column" and form.table is None:
            lined.add("column-without-table", path)
        return
    if form.table is None:
        lined.add("column-without-table", (*path, "column"))
        return
    known = [form.table.value, form.table.remarks or form.table.value, *form.table.others]
    if squeeze(field.column) not in map(squeeze, known):
        suggestion = suggest(field.column, known)
        lined.add("unknown-column", (*path, "column"), given=field.column, suggestion=suggestion)


def _check_check(form: Form, check: FormCheck, lined: Lined, path: Path_) -> None:
    for name, need in check.names.items():
        named = getattr(check, name)
        if isinstance(named, str):
            _check_reference(form, lined, (*path, name), named, need)
        else:
            for index, key in enumerate(named):
                _check_reference(form, lined, (*path, name, index), key, need)
    if isinstance(check, InRange):
        _check_order(lined, path, check.least, check.greatest)


def _check_reference(
    form: Form, lined: Lined, path: Path_, key: str | None, need: str | None = None
) -> None:
    """Note a key that names no field, or one of a type the check cannot use."""
    if key is None:
        return
    kinds = {field.key: field.type for field in form.fields}
    if key not in kinds:
        lined.add("unknown-field", path, given=key, suggestion=suggest(key, kinds))
    elif need is not None and kinds[key] not in (_NUMBERS if need == "not-a-number" else _DATES):
        lined.add(need, path, given=key)


def _read_blank(form: Form, lined: Lined, folder: Path) -> bytes:
    path = folder / form.blank
    if path.parent != folder or path.suffix.lower() != ".docx":
        lined.add("wrong-value", ("blank",), given=form.blank, reason="name a .docx beside it")
        return b""
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST_BLANK)
        document = read_document(data, "docx")
    except OSError:
        reason = "there is no such file beside it"
        lined.add("blank-unreadable", ("blank",), given=form.blank, reason=reason)
        return b""
    except Unreadable as error:
        lined.add("blank-unreadable", ("blank",), given=form.blank, reason=str(error))
        return b""
    _check_blank(form, lined, document)
    return data


def _check_blank(form: Form, lined: Lined, document: Document) -> None:
    """Compare with the blank: what the yaml names is printed there, in the same unit."""
    printed: dict[str, Label] = {}
    for text in (*_texts(document), *_pieces(document)):
        for head in heads(text):
            for label in (head.label, read_label(head.rest)):  # 其中: 科技人员
                printed.setdefault(label.core, label)
                printed.setdefault(label.plain, label)
    _check_title(form, lined, document)
    whole = squeeze("".join(_texts(document)))
    for index, field in enumerate(form.fields):
        if field.within is None or squeeze(field.label) not in whole:  # 请注明 stands in mid-line
            _check_printed(form, field, lined, ("fields", index), printed)


def _check_title(form: Form, lined: Lined, document: Document) -> None:
    texts = [squeeze(text) for text in _texts(document)]
    if squeeze(form.title) not in "".join(texts):
        known = suggest(form.title, [text for text in texts if text.endswith("表")])
        values = {"blank": form.blank, "given": form.title, "suggestion": known}
        lined.add("title-not-in-blank", ("title",), **values)


def _check_printed(
    form: Form, field: FormField, lined: Lined, path: Path_, printed: dict[str, Label]
) -> None:
    wanted = read_label(field.label)
    found = printed.get(wanted.core) or printed.get(wanted.plain)
    if found is None:
        known = suggest(field.label, [core for core in printed if len(core) < 20])
        lined.add(
            "label-not-in-blank",
            (*path, "label"),
            blank=form.blank,
            given=field.label,
            suggestion=known,
        )
    elif found.unit and field.unit and not _is_in(field, found.unit):
        lined.add("unit-not-in-blank", (*path, "unit"), printed=found.unit, given=field.unit)


def _is_in(field: FormField, printed: str) -> bool:
    """Say whether a field is in the unit of its label, or else in that of its column."""
    over = read_label(field.column).unit if field.column else None
    return any(alike(unit, field.unit or unit) for unit in (printed, over) if unit)


def _texts(document: Document) -> Iterator[str]:
    """Every paragraph and cell of a blank, and a cell's lines one by one."""
    for block in document.blocks:
        texts = [block.text] if isinstance(block, Paragraph) else [c.text for c in block.cells]
        for text in texts:
            yield text
            if "\n" in text:
                yield from text.split("\n")


def _pieces(document: Document) -> Iterator[str]:
    """Every labelled piece of a line that holds several: 填报单位：…  填报日期：…."""
    page = lay_out(document)
    for line in page.lines:
        if len(line.slots) > 1 and line.slots[0].table is None:
            yield from (slot.text for slot in line.slots)
