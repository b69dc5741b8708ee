"""Statements asked for every mail: compiled once, and run by the driver itself.

SQLAlchemy's own way to run a small statement costs some ten times as much. What goes in and what
comes out is treated by the columns' types all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sqlalchemy import ClauseElement, Connection, Dialect
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.types import TypeEngine

Values = Mapping[str, Any]
Row = tuple[Any, ...]
Treat = Callable[[Any], Any]


class Prepared:
    """A statement; `columns` are those an insert or update gets values for at each run."""

    def __init__(self, statement: ClauseElement, *columns: str) -> None:
        self._statement, self._columns = statement, columns
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, values: Values) -> list[Row]:
        """Run the statement and return all it returns."""
        compiled = self._of(connection.dialect)
        cursor = compiled.run(connection, values)
        rows: list[Row] = cursor.fetchall()
        cursor.close()
        return [compiled.treated(row) for row in rows]

    def first(self, connection: Connection, values: Values) -> Row | None:
        """Run a statement that returns a row or none."""
        return next(iter(self.rows(connection, values)), None)

    def change(self, connection: Connection, values: Values) -> int:
        """Run a statement that returns nothing; return how many rows it changed."""
        cursor = self._of(connection.dialect).run(connection, values)
        changed: int = cursor.rowcount
        cursor.close()
        return changed

    def _of(self, dialect: Dialect) -> _Compiled:
        """Two threads may compile at once: to the same."""
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = _Compiled(self._statement, self._columns, dialect)
            self._compiled[dialect.name] = compiled
        return compiled


class _Compiled:
    """A statement's text for one kind of database, and how values go in and come out."""

    def __init__(
        self, statement: ClauseElement, columns: tuple[str, ...], dialect: Dialect
    ) -> None:
        made = cast("SQLCompiler", statement.compile(dialect=dialect, column_keys=columns or None))
        self._text = str(made)
        if "POSTCOMPILE" in self._text:
            raise TypeError("a prepared statement holds no list of values")
        binds = {name: bind for bind, name in made.bind_names.items()}
        into = {name: _into(bind.type, dialect) for name, bind in binds.items()}
        fixed = {name: bind.value for name, bind in binds.items() if not bind.required}
        fixed |= {column.key: _default(column) for column in made.insert_prefetch}
        self._fixed = {name: _treated(into.pop(name), value) for name, value in fixed.items()}
        self._into, self._places = into, made.positiontup
        returned = getattr(statement, "exported_columns", ())
        treats = (_out(column.type, dialect) for column in returned)
        self._out = [(place, treat) for place, treat in enumerate(treats) if treat is not None]

    def run(self, connection: Connection, values: Values) -> Any:
        """Run the statement in whatever transaction there is; return the driver's cursor."""
        given = {
            name: values[name] if treat is None else treat(values[name])
            for name, treat in self._into.items()
        }
        given |= self._fixed
        driver: Any = connection.connection.dbapi_connection
        if self._places is None:
            return driver.execute(self._text, given)
        return driver.execute(self._text, [given[name] for name in self._places])

    def treated(self, row: Row) -> Row:
        """Return a row as the columns' types have it."""
        made = list(row)
        for place, treat in self._out:
            made[place] = treat(made[place])
        return tuple(made)


def _treated(treat: Treat | None, value: Any) -> Any:
    return value if treat is None else treat(value)


def _into(kind: TypeEngine[Any], dialect: Dialect) -> Treat | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _out(kind: TypeEngine[Any], dialect: Dialect) -> Treat | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _default(column: Any) -> Any:
    return column.default.arg
