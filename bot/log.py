"""How the bot speaks to its operator: lines on stderr without personal data or controls.

What makes the lines is loaded with the first one: most commands have none to write.
"""

from __future__ import annotations

import hashlib
import logging
import re
import sys
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from structlog.stdlib import BoundLogger

MOST = 2000  # characters of one value
_PLAIN = re.compile(r"[A-Za-z0-9_ :;,./+-]*")  # no control, no address
_LONG = re.compile(r"\d{11}")  # what a number of a person has at the least
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
_ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBERS = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")  # mobile phone, identity card


class _Lines(logging.Handler):
    """Writes to what is stderr at the moment; a class of ours, to be found and replaced."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self._style = style

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a log that cannot be written stops nothing."""
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            self.handleError(record)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        if self.formatter is None:
            from bot.log_lines import Formatter  # noqa: PLC0415 - see above

            self.formatter = Formatter(self._style)
        return self.formatter.format(record)


class _Room:
    """The logger of one room, there once it is asked to write."""

    def __init__(self, room: str) -> None:
        self._name = f"shoubiao.{room}"

    def __getattr__(self, method: str) -> Any:
        """Find how it speaks, once: from then on it is an attribute like any other."""
        from bot.log_lines import logger  # noqa: PLC0415 - see above

        found = getattr(logger(self._name), method)
        setattr(self, method, found)
        return found


def configure_log(style: str = "auto") -> None:
    """Send everything, other libraries' warnings included, to stderr as `style` says.

    `style` is "console", "json" or "auto" (JSON unless stderr is a terminal).
    """
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # not told
    logging._srcfile = None  # noqa: SLF001 - nor where: Logging HOWTO, Optimization
    root = logging.getLogger()
    for earlier in [one for one in root.handlers if isinstance(one, _Lines)]:
        root.removeHandler(earlier)
    root.addHandler(_Lines(style))
    logging.getLogger("shoubiao").setLevel(logging.INFO)


def get_log(room: str) -> BoundLogger:
    """Return the logger of one room of the bot, such as "imap"."""
    return cast("BoundLogger", _Room(room))


def address_hash(address: str) -> str:
    """Return twelve hex digits that stand for a mail address in the log."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()[:12]


def clean_text(text: str) -> str:
    """Return `text` on one line, short, its addresses hashed and its numbers of people hidden."""
    if len(text) <= MOST and _PLAIN.fullmatch(text) and not _LONG.search(text):
        return text
    shown = _CONTROLS.sub(" ", text)[:MOST]
    shown = _ADDRESS.sub(lambda found: f"<{address_hash(found[0])}>", shown)
    return _NUMBERS.sub("<number>", shown)
