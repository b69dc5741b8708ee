"""What a campaign's or form's file may say, and what pydantic's complaints mean to an admin."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from rules.folder.yaml_lines import Lined
    from rules.folder.yaml_quick import Path_

Model = TypeVar("Model", bound=BaseModel)

_CODES = {
    "missing": "missing-key",
    "union_tag_not_found": "missing-key",
    "string_pattern_mismatch": "wrong-name",
    "literal_error": "wrong-choice",
    "enum": "wrong-choice",
    "union_tag_invalid": "wrong-choice",
    "extra_forbidden": "unknown-key",
}


def validate(model: type[Model], lined: Lined) -> Model | None:
    """Return the file as its model; None when it cannot be, its problems noted in `lined`."""
    if lined.problems:
        return None
    if not isinstance(lined.data, dict):
        lined.add("not-a-mapping")
        return None
    try:
        return model.model_validate(lined.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _note(lined, model, detail)
    return None


MOST_KNOWN = 12  # words of a remedy


class Suggestion(str):
    """A remedy in English that still knows its words: the `nearest`, else all of them."""

    __slots__ = ("known", "nearest")
    nearest: str | None
    known: tuple[str, ...]

    def __new__(cls, nearest: str | None, known: tuple[str, ...]) -> Self:
        """Say the nearest word, or what is known."""
        listed = f"known here: {', '.join(known[:MOST_KNOWN])}" if known else "delete it"
        made = super().__new__(cls, f"did you mean “{nearest}”?" if nearest else listed)
        made.nearest, made.known = nearest, known
        return made


def suggest(given: str, known: Iterable[str]) -> Suggestion:
    """Return the nearest known word as a remedy, else all of them."""
    words = tuple(str(word) for word in known)
    near = difflib.get_close_matches(given, words, n=1, cutoff=0.5)
    return Suggestion(near[0] if near else None, words)


def _note(lined: Lined, model: type[BaseModel], detail: ErrorDetails) -> None:
    path = _own_path(lined, detail["loc"])
    given = path[-1] if path else ""
    code = _CODES.get(detail["type"])
    if code == "missing-key":
        missing = "check" if detail["type"] == "union_tag_not_found" else detail["loc"][-1]
        lined.add(code, _without(path, missing), given=missing)
    elif code == "unknown-key":
        _note_unknown_key(lined, path, _keys(model, detail["loc"][:-1]))
    elif code == "wrong-choice":
        _note_choice(lined, path, detail)
    elif code == "wrong-name":
        lined.add(code, path, given=detail["input"])
    else:
        _note_value(lined, path, detail, given)


def _note_unknown_key(lined: Lined, path: Path_, known: tuple[str, ...]) -> None:
    given = str(path[-1])
    if "：" in given:
        lined.add("full-width-colon", path, given=given)
    else:
        lined.add("unknown-key", path, given=given, suggestion=suggest(given, known))


def _note_choice(lined: Lined, path: Path_, detail: ErrorDetails) -> None:
    context = detail.get("ctx", {})
    expected = str(context.get("expected_tags", context.get("expected", "")))
    known = [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
    given = str(context.get("tag", detail["input"]))
    at = (*path, "check") if detail["type"] == "union_tag_invalid" else path
    lined.add("wrong-choice", at, given=given, suggestion=suggest(given, known))


def _note_value(lined: Lined, path: Path_, detail: ErrorDetails, key: str | int) -> None:
    kind, shown = detail["type"], detail["input"]
    reason = detail["msg"].removeprefix("Value error, ")
    if kind.startswith("date") or "not a date" in reason:
        lined.add("wrong-date", path, given=shown)
    elif kind.startswith("time") or "not a time" in reason:
        lined.add("wrong-time", path, given=shown)
    else:
        shown = key if shown is None or isinstance(shown, dict | list) else shown
        lined.add("wrong-value", path, given=shown, reason=_plain(reason))


def _plain(reason: str) -> str:
    words = {
        "valid tuple": "list: [one, two]",
        "valid integer, unable to parse string as an integer": "whole number",
        "valid number, unable to parse string as a number": "number",
        "valid boolean, unable to interpret input": "true or false",
        "valid string": "text",
    }
    for theirs, ours in words.items():
        reason = reason.replace(f"Input should be a {theirs}", f"it should be a {ours}")
    return reason.replace("a true or false", "true or false")


def _own_path(lined: Lined, loc: tuple[int | str, ...]) -> Path_:
    """Drop what pydantic adds to a path: the tag of the union member it tried."""
    path: Path_ = ()
    for index, part in enumerate(loc):
        if (*path, part) in lined.lines or index == len(loc) - 1:
            path = (*path, part)
    return path


def _without(path: Path_, last: str | int) -> Path_:
    return path[:-1] if path and path[-1] == last else path


def _keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the keys known at a path of the model."""
    models = [model]
    for part in loc:
        if not isinstance(part, str):
            continue
        tagged = [m for m in models if part in _tags(m)]
        models = tagged or [m for owner in models for m in _models(_annotation(owner, part))]
    return tuple(f.alias or name for m in models for name, f in m.model_fields.items())


def _annotation(model: type[BaseModel], key: str) -> Any:
    for name, info in model.model_fields.items():
        if key in (name, info.alias):
            return info.annotation
    return None


def _tags(model: type[BaseModel]) -> tuple[Any, ...]:
    return get_args(model.model_fields["check"].annotation) if "check" in model.model_fields else ()


def _models(annotation: Any) -> list[type[BaseModel]]:
    """Return every model inside an annotation: X | None, tuple[X, ...], Annotated[X | Y, ...]."""
    if get_origin(annotation) is Annotated:
        return _models(get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]
