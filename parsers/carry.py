"""How what a child read travels to the worker: JSON that leaves out what is as by default."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter

from parsers.document import Document
from parsers.mail import File, Mail
from parsers.mark import Mark

_T = TypeVar("_T")

MAILS = TypeAdapter(Mail)


# what few mails need is worked out when the first does


@cache
def files() -> TypeAdapter[tuple[File, ...]]:
    """Return how the files of one file from disk travel."""
    return TypeAdapter(tuple[File, ...])


@cache
def documents() -> TypeAdapter[Document]:
    """Return how a document travels by itself."""
    return TypeAdapter(Document)


@cache
def marks() -> TypeAdapter[tuple[Mark, ...]]:
    """Return how marks travel to the child."""
    return TypeAdapter(tuple[Mark, ...])


def dump(adapter: TypeAdapter[_T], value: _T) -> bytes:
    """Return a value as JSON; most of a cell is as by default, which comes back unsent."""
    return adapter.dump_json(value, exclude_defaults=True)


def load(adapter: TypeAdapter[_T], content: bytes) -> _T:
    """Return the value that was dumped; pydantic's ValidationError when the JSON is none of it."""
    return adapter.validate_json(content)
