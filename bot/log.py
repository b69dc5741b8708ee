"""How the bot speaks to its operator: lines on stderr without personal data or controls."""

from __future__ import annotations

import hashlib
import logging
import re
import sys
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger

_MOST = 2000  # characters of one value
_PLAIN = re.compile(r"(?:[A-Za-z_ :;,/+-]+|\d{1,10}(?!\d)|\.)*")  # nothing in it to be hidden
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
_ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBERS = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")  # mobile phone, identity card


class _Lines(logging.Handler):
    """Writes to what is stderr at the moment; a class of ours, to be found and replaced."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a log that cannot be written stops nothing."""
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            self.handleError(record)


def configure_log(style: str = "auto") -> None:
    """Send everything, other libraries' warnings included, to stderr as `style` says.

    `style` is "console", "json" or "auto" (JSON unless stderr is a terminal).
    """
    handler = _Lines()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_BEFORE,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendering(style),
            ],
        ),
    )
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # not told
    root = logging.getLogger()
    for earlier in [one for one in root.handlers if isinstance(one, _Lines)]:
        root.removeHandler(earlier)
    root.addHandler(handler)
    logging.getLogger("shoubiao").setLevel(logging.INFO)
    structlog.configure(
        processors=[*_BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def get_log(room: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of one room of the bot, such as "imap"."""
    log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(f"shoubiao.{room}")
    return log


def address_hash(address: str) -> str:
    """Return twelve hex digits that stand for a mail address in the log."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()[:12]


def clean_text(text: str) -> str:
    """Return `text` on one line, short, its addresses hashed and its numbers of people hidden."""
    if len(text) <= _MOST and _PLAIN.fullmatch(text):
        return text
    shown = _CONTROLS.sub(" ", text)[:_MOST]
    shown = _ADDRESS.sub(lambda found: f"<{address_hash(found[0])}>", shown)
    return _NUMBERS.sub("<number>", shown)


def _clean(_log: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Leave no controls, addresses or content in any value."""
    trace = str(event.pop("exception", "") or "")[-4 * _MOST :]
    cleaned = {key: _clean_value(value) for key, value in event.items()}
    if trace:  # indented, so that no line of it can pass for a line of the log
        cleaned["exception"] = "\n".join("    " + clean_text(line) for line in trace.splitlines())
    return cleaned


def _clean_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return f"<{len(value)} bytes>"
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean_value(one) for one in value]
    if isinstance(value, dict):
        return {clean_text(str(key)): _clean_value(one) for key, one in value.items()}
    return clean_text(str(value))


def _rendering(style: str) -> list[Processor]:
    """Exceptions become text before the cleaning, so that they are cleaned too."""
    if style == "json" or (style == "auto" and not sys.stderr.isatty()):
        renderer: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    return [structlog.processors.format_exc_info, _clean, renderer]


_BEFORE: tuple[Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.ExtraAdder(),
)
