"""What people wrote that lies beside the ledger: rehearsals, ledgers kept by upgrades, rosters."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.rehearsal.apart import FOLDER, SINCE
from bot.watch.presence import WORKERS, anyone_lives

IN_FORCE, KEPT = "in-force", (".zip", ".ids.json", ".outline.json", ".roster")


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Copies of the ledger from before upgrades, what a rehearsal keeps, versions in force."""

    ledgers: tuple[Path, ...]
    rehearsal: tuple[Path, ...]
    versions: tuple[Path, ...] = ()

    def forget(self) -> None:
        """Delete them; what is gone already is no trouble."""
        for path in (*self.ledgers, *self.rehearsal, *self.versions):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def leftovers(data: Path, gone: str = "") -> Leftovers:
    """Find them; of the campaign that is `gone` from its folder also its last version in force."""
    versions = (data / IN_FORCE / f"{gone}{suffix}" for suffix in KEPT) if gone else ()
    return Leftovers(
        ledgers=tuple(sorted(data.glob("ledger-*-before-*"))),
        rehearsal=rehearsed(data),
        versions=tuple(path for path in versions if path.exists()),
    )


def rehearsed(data: Path) -> tuple[Path, ...]:
    """Return what a rehearsal left but the note of its days, which names nobody."""
    folder = data / FOLDER
    return tuple(sorted(path for path in folder.glob("*") if path.name != SINCE))


def is_rehearsing(data: Path) -> bool:
    """Say whether a rehearsal goes on."""
    return anyone_lives(data / FOLDER / WORKERS)
