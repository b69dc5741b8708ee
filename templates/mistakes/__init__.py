"""What is said of what cannot be used: a sentence per constant, in two languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rules.folder.yaml_lines import texts_of
from templates.terminal import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping


def sentence(language: str, code: str, facts: Mapping[str, object]) -> str:
    """Return what is wrong and what to do; of a constant of pydantic's what its group says."""
    told = load(language)["said"]
    row: str = told.get(code) or told.get(code.partition("_")[0]) or told["other"]
    return row.format_map(in_words(language, facts))


def line(language: str, place: Mapping[str, object], key: str, wrong: str, about: str) -> str:
    """Lay out one mistake on a line; `place` has the file, perhaps its line."""
    shapes = load(language)["shapes"]
    where = shapes["line" if "line" in place else "file"].format(**place) if place else ""
    head = "".join(f"{part}{shapes['colon']}" for part in (where, key) if part)
    return head + wrong + (shapes["about"].format(about=about) if about else "")


def meaning(language: str, key: str) -> str:
    """Return what a setting is for where this language says so; "" leaves it to its description."""
    told: str = load(language).get("settings", {}).get(key, "")
    return told


@cache
def load(language: str) -> Any:
    """Return all sentences of a language."""
    return texts_of(Path(__file__).with_name(f"{language}.yaml"))
