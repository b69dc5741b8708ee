"""A ledger on PostgreSQL is dumped by pg_dump, and loaded into an empty database."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from bot.keeping.copying import BackupTrouble, copy_ledger
from state.ledger import Ledger
from tests.ledger.conftest import Season
from tests.servers.postgres import create, drop, program


@pytest.fixture
def season(postgres):
    ledger = Ledger(create(postgres, f"d{os.getpid()}"))
    ledger.migrate()
    yield Season(ledger)
    ledger.close()
    drop(postgres, f"d{os.getpid()}")


def test_a_dump_loads_into_an_empty_database_and_says_the_same(
    season, postgres, tmp_path, monkeypatch
):
    season.submit()
    season.queue()
    folder = Path(program("pg_dump")).parent
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    assert copy_ledger(season.ledger, tmp_path) == "postgresql"
    restored = create(postgres, f"r{os.getpid()}")
    url = season.ledger.engine.url
    command = ["pg_restore", "-h", url.host, "-p", str(url.port), "-U", url.username]
    command += ["-d", f"r{os.getpid()}", str(tmp_path / "ledger.dump")]
    subprocess.run(command, check=True)
    again = Ledger(restored)
    assert again.mails() == season.ledger.mails()
    assert again.submissions("c") == season.ledger.submissions("c")
    assert again.letters() == season.ledger.letters()
    assert again.faults() == []
    again.close()
    drop(postgres, f"r{os.getpid()}")


def test_where_pg_dump_is_missing_the_command_to_run_is_told(season, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupTrouble, match="pg_dump -Fc -f"):
        copy_ledger(season.ledger, tmp_path)
