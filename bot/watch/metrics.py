"""What a Prometheus may ask of a running worker: counts from the ledger, where it is allowed."""

from __future__ import annotations

import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from bot.log import get_log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.office import Office

log = get_log("metrics")
TEXT = "text/plain; version=0.0.4; charset=utf-8"
Sample = tuple[dict[str, str], float]
Family = tuple[str, str, str, list[Sample]]  # name, type, help, samples


def families(office: Office, restarts: int = 0) -> Iterator[Family]:
    """Yield every metric; nothing here names a person."""
    ledger, now = office.ledger, office.clock.now()
    boxes = [account.address for account in office.settings.accounts]
    equations = {box: ledger.equation(box) for box in boxes}
    ends = ("accepted", "returned", "ignored", "held", "pending")
    yield "mails", "gauge", "Mails of a mailbox by how they ended.", [
        ({"mailbox": box, "outcome": end}, getattr(e, end))
        for box, e in equations.items()
        for end in ends
    ]  # fmt: skip
    yield "mails_unaccounted", "gauge", "Mails a server shows that have no row.", [
        ({"mailbox": box}, e.unaccounted) for box, e in equations.items()
    ]  # fmt: skip
    polls = ((box, ledger.last_poll(box)) for box in boxes)
    yield "last_poll_timestamp_seconds", "gauge", "When a mailbox was last looked into.", [
        ({"mailbox": box}, at.timestamp()) for box, at in polls if at is not None
    ]  # fmt: skip
    yield "letters", "gauge", "Letters by kind and state.", [
        ({"kind": kind, "state": state}, count)
        for (kind, state), count in sorted(ledger.letter_counts().items())
    ]  # fmt: skip
    yield "attempts_total", "counter", "Tries to send a letter, by what came of them.", [
        ({"outcome": outcome}, count)
        for outcome, count in sorted(ledger.attempt_counts().items())
    ]  # fmt: skip
    oldest = ledger.oldest_pending()
    waited = (now - oldest).total_seconds() if oldest else 0.0
    yield (
        "oldest_pending_seconds",
        "gauge",
        "Age of the oldest mail not yet judged.",
        [({}, waited)],
    )
    alerts = ledger.open_alerts()
    yield "alerts_open", "gauge", "Troubles the operator was told of that are not over.", [
        ({"kind": kind}, sum(one.kind == kind for one in alerts))
        for kind in sorted({one.kind for one in alerts})
    ]  # fmt: skip
    silent = sorted(office.pulse.ages().items())
    yield "job_silent_seconds", "gauge", "Seconds since a job at work last got on.", [
        ({"job": name}, age) for name, age in silent
    ]  # fmt: skip
    yield (
        "restarts_total",
        "counter",
        "Times the watchdog began the worker again.",
        [({}, restarts)],
    )
    free = float(shutil.disk_usage(office.settings.data).free)
    yield "disk_free_bytes", "gauge", "Free space where ledger and archive are.", [({}, free)]


def exposition(office: Office, restarts: int = 0) -> str:
    """Return the metrics in Prometheus' text format."""
    lines = []
    for name, kind, about, samples in families(office, restarts):
        full = f"shoubiao_{name}"
        lines += [f"# HELP {full} {about}", f"# TYPE {full} {kind}"]
        lines += [f"{full}{_labels(labels)} {_number(value)}" for labels, value in samples]
    return "\n".join(lines) + "\n"


class MetricsServer:
    """Answers GET /metrics until `close`."""

    def __init__(self, office: Office, host: str, port: int, restarts: int = 0) -> None:
        handler = type("Handler", (_Handler,), {"office": office, "restarts": restarts})
        self._server = ThreadingHTTPServer((host, port), handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    office: Office
    restarts = 0
    timeout = 10  # seconds for a client to say what it wants
    server_version = "shoubiao"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer one path; whatever fails is told by the status, not by its words."""
        if self.path != "/metrics":
            self.send_error(404)
            return
        try:
            body = exposition(self.office, self.restarts).encode()
        except OSError as fault:  # a locked ledger must not end the server
            log.warning("not-measured", cause=type(fault).__name__)
            self.send_error(503)
            return
        self.send_response(200)
        self.send_header("Content-Type", TEXT)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep what strangers ask out of the log."""


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.3f}"


def _labels(labels: dict[str, str]) -> str:
    said = ",".join(f'{name}="{_quoted(value)}"' for name, value in labels.items())
    return f"{{{said}}}" if said else ""


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
