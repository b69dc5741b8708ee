"""How a proposed form is written down: yaml with comments, one field a line, to be edited."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rules.form import FieldType, FormField, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules.form import Form
    from rules.learn.draft import Doubt, DraftForm, Say

_PLAIN = re.compile(
    r"[\w（）、，《》〔〕“”·/．。][\w（）、，《》〔〕“”·/．。()+.@-]*(?: [\w（）()]+)*"
)
_NUMBER = re.compile(r"[\d.eE+_-]+|0[xo].*")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "~", "y", "n"})


def write_form(draft: DraftForm, say: Say, source: str = "") -> str:
    """Return forms/<id>.yaml: the proposal, each doubt as a comment where it belongs."""
    return "\n".join(_lines(draft, say, source)) + "\n"


def scalar(value: object) -> str:
    """Return a value as YAML that reads back as the same text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(scalar(one) for one in value)}]"
    text = str(value)
    plain = _PLAIN.fullmatch(text) and not _NUMBER.fullmatch(text) and text.lower() not in _WORDS
    if isinstance(value, int | float) or plain:
        return text
    return json.dumps(text, ensure_ascii=False)


def _lines(draft: DraftForm, say: Say, source: str) -> Iterator[str]:
    form = draft.form
    if source:
        yield f"# {_flat(say('form-head', {'source': source}))}"
    yield from _comments(draft.doubts_about(""), say, "")
    yield f"id: {scalar(form.id)}"
    yield f"title: {scalar(form.title)}"
    if form.aliases:
        yield f"aliases: {scalar(form.aliases)}"
    yield f"blank: {scalar(form.blank)}"
    if form.unit_field:
        yield f"unit_field: {form.unit_field} # {_flat(say('unit-field', {}))}"
    if form.identified_by:
        yield f"identified_by: {scalar(form.identified_by)}"
    yield from _table(form)
    yield from _fields(draft, say)
    yield from _checks(form)


def _table(form: Form) -> Iterator[str]:
    if form.table is None:
        return
    yield ""
    yield "table:"
    for key, value in form.table.model_dump(exclude_defaults=True).items():
        yield f"  {key}: {scalar(value)}"


def _fields(draft: DraftForm, say: Say) -> Iterator[str]:
    yield ""
    if not draft.form.fields:
        yield "fields: []"
        return
    yield "fields:"
    group: str | None = None
    for field in draft.form.fields:
        if field.group != group:
            group = field.group
            yield f"  # {_flat(group)}" if group else f"  # {say('no-group', {})}"
        yield from _comments(draft.doubts_about(field.key), say, "  ")
        pairs = ", ".join(f"{key}: {scalar(value)}" for key, value in _stated(field))
        yield f"  - {{{pairs}}}"


def _stated(field: FormField) -> Iterator[tuple[str, Any]]:
    """Yield what differs from the defaults; the type is always said."""
    for key, value in field.model_dump(mode="json").items():
        default = FormField.model_fields[key].get_default(call_default_factory=True)
        if (
            key == "type"
            or (key == "where" and value != Where.RIGHT)
            or value_differs(value, default)
        ):
            if key == "total" and field.type not in _TOTALS:
                continue
            yield key, value


_TOTALS = frozenset({FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY})


def value_differs(value: Any, default: Any) -> bool:
    """Say whether a dumped value is not the default; a tuple is dumped as a list."""
    return bool(value != (list(default) if isinstance(default, tuple) else default))


def _checks(form: Form) -> Iterator[str]:
    if not form.checks:
        return
    yield ""
    yield "checks:"
    for check in form.checks:
        stated = check.model_dump(mode="json", exclude_defaults=True)
        pairs = {"check": check.check, **stated}
        yield f"  - {{{', '.join(f'{key}: {scalar(value)}' for key, value in pairs.items())}}}"


def _comments(doubts: Sequence[Doubt], say: Say, indent: str) -> Iterator[str]:
    for doubt in doubts:
        yield f"{indent}# ? {_flat(say(doubt.code, doubt.values))}"


def _flat(text: str) -> str:
    """Return a text on one line: a line break would end the comment."""
    return " ".join(text.split())
