"""Ordinary YAML, read by libyaml: the same data and lines in a twentieth of the time.

What is not ordinary is left to the pure reader, which also words mistakes: whatever libyaml
refuses, and what the two may see differently (tabs, tags, anchors, directives, odd line ends).
"""

from __future__ import annotations

import re
from typing import Any

import yaml

Path_ = tuple[str | int, ...]

_ODD = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|[|>][-+\d]*#"
)
MOST_VALUES = 50_000  # aliases multiply what a small file holds
DEEPEST = 30
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class _UnusualError(Exception):
    """Something the pure reader is to judge."""


def read_quickly(text: str) -> tuple[Any, dict[Path_, int]] | None:
    """Return the data and the line of each path; None where the text is not ordinary."""
    text = text.replace("\r\n", "\n")
    loader = getattr(yaml, "CSafeLoader", None)  # a build without libyaml has none
    if loader is None or _ODD.search(text):
        return None
    events = loader(text)
    try:
        return _Document(events).read()
    except (_UnusualError, yaml.YAMLError):
        return None
    finally:
        events.dispose()


class _Document:
    """The events of one file, from first to last; values go no deeper than the reader allows."""

    def __init__(self, events: Any) -> None:
        self._next = events.get_event
        self._lines: dict[Path_, int] = {}

    def read(self) -> tuple[Any, dict[Path_, int]]:
        self._next()  # the stream's start
        start = self._next()
        if not isinstance(start, yaml.DocumentStartEvent) or start.explicit:
            raise _UnusualError
        top = self._next()
        if not isinstance(top, yaml.MappingStartEvent):
            raise _UnusualError
        data = self._value(top, (), 0)
        end = self._next()
        if end.explicit or not isinstance(self._next(), yaml.StreamEndEvent):
            raise _UnusualError
        return data, self._lines

    def _value(self, event: Any, path: Path_, depth: int) -> Any:
        if (
            depth > DEEPEST
            or len(self._lines) > MOST_VALUES
            or getattr(event, "anchor", None)
            or getattr(event, "tag", None)
        ):
            raise _UnusualError
        self._lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, yaml.ScalarEvent):
            return None if event.implicit[0] and event.value in _NULLS else event.value
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        return self._list(path, depth)

    def _mapping(self, path: Path_, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event)
            if key in out:
                raise _UnusualError
            self._lines[*path, key] = event.start_mark.line + 1
            out[key] = self._value(self._next(), (*path, key), depth + 1)
        return out

    def _list(self, path: Path_, depth: int) -> list[Any]:
        out: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            out.append(self._value(event, (*path, len(out)), depth + 1))
        return out

    @staticmethod
    def _key(event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag or not event.value:
            raise _UnusualError
        return str(event.value)
