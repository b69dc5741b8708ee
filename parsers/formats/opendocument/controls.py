"""What form controls and form fields say: a tick, a chosen entry, a typed text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.formats.ooxml.xml import Element, integer
from parsers.formats.opendocument.names import FIELD, FORM, LOEXT, OFFICE, TEXT, XML_ID
from parsers.formats.word.controls import TICKED, UNTICKED

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOXES = {
    FORM("checkbox"): ("current-state", "state"),
    FORM("radio"): ("current-selected", "selected"),
}
_TYPED = frozenset(
    FORM(name)
    for name in ("text", "textarea", "formatted-text", "combobox", "date", "time", "number")
)
_LIST, _OPTION = FORM("listbox"), FORM("option")
_ON = frozenset({"checked", "true"})
_CHECKBOX, _DROP_DOWN = "FORMCHECKBOX", "FORMDROPDOWN"


def read_controls(body: Element) -> Mapping[str, str]:
    """Return what each form control shows, by its id."""
    found: dict[str, str] = {}
    for forms in body.iter(OFFICE("forms")):
        for node in forms.iter():
            said = _control(node)
            if said is not None:
                found[node.get(XML_ID) or node.get(FORM("id")) or ""] = said
    return found


def _control(node: Element) -> str | None:
    names = _BOXES.get(str(node.tag))
    if names is not None:
        states = (node.get(FORM(name)) for name in names)
        state = next((state for state in states if state is not None), "")
        return (TICKED if state in _ON else UNTICKED) + node.get(FORM("label"), "")
    if node.tag in _TYPED:
        return node.get(FORM("current-value")) or node.get(FORM("value"), "")
    return _chosen(node) if node.tag == _LIST else None


def _chosen(node: Element) -> str:
    options = list(node.iterchildren(_OPTION))
    for name in ("current-selected", "selected"):
        labels = [o.get(FORM("label"), "") for o in options if o.get(FORM(name)) == "true"]
        if labels:
            return "、".join(labels)
    return ""


def field_mark(node: Element) -> str | None:
    """Return what a form field taken over from Word says; None when its text says it."""
    kind = node.get(FIELD("type"), "").rpartition(".")[2]
    given = [
        (param.get(FIELD("name"), "").rpartition("_")[2].lower(), param.get(FIELD("value"), ""))
        for param in node.iterchildren(FIELD("param"))
    ]
    if kind == _CHECKBOX:
        return TICKED if ("checked", "true") in given else UNTICKED
    if kind == _DROP_DOWN:
        entries = [value for name, value in given if name == "listentry"]
        index = next((integer(v, -1) for n, v in given if n in {"selected", "result"}), -1)
        return entries[index] if 0 <= index < len(entries) else ""
    return None


def content_control(node: Element) -> str | None:
    """Return a tick or "" (unfilled) in place of a content control's text, else None."""
    if node.get(LOEXT("checkbox")) == "true":
        return TICKED if node.get(LOEXT("checked")) == "true" else UNTICKED
    return "" if node.get(LOEXT("showing-place-holder")) == "true" else None


def is_shown(node: Element) -> bool:
    """Tell whether a field that may hide itself is shown."""
    return node.get(TEXT("is-hidden"), "true") != "true"
