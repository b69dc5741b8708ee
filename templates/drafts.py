"""What an admin reads in a drafted campaign or form: a sentence for every doubt and gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from templates import words

if TYPE_CHECKING:
    from collections.abc import Mapping


def say(code: str, values: Mapping[str, str]) -> str:
    """Put a code and its values into one line of words."""
    said = {name: words.clean(value) for name, value in values.items()}
    sentence: str = words.load("drafts.yaml")[code].format(**said)
    return sentence
