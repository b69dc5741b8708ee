"""What a line of the log is made of, by structlog, and how its values are cleaned."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter

from bot.log import MOST, clean_text

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger


class Formatter(ProcessorFormatter):
    """Makes lines of events; those of our own go without the way round others' records take."""

    def __init__(self, style: str) -> None:
        self._steps = _rendering(style)
        meta = ProcessorFormatter.remove_processors_meta
        super().__init__(processors=[meta, *self._steps], foreign_pre_chain=_BEFORE)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        if not isinstance(record.msg, dict):
            return super().format(record)
        said: Any = record.msg.copy()
        for step in self._steps:
            said = step(None, record.levelname, said)
        return str(said)


def logger(name: str) -> BoundLogger:
    """Return what binds an event and hands it to the logger of this name."""
    handed_on = [*_BEFORE, ProcessorFormatter.wrap_for_formatter]
    return BoundLogger(logging.getLogger(name), handed_on, {})


def _clean(_log: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Leave no controls, addresses or content in any value."""
    trace = str(event.pop("exception", "") or "")[-4 * MOST :]
    cleaned = {key: _clean_value(value) for key, value in event.items()}
    if trace:  # indented, so that no line of it can pass for a line of the log
        cleaned["exception"] = "\n".join("    " + clean_text(line) for line in trace.splitlines())
    return cleaned


def _clean_value(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
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
