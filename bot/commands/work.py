"""`shoubiao run`."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from bot.commands.offices import office_of
from bot.settings import SettingsError
from bot.settings.mistakes import Mistake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.office import Office
    from bot.worker import Worker


OFTEN = (700, 10, 10)  # Python's own, for a process that goes on


def work(config: Path, *, once: bool, rehearse: bool) -> int:
    """Run the worker until a signal, or one round."""
    with office_of(config, rehearse=rehearse, reads_soon=True) as office:
        from bot.commands.screen import screen
        from bot.commands.trouble import said
        from bot.rehearsal.apart import page_of
        from bot.rehearsal.pages import show
        from bot.watch.watchdog import Watchdog, begin_again, give_up
        from bot.worker import Worker

        if not office.settings.accounts:
            raise SettingsError(Mistake("no-accounts", file=str(config)))
        if not office.campaigns:
            raise SettingsError(Mistake("no-campaigns", file=str(config)))
        worker = Worker(office)
        gc.freeze()  # campaigns and code stay: they need not be gone through with every mail
        gc.set_threshold(*OFTEN)
        worker.heed_signals()
        seconds = office.settings.watch.stuck_seconds
        anew = partial(unless_leaving, worker, begin_again)
        beats, again = (None, give_up) if once else (worker.heartbeat, anew)
        watchdog = Watchdog(office.pulse, office.clock, beats, seconds, again)
        with _measured(office, watchdog.restarts):
            watchdog.start()
            try:
                worker.run_once() if once else worker.run()
            finally:
                watchdog.stop()
                worker.close()
                show(office)
        if once:
            _tell_shut(office)
        if office.settings.rehearse:
            screen().print(said("rehearsed", page=page_of(office.settings)), markup=False)
    return 0


def _tell_shut(office: Office) -> None:
    """Say at a terminal which mailboxes a round could not look into, or send from."""
    from bot.commands.screen import aside
    from bot.outbox.doors import door_of
    from templates.checkup import language_of

    now, language = office.clock.now(), language_of(os.environ)
    for account in office.settings.accounts:
        doors = {"box-unread": account.address, "box-unsent": door_of(account)}
        for code, door in doors.items():
            until = office.breakers[door].until
            if until is not None and until > now and sys.stderr.isatty():
                aside().print(Mistake(code, file=account.address).told(language))


def unless_leaving(worker: Worker, again: Callable[[], None]) -> None:
    """Begin again, but for a worker that was told to stop: its successor would not know of it."""
    if not worker.is_stopping:
        again()


@contextmanager
def _measured(office: Office, restarts: int) -> Iterator[None]:
    """Let Prometheus ask while the worker runs, where the settings say so."""
    from bot.watch.metrics import MetricsServer

    host, _, port = office.settings.watch.metrics.rpartition(":")
    if not port:
        yield
        return
    try:
        server = MetricsServer(office, host.strip("[]"), int(port), restarts)
    except (OSError, OverflowError) as fault:
        facts = {"given": office.settings.watch.metrics, "why": fault}
        raise SettingsError(Mistake("metrics", facts, key=("watch", "metrics"))) from None
    try:
        yield
    finally:
        server.close()
