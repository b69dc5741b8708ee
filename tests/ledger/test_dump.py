"""A ledger on PostgreSQL is dumped by pg_dump, and loaded into an empty database."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from bot.backups import BackupTrouble, _copy_ledger
from state.ledger import Ledger
from tests.ledger.conftest import Season, _program, _run_outside


@pytest.fixture
def season(postgres):
    _run_outside(f"{postgres}/postgres", f"CREATE DATABASE d{os.getpid()}")
    ledger = Ledger(f"{postgres}/d{os.getpid()}")
    ledger.migrate()
    yield Season(ledger)
    ledger.close()
    _run_outside(f"{postgres}/postgres", f"DROP DATABASE d{os.getpid()}")


def test_a_dump_loads_into_an_empty_database_and_says_the_same(
    season, postgres, tmp_path, monkeypatch
):
    season.submit()
    season.queue()
    folder = Path(_program("pg_dump")).parent
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    assert _copy_ledger(season.ledger, tmp_path) == "postgresql"
    _run_outside(f"{postgres}/postgres", f"CREATE DATABASE r{os.getpid()}")
    url = season.ledger.engine.url
    command = ["pg_restore", "-h", url.host, "-p", str(url.port), "-U", url.username]
    command += ["-d", f"r{os.getpid()}", str(tmp_path / "ledger.dump")]
    subprocess.run(command, check=True)
    again = Ledger(f"{postgres}/r{os.getpid()}")
    assert again.mails() == season.ledger.mails()
    assert again.submissions("c") == season.ledger.submissions("c")
    assert again.letters() == season.ledger.letters()
    assert again.faults() == []
    again.close()
    _run_outside(f"{postgres}/postgres", f"DROP DATABASE r{os.getpid()}")


def test_where_pg_dump_is_missing_the_command_to_run_is_told(season, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupTrouble, match="pg_dump -Fc -f"):
        _copy_ledger(season.ledger, tmp_path)
