"""The column types: instants in UTC, text that every database takes, values kept as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    BigInteger,
    ColumnClause,
    DateTime,
    Dialect,
    Integer,
    Text,
    TypeDecorator,
    literal_column,
)

# SQLite numbers rows only in a column declared INTEGER.
BIG = BigInteger().with_variant(Integer(), "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC to the microsecond and returned aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn an aware instant to UTC; a naive one is our mistake and raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """SQLite gives back a naive UTC time, PostgreSQL one in the session's zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text from outside: NUL (refused by PostgreSQL) and lone surrogates become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Give text that encodes as UTF-8."""
        return None if value is None else storable(value)


class Json(TypeDecorator[Any]):
    """A value of `python_type` (dataclasses and tuples of them) as JSON text, by pydantic."""

    impl = Text
    cache_ok = True

    def __init__(self, python_type: Any) -> None:
        self.python_type_kept = python_type
        super().__init__()

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Value → JSON text."""
        if value is None or value == ():
            return None if value is None else "[]"
        return _adapter(self.python_type_kept).dump_json(value).decode()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        """JSON text → value."""
        return None if value is None else _adapter(self.python_type_kept).validate_json(value)


def word(ours: str) -> ColumnClause[str]:
    """Return a word of our own code as part of a statement, so that no run binds it again."""
    if not ours.replace("-", "").isalpha():
        raise ValueError("only plain words are written into statements")
    return literal_column(f"'{ours}'", Text)


def words(*ours: str) -> list[ColumnClause[str]]:
    """Return words of our own for `in_`."""
    return [word(one) for one in ours]


def storable(text: str) -> str:
    """Return text that SQLite and PostgreSQL both take."""
    if text.isascii():
        return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    clean = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return clean.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@cache
def _adapter(python_type: Any) -> TypeAdapter[Any]:
    return TypeAdapter(python_type)
