"""Threads that wait for SQLite's turn write in one transaction, and each part stands for itself."""

from __future__ import annotations

import sqlite3
import threading
import time

import pytest
from sqlalchemy import text

from state.engine import LedgerUnavailableError
from state.ledger import Ledger

PUT = text("INSERT INTO facts (key, value) VALUES (:key, '')")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(file):
    ledger = Ledger(f"sqlite:///{file}")
    ledger.migrate()
    yield ledger
    ledger.close()


@pytest.fixture
def commits(ledger):
    """Note what SQLite runs from now on."""
    ended = []
    with ledger.writing() as connection:
        driver = connection.connection.dbapi_connection
        driver.set_trace_callback(ended.append)
    ended.clear()
    return ended


class Writer(threading.Thread):
    """Writes one key, and may fail after it; `raised` is what it was told."""

    def __init__(self, ledger, key, fault=None):
        super().__init__()
        self.ledger, self.key, self.fault, self.raised = ledger, key, fault, None
        self.start()

    def run(self):
        try:
            with self.ledger.writing() as connection:
                connection.execute(PUT, {"key": self.key})
                _fail(self.fault)
        except Exception as raised:  # noqa: BLE001 - looked at by the test
            self.raised = raised


def _fail(fault):
    if fault is not None:
        raise fault


def joined(ledger, *writers, fault=None):
    """Let writers wait while somebody writes, who then ends well or badly; return them."""
    started = []
    try:
        with ledger.writing() as connection:
            connection.execute(PUT, {"key": "first"})
            for number, writer in enumerate(writers, 1):
                started.append(writer())
                while len(ledger._turns._waiting) < number:
                    time.sleep(0.001)
            _fail(fault)
    except type(fault or ValueError()):
        pass
    for one in started:
        one.join()
    return started


def known(file):
    with sqlite3.connect(file) as connection:
        found = {key for (key,) in connection.execute("SELECT key FROM facts")}
    connection.close()
    return found


def test_who_has_waited_shares_one_commit(ledger, file, commits):
    joined(ledger, *(lambda k=key: Writer(ledger, k) for key in "abc"))
    assert known(file) == {"first", "a", "b", "c"}
    assert commits.count("COMMIT") == 1


def test_a_part_that_fails_takes_no_other_with_it(ledger, file):
    bad = ValueError("ours")
    _, second, _ = joined(
        ledger,
        lambda: Writer(ledger, "a"),
        lambda: Writer(ledger, "b", bad),
        lambda: Writer(ledger, "c"),
    )
    assert second.raised is bad
    assert known(file) == {"first", "a", "c"}


def test_when_the_first_part_fails_the_others_begin_anew(ledger, file):
    writers = joined(ledger, lambda: Writer(ledger, "a"), fault=ValueError("ours"))
    assert writers[0].raised is None
    assert known(file) == {"a"}


def test_a_fault_of_the_database_within_a_part_is_that_parts_alone(ledger, file):
    first, again = joined(
        ledger, lambda: Writer(ledger, "a"), lambda: Writer(ledger, "first")
    )  # a key that stands
    assert (first.raised, again.raised is None) == (None, False)
    assert known(file) == {"first", "a"}


def test_a_commit_that_fails_is_told_to_every_thread_with_a_part_in_it(ledger, file, monkeypatch):
    told = []

    def broken(_self):
        raise sqlite3.OperationalError("disk I/O error")

    def write():
        writer = Writer(ledger, "a")
        monkeypatch.setattr(type(ledger._turns._open._transaction), "commit", broken)
        told.append(writer)
        return writer

    with pytest.raises(LedgerUnavailableError, match="disk I/O"):
        joined(ledger, write)
    told[0].join()
    assert isinstance(told[0].raised, LedgerUnavailableError)
    monkeypatch.undo()
    assert known(file) == set()
    ledger.remember("later", "")
    assert known(file) == {"later"}


def test_nobody_returns_before_what_it_wrote_is_there_for_others(ledger, file):
    faults = []

    def write(name):
        for number in range(30):
            ledger.remember(f"{name}{number}", "")
            if f"{name}{number}" not in known(file):
                faults.append((name, number))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(known(file)) == 120
