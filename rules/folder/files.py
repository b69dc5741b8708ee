"""Which files make a campaign's folder, and what they say as one digest."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SHIPPED = Path(__file__).parents[1] / "campaigns"
CAMPAIGN_FILE, ROSTER_FILE, FORMS = "campaign.yaml", "roster.xlsx", "forms"
UPWARD_FILE, OWN_FOLDER = "upward.yaml", "upward"


def campaign_folders(root: Path) -> tuple[Path, ...]:
    """Return the folders of `root` that hold a campaign.yaml, by name."""
    return tuple(sorted(path.parent for path in root.glob(f"*/{CAMPAIGN_FILE}")))


def files_of(folder: Path) -> list[Path]:
    """Return the files that make a campaign; not what editors leave beside them."""
    own = [folder / name for name in (CAMPAIGN_FILE, ROSTER_FILE, UPWARD_FILE)]
    for forms in (folder / FORMS, folder / OWN_FOLDER):
        own += forms.glob("*.yaml")
        own += [path for path in forms.glob("*.docx") if not path.name.startswith("~$")]
    return sorted(path for path in own if path.is_file())


def content_of(folder: Path) -> str:
    """Return the digest of what a folder says; OSError of a file that went away meanwhile."""
    return digest_of((path.name, path.read_bytes()) for path in files_of(folder))


def digest_of(files: Iterable[tuple[str, bytes]]) -> str:
    """Return one digest of files by name."""
    digest = hashlib.sha256()
    for name, data in files:
        digest.update(f"{name}\n".encode() + hashlib.sha256(data).digest())
    return digest.hexdigest()
