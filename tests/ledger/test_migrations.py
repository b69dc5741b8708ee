"""The revisions build exactly the tables that the code uses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from state.ledger import Ledger
from state.tables import METADATA

ROOT = Path(__file__).parents[2]
MIGRATE = "import sys; from state.ledger import Ledger; Ledger(sys.argv[1]).migrate()"


def test_the_revisions_make_the_tables_of_the_code(ledger):
    with ledger.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_migrating_again_changes_nothing(ledger):
    ledger.remember("kept", "yes")
    ledger.migrate()
    assert ledger.recall("kept") == "yes"


def test_processes_that_start_together_migrate_once(database_url):
    command = [sys.executable, "-c", MIGRATE, database_url]
    started = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [process.wait() for process in started] == [0, 0, 0]
    ledger = Ledger(database_url)
    assert ledger.equation().arrivals == 0
    ledger.close()


def test_a_path_with_a_percent_sign_is_no_obstacle(tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path / '100%.db'}")
    ledger.migrate()
    ledger.close()
