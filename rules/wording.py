"""Which sentences of the letters a campaign may word itself, and what each may name in {braces}."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from rules.folder.validation import suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rules.folder.yaml_lines import Lined

LONGEST = 400  # characters of one sentence or two
WORDINGS: Mapping[str, tuple[str, ...]] = {
    "greeting": ("name",),
    "receipt.opening": ("received", "unit", "title"),
    "receipt.closing": (),
    "correction.opening": ("received", "unit", "title", "count"),
    "unrecognised.opening": ("received", "campaign"),
    "unrecognised.closing": (),
    "reminder.opening": ("unit", "title", "due", "days"),
    "reminder.late": ("unit", "title", "due", "days"),
    "reminder.closing": ("mailbox",),
    "superior.opening": ("unit", "campaign", "count"),
    "superior.closing": ("unit", "mailbox"),
    "thanks": ("unit",),
    "contacts": (),
    "signature": (),
    "foot": (),
}
"""A letter's kind and which of its sentences; those without a kind stand in every letter."""


def check_wording(wording: Mapping[str, str], lined: Lined) -> None:
    """Note in `lined` every sentence that no letter has, and every brace it cannot fill."""
    for key, sentence in wording.items():
        path = ("wording", key)
        if key not in WORDINGS:
            lined.add("unknown-wording", path, given=key, suggestion=suggest(key, WORDINGS))
        elif not sentence.strip() or len(sentence) > LONGEST:
            lined.add("wording-length", path, given=key, limit=LONGEST)
        else:
            _check_braces(key, sentence, lined)


def _check_braces(key: str, sentence: str, lined: Lined) -> None:
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError:
        parts = [("", sentence, "", None)]
    for _, name, pattern, conversion in parts:
        if name is not None and (name not in WORDINGS[key] or pattern or conversion):
            known = "".join(f"{{{one}}}" for one in WORDINGS[key]) or "-"
            lined.add("wording-brace", ("wording", key), given=f"{{{name}}}", known=known)
