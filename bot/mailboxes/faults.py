"""What goes wrong with an IMAP server: the line broke, it refused, or its answer is none."""

from __future__ import annotations

import ast
import contextlib
import re
from typing import TYPE_CHECKING

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from bot.mailboxes.base import BadAnswer, LoginRefused, WorldFault

if TYPE_CHECKING:
    from collections.abc import Iterator

UNREADABLE = (IMAPClientError, ValueError, TypeError, LookupError, AttributeError, RecursionError)


@contextlib.contextmanager
def faults(doing: str) -> Iterator[None]:
    """Tell a broken connection from a refused or unreadable answer. Abort stands before error."""
    try:
        yield
    except (IMAPClientAbortError, OSError) as fault:
        raise WorldFault(f"{doing}: {fault!r}") from fault
    except UNREADABLE as fault:
        broken = "got more than" in str(fault) or _aborted(fault)
        raise (WorldFault if broken else BadAnswer)(f"{doing}: {_words(fault)}") from fault


def _words(fault: BaseException) -> str:
    """Return what a server said as it said it; imapclient tells it as the repr of bytes."""
    text = str(fault)
    try:
        said = ast.literal_eval(text) if text[:2] in {"b'", 'b"'} else fault
    except (SyntaxError, ValueError):
        said = fault
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else repr(fault)


def _aborted(fault: BaseException) -> bool:
    """Tell the LoginError that imapclient makes even of a connection that ended."""
    return isinstance(fault, LoginError) and isinstance(fault.__context__, IMAPClientAbortError)


def login_fault(text: str) -> Exception:
    """QQ says "System busy!" for a while; any other NO is a refusal (facts: mail §2.1)."""
    said = text.lower()
    if "system busy" in said and "password" not in said:
        return WorldFault(text)
    return LoginRefused(text, certain=not re.search("frequen|busy|abnormal", said))
