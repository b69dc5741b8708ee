"""How the tables came to be, revision by revision; run by the ledger itself.

Alembic is loaded only where there is something to do: it takes longer than most commands.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect
from sqlalchemy import text as sql

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
    """Return the revisions this program knows, the newest first, as their files chain them."""
    texts = (path.read_text(encoding="utf-8") for path in VERSIONS.glob("v*.py"))
    after = {before: revision for revision, before in map(_links, texts)}
    chain: list[str] = []
    while (following := after.get(chain[0] if chain else None)) is not None:
        chain.insert(0, following)
    return tuple(chain)


def _links(text: str) -> tuple[str, str | None]:
    """Return a file's revision and the one it follows."""
    named = dict(re.findall(r'(?m)^(revision|down_revision)\b[^=]*= "(\w+)"', text))
    return named["revision"], named.get("down_revision")


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a database's tables; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sql("SELECT version_num FROM alembic_version"))
    return found


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
