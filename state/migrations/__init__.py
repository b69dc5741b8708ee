"""How the tables came to be, revision by revision; run by the ledger itself.

Alembic is loaded only where there is something to do: it takes longer than most commands.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

VERSIONS = Path(__file__).parent / "versions"


def bring_up_to_date(connection: Connection) -> None:
    """Run the revisions that this database has not seen, in the caller's transaction."""
    if revision_of(connection) == revisions()[0]:
        return
    from alembic import command  # noqa: PLC0415 - see above

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def revisions() -> tuple[str, ...]:
    """Return the revisions this program knows, the newest first: v0005_rosters.py is 0005."""
    names = sorted((path.name for path in VERSIONS.glob("v[0-9]*_*.py")), reverse=True)
    return tuple(name[1:].partition("_")[0] for name in names)


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a database's tables; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
