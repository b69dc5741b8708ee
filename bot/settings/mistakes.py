"""What is said of settings that cannot be used: where, what is wrong, what the key is for."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from bot.settings.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails


class SettingsError(Exception):
    """Settings that cannot be used; the text names file, key and remedy, one problem a line."""


def line_of(path: Path, problem: ErrorDetails) -> str:
    """One problem as: file: key: what is wrong (what the key is for)."""
    where = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in problem["loc"])
    said = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        said = _unknown(problem["loc"])
    about = _description(problem["loc"])
    return f"{path}: {where.lstrip('.') or 'settings'}: {said}" + (f" ({about})" if about else "")


def _unknown(where: tuple[int | str, ...]) -> str:
    keys = list(_part(where[:-1]).model_fields)
    near = difflib.get_close_matches(str(where[-1]), keys, n=1)
    return f"is not a setting; {f'did you mean {near[0]}?' if near else 'remove it'}"


def _part(where: tuple[int | str, ...]) -> type[BaseModel]:
    """Return the model that holds the keys at `where`."""
    model: type[BaseModel] = Settings
    for key in where:
        field = model.model_fields.get(str(key))
        model = _model_in(field.annotation) or model if field else model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(one) for one in getattr(annotation, "__args__", ()))
    return next((one for one in inner if one), None)


def _description(where: tuple[int | str, ...]) -> str:
    keys = [key for key in where if isinstance(key, str)]
    field = _part(tuple(keys[:-1])).model_fields.get(keys[-1]) if keys else None
    return (field.description or "").rstrip(".") if field else ""
