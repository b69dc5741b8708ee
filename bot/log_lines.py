"""What a line of the log is made of, by structlog, and how its values are cleaned."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import structlog

from bot.log import MOST, clean_text

if TYPE_CHECKING:
    from structlog.stdlib import BoundLogger, ProcessorFormatter
    from structlog.typing import EventDict, Processor, WrappedLogger


def formatter(style: str) -> ProcessorFormatter:
    """Return what makes lines of one style, of other libraries' records too."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_BEFORE,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *_rendering(style),
        ],
    )


def logger(name: str) -> BoundLogger:
    """Return what binds an event and hands it to the logger of this name."""
    if not structlog.is_configured():
        structlog.configure(
            processors=[*_BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
            logger_factory=structlog.stdlib.LoggerFactory(),
            wrapper_class=structlog.stdlib.BoundLogger,
            cache_logger_on_first_use=False,
        )
    return _logger(name)


@cache
def _logger(name: str) -> BoundLogger:
    found: BoundLogger = structlog.stdlib.get_logger(name)
    return found


def _clean(_log: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Leave no controls, addresses or content in any value."""
    trace = str(event.pop("exception", "") or "")[-4 * MOST :]
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
