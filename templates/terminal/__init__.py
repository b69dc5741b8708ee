"""What commands answer at a terminal: a sentence per constant and the words in it, twice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rules.folder.yaml_lines import texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Term:
    """A constant within a sentence: `kind` is of words.yaml; English says the constant itself."""

    kind: str
    constant: str

    def told(self, language: str) -> str:
        """Say it in a language."""
        return word(language, self.kind, self.constant)


def say(language: str, code: str, facts: Mapping[str, object]) -> str:
    """Return what a command answers; `facts` fill it in."""
    told: str = load(language)["said"][code]
    return told.format_map(in_words(language, facts))


def in_words(language: str, facts: Mapping[str, object]) -> dict[str, str]:
    """Return facts as texts, terms among them in words."""
    return {
        name: fact.told(language) if isinstance(fact, Term) else str(fact)
        for name, fact in facts.items()
    }


def heading(language: str, name: str) -> str:
    """Return what stands above a column, or before a value; English has the name itself."""
    told: str = load(language).get("headings", {}).get(name, name)
    return told


def value(language: str, column: str, shown: str) -> str:
    """Return what stands in a column, a constant in words; what is none stays as it is."""
    kinds: list[str] = load(language).get("columns", {}).get(column, ())
    told = (word(language, kind, shown) for kind in kinds)
    return next((one for one in told if one != shown), shown)


def word(language: str, kind: str, constant: str) -> str:
    """Return the word for a constant; English has none, and says the constant itself."""
    told: str = _words()[kind].get(constant, constant) if language == "zh" else constant
    return told


@cache
def load(language: str) -> Any:
    """Return all sentences of a language."""
    return texts_of(HERE / f"{language}.yaml")


@cache
def _words() -> Any:
    """Return the words for constants, without what letters need beside them."""
    return texts_of(HERE.parent / "words.yaml")
