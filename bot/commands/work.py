"""`shoubiao run`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.offices import office_of
from bot.commands.trouble import Trouble

if TYPE_CHECKING:
    from pathlib import Path


def work(config: Path, *, once: bool, rehearse: bool) -> int:
    """Run the worker until a signal, or one round."""
    from bot.worker import Worker

    with office_of(config, rehearse=rehearse) as office:
        if not office.settings.accounts:
            raise Trouble(f"{config}: names no mailbox; add [[accounts]] with address and password")
        if not office.campaigns:
            raise Trouble(f"{config}: the campaigns folder holds no campaign; draft or copy one")
        worker = Worker(office)
        worker.heed_signals()
        try:
            worker.run_once() if once else worker.run()
        finally:
            worker.close()
    return 0
