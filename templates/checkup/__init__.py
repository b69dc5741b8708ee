"""What `doctor` and `init` say: a sentence and what to do, per constant, in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rules.folder.yaml_lines import texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`says` is how it is, `todo` what to do about it, "" where nothing is to be done."""

    says: str
    todo: str = ""


def language_of(environ: Mapping[str, str]) -> str:
    """Return the language a terminal is set to: "zh" for Chinese, else "en" (locale(7))."""
    names = (environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((name for name in names if name), "").lower().startswith("zh") else "en"


def sentence(language: str, code: str, facts: Mapping[str, object]) -> Sentence:
    """Return what is said under a constant; under an unlisted one what its group says."""
    told = load(language)["said"]
    row = told.get(code) or told.get(f"{code.partition('.')[0]}.other") or {"says": code}
    filled = _Facts({name: str(fact) for name, fact in facts.items()})
    return Sentence(row["says"].format_map(filled), row.get("todo", "").format_map(filled))


def name(language: str, check: str) -> str:
    """Return what a check is called."""
    called: dict[str, str] = load(language)["checks"]
    return called.get(check, check)


@cache
def load(language: str) -> Any:
    """Return all sentences of a language."""
    return texts_of(Path(__file__).with_name(f"{language}.yaml"))


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"
