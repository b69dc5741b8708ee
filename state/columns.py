"""The column types: instants in UTC, text that every database takes, values kept as JSON."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from sqlalchemy import (
    BigInteger,
    ColumnClause,
    DateTime,
    Dialect,
    Integer,
    Select,
    Text,
    TypeDecorator,
    literal_column,
    select,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Table

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

    def bind_processor(self, _dialect: Dialect) -> Callable[[str | None], str | None]:
        """Give what is called for each value, of which a mail has dozens: no detour by a method."""
        return _storable

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Give text that encodes as UTF-8."""
        return _storable(value)


class Json(TypeDecorator[Any]):
    """A value (dataclasses and tuples of them) as JSON text, by pydantic.

    `its_type` returns the type: it is asked only when a value goes in or comes out.
    """

    impl = Text
    cache_ok = True

    def __init__(self, its_type: Callable[[], Any]) -> None:
        self.type_of_values = its_type
        super().__init__()

    def bind_processor(self, _dialect: Dialect) -> Callable[[Any], str | None]:
        """Give what turns a value into JSON text: as above."""
        dump = _adapter(self.type_of_values()).serializer.to_json
        return lambda value: _json(value, dump)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Value → JSON text."""
        return self.bind_processor(dialect)(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        """JSON text → value."""
        return None if value is None else _adapter(self.type_of_values()).validate_json(value)


def select_row(row: type[Any], table: Table) -> Select[Any]:
    """Ask for what a kind of row is made of: the columns that bear the names of its fields."""
    return select(*(table.c[field.name] for field in fields(row)))


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


def _storable(text: str | None) -> str | None:
    if text is None or (text.isascii() and "\0" not in text):
        return text
    return storable(text)


def _json(value: Any, dump: Callable[[Any], bytes]) -> str | None:
    """Most values of a mail are empty."""
    if value is None:
        return None
    return "[]" if value == () else dump(value).decode()


@cache
def _adapter(python_type: Any) -> TypeAdapter[Any]:
    return TypeAdapter(python_type)
