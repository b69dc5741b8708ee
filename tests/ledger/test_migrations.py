"""The revisions build exactly the tables that the code uses."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, bindparam, insert, inspect, select

from rules.outcome import Standing
from state.ledger import Ledger
from state.migrations import VERSIONS, revisions
from state.tables import METADATA

ROOT = Path(__file__).parents[2]
MIGRATE = "import sys; from state.ledger import Ledger; Ledger(sys.argv[1]).migrate()"


def test_the_revisions_make_the_tables_of_the_code(ledger):
    with ledger.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_indexes_hold_the_rows_that_the_code_says(ledger):
    with ledger.reading() as connection:
        there, kind = inspect(connection), connection.dialect.name
        found = {
            (table, index["name"]): _condition(index["dialect_options"][f"{kind}_where"])
            for table in METADATA.tables
            for index in there.get_indexes(table)
            if f"{kind}_where" in index.get("dialect_options", {})
        }
    assert found == {
        (table.name, index.name): _condition(index.info["where"])
        for table in METADATA.tables.values()
        for index in table.indexes
        if "where" in index.info
    }
    assert found


def _condition(where):
    return re.sub(r"\w+\.|[()]", "", str(where)).upper()


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


def test_yesterdays_ledger_says_the_same_after_its_migration(season, tmp_path):
    """Fill the tables of the first release with rows of every kind; bring a copy up to date."""
    season.submit()
    season.submit(standing=Standing.RETURNED, requirement="project", item="科普大集")
    held = season.arrive()
    season.claim()
    season.ledger.hold_mail(held, "w1", "own-fault", "", season.now)
    season.queue("waits", campaign="c")
    season.ledger.audit("anna", "did", "something", season.now)
    season.ledger.remember("installation", "secret")
    yesterday = Ledger(f"sqlite:///{tmp_path / 'yesterday.db'}")
    _fill_first_release(season.ledger, yesterday)
    yesterday.copy_to(tmp_path / "copy.db")
    copy = Ledger(f"sqlite:///{tmp_path / 'copy.db'}")
    copy.migrate()
    for ask in (
        lambda ledger: ledger.equation(),
        lambda ledger: ledger.standings("c"),
        lambda ledger: ledger.submissions("c", in_force=False),
        lambda ledger: ledger.mails(),
        lambda ledger: ledger.letters(),
        lambda ledger: ledger.audits(),
        lambda ledger: ledger.recall("installation"),
        lambda ledger: ledger.faults(),
    ):
        assert ask(copy) == ask(season.ledger)
    with copy.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    assert yesterday.revision() == "0001"
    yesterday.close()
    copy.close()


def _fill_first_release(source, target):
    """Make the tables as revision 0001 left them, and copy into them what they can hold."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "state" / "migrations"))
    with target.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        old = MetaData()
        old.reflect(connection)
        for table in METADATA.sorted_tables:
            if table.name in old.tables:
                kept = [column for column in table.c if column.name in old.tables[table.name].c]
                with source.reading() as reading:
                    rows = reading.execute(select(*kept)).mappings().all()
                if rows:
                    named = {column.name: bindparam(column.name) for column in kept}
                    connection.execute(insert(table).values(named), [dict(row) for row in rows])


def test_the_names_of_the_revisions_are_those_that_alembic_knows():
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    told = ScriptDirectory.from_config(config).walk_revisions()
    assert revisions() == tuple(one.revision for one in told)
