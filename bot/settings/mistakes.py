"""What is said of what cannot be used: where, what is wrong, what a setting is for."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from bot.settings.places import Key


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: `code` and `facts` are of templates/mistakes, `about` says in English what for.

    `file` is a path, or the name of a variable of the environment.
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    file: str = ""
    line: int | None = None
    key: Key = ()
    about: str = ""

    def told(self, language: str) -> str:
        """Say it in a language: file, line, key, what is wrong and what to do, what it is for."""
        from templates.mistakes import line, meaning, sentence  # noqa: PLC0415 - seldom needed

        place: dict[str, object] = {"file": self.file} if self.file else {}
        if self.line is not None:
            place["line"] = self.line
        wrong = sentence(language, self.code, {"file": self.file, **self.facts})
        about = meaning(language, ".".join(k for k in self.key if isinstance(k, str)))
        return line(language, place, shown(self.key), wrong, about or self.about)


class ToldError(Exception):
    """What cannot be used, with everything that is wrong in it; its text is English."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        return self.told("en")

    def told(self, language: str) -> str:
        """Say all of it, one mistake a line."""
        return "\n".join(mistake.told(language) for mistake in self.mistakes)


class SettingsError(ToldError):
    """Settings that cannot be used."""


def wrong(code: LiteralString, **facts: object) -> PydanticCustomError:
    """Return what a validator raises: a constant of templates/mistakes and what fills it in."""
    return PydanticCustomError(code, code, facts)


def shown(key: Key) -> str:
    """Return a key as a person writes it: accounts[0].imap.port."""
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in key).lstrip(".")


def unknown(key: Key, within: type[BaseModel]) -> Mistake:
    """Return what is said of a key that is no setting, with the one it may be meant for."""
    keys = list(part_at(key[:-1], within).model_fields)
    near = difflib.get_close_matches(str(key[-1]), keys, n=1)
    return Mistake("unknown-near", {"near": near[0]}) if near else Mistake("unknown")


def part_at(key: Key, within: type[BaseModel]) -> type[BaseModel]:
    """Return the model that holds the keys at `key`."""
    model = within
    for one in key:
        found = model.model_fields.get(str(one))
        model = _model_in(found.annotation) or model if found else model
    return model


def description(key: Key, within: type[BaseModel]) -> str:
    """Return what a setting is for, in English; "" of what is none."""
    names = [one for one in key if isinstance(one, str)]
    found = part_at(tuple(names[:-1]), within).model_fields.get(names[-1]) if names else None
    return (found.description or "").rstrip(".") if found else ""


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(one) for one in getattr(annotation, "__args__", ()))
    return next((one for one in inner if one), None)
