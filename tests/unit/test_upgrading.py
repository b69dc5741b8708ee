"""A newer program keeps a copy of an older ledger; an older one touches no newer ledger."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from bot.commands.trouble import known_trouble
from bot.keeping.upgrading import NewerLedgerError, bring_up_to_date
from state.ledger import Ledger
from state.migrations import revisions

SCRIPTS = Path(__file__).parents[2] / "state" / "migrations"
OLD = revisions()[1]


def ledger_of(path):
    return closing(Ledger(f"sqlite:///{path}"))


@pytest.fixture
def data(tmp_path):
    """Return a data folder whose ledger is of the revision before the last."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with ledger_of(tmp_path / "ledger.db") as ledger, ledger.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, OLD)
    with ledger_of(tmp_path / "ledger.db") as ledger:
        ledger.remember("kept", "yes")
    return tmp_path


def test_an_older_ledger_is_copied_before_it_is_brought_up_to_date(data):
    with ledger_of(data / "ledger.db") as ledger:
        kept = bring_up_to_date(ledger, data)
        assert ledger.revision() == revisions()[0]
        assert ledger.recall("kept") == "yes"
        assert bring_up_to_date(ledger, data) is None
    with ledger_of(kept) as before:
        assert (before.revision(), before.recall("kept")) == (OLD, "yes")


def test_the_copy_in_its_place_is_the_way_back_and_forth(data):
    with ledger_of(data / "ledger.db") as ledger:
        kept = bring_up_to_date(ledger, data)
        ledger.remember("kept", "no")
    for left in data.glob("ledger.db*"):
        left.unlink()
    shutil.copy(kept, data / "ledger.db")
    with ledger_of(data / "ledger.db") as ledger:
        assert ledger.revision() == OLD
        bring_up_to_date(ledger, data)
        assert ledger.recall("kept") == "yes"


def test_a_new_ledger_leaves_no_copy(tmp_path):
    with ledger_of(tmp_path / "ledger.db") as ledger:
        assert bring_up_to_date(ledger, tmp_path) is None
    assert list(tmp_path.glob("ledger-*")) == []


def test_a_ledger_of_a_newer_program_is_refused_with_a_sentence_and_left_alone(data):
    with closing(sqlite3.connect(data / "ledger.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with ledger_of(data / "ledger.db") as ledger:
        with pytest.raises(NewerLedgerError) as refused:
            bring_up_to_date(ledger, data)
        assert ledger.revision() == "9999"
    said = known_trouble(refused.value)
    assert said is not None
    assert "newer version" in said
    assert "install that version again" in said
