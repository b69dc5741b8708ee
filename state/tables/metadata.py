"""What all tables share: how their constraints are named.

Which rows a partial index holds stands in its `info` under "where": as `sqlite_where` and
`postgresql_where`, which only a migration needs, it would load what SQLAlchemy has of both.
"""

from __future__ import annotations

from sqlalchemy import MetaData

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = MetaData(naming_convention=NAMES)
