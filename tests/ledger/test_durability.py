"""What the ledger has said yes to is on disk, whoever is killed and however many press in."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from state.durable import put_in_place
from state.engine import LedgerUnavailableError
from state.ledger import Ledger

ROOT = Path(__file__).parents[2]

WORKER = """
import sys, time
from datetime import UTC, datetime, timedelta
from rules.decision import Decision, FileRef, Submission
from rules.outcome import Outcome, Standing
from state.ledger import Ledger
from state.rows.letters import NewLetter
from state.rows.mails import MailHeaders, NewArrival

url, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
ledger, now = Ledger(url), datetime(2023, 6, 1, tzinfo=UTC)
for n in range(count):
    key = f"{name}-{n}"
    new = NewArrival("a@example.cn", name, 1, n, now, "0" * 64, key, 9)
    ledger.record_arrivals((new,), now)
    print("arrival", key, flush=True)
    claimed = ledger.claim_mail(name, now, timedelta(minutes=5))
    if claimed is None:
        continue
    mail_id = claimed.mail_id
    one = Submission("c", "s", f"u{mail_id}", "", Standing.ACCEPTED, (FileRef("f", "0" * 64),))
    letter = NewLetter(
        kind="receipt", subject_key=str(mail_id), period="", account="a@example.cn",
        recipients=("b@example.cn",), message_id=f"<{mail_id}@example.cn>", subject="s",
        raw=b"x" * 5000, not_before=now, mail_id=mail_id,
    )
    decision = Decision(Outcome.ACCEPTED, "complete", campaign="c", submissions=(one,))
    if ledger.record_decision(mail_id, name, now, decision, MailHeaders(), [letter]):
        print("decision", mail_id, flush=True)
"""

OPEN_TRANSACTION = """
import sys, time
from sqlalchemy import insert
from state.ledger import Ledger
from state.tables import audits
from datetime import UTC, datetime

ledger = Ledger(sys.argv[1])
with ledger.writing() as connection:
    row = {"at": datetime(2023, 6, 1, tzinfo=UTC), "actor": "a", "action": "b", "detail": "x"}
    connection.execute(insert(audits), [row] * 5000)
    print("written", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "ledger.db"


@pytest.fixture
def sqlite_ledger(file):
    ledger = Ledger(f"sqlite:///{file}")
    ledger.migrate()
    yield ledger
    ledger.close()


def child(script, url, *args, prefix=()):
    command = [*prefix, sys.executable, "-c", script, url, *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def integrity(file):
    with sqlite3.connect(file) as connection:
        (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.close()
    return answer, broken


def test_the_pragmas_are_what_was_promised(sqlite_ledger):
    promised = {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": 30000,
    }
    for transaction in (sqlite_ledger.reading, sqlite_ledger.writing):
        with transaction() as connection:
            for name, value in promised.items():
                assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value


def test_a_write_has_the_lock_from_its_beginning(sqlite_ledger, file):
    other = sqlite3.connect(file, timeout=0, isolation_level=None)
    with sqlite_ledger.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    with sqlite_ledger.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM mails").scalar() == 0
    other.close()


def test_a_transaction_killed_in_the_middle_leaves_nothing(sqlite_ledger, file):
    with child(OPEN_TRANSACTION, f"sqlite:///{file}") as process:
        assert process.stdout.readline() == "written\n"
        process.kill()
    assert integrity(file) == ("ok", [])
    assert sqlite_ledger.audits() == []
    sqlite_ledger.remember("still", "writable")


@pytest.mark.parametrize("lines", [1, 8, 23, 40])
def test_what_a_killed_worker_had_recorded_is_there(sqlite_ledger, file, lines):
    with child(WORKER, f"sqlite:///{file}", "w", 1000) as process:
        said = [process.stdout.readline().split() for _ in range(lines)]
        process.kill()
        said += [line.split() for line in process.stdout.read().splitlines(keepends=True)]
    assert integrity(file) == ("ok", [])
    arrivals = sum(line[0] == "arrival" for line in said)
    decided = {int(line[1]) for line in said if line[0] == "decision"}
    assert sqlite_ledger.equation().arrivals >= arrivals
    written = sqlite_ledger.submissions("c", in_force=False)
    assert decided <= {row.mail_id for row in written}
    # a decision is whole: its letter is there exactly when its submission is
    assert {row.mail_id for row in sqlite_ledger.letters()} == {row.mail_id for row in written}


def test_several_processes_decide_every_mail_exactly_once(ledger, database_url):
    workers = [child(WORKER, database_url, f"w{n}", 25) for n in range(3)]
    said = [line.split() for process in workers for line in process.communicate()[0].splitlines()]
    assert [process.returncode for process in workers] == [0, 0, 0]
    decided = Counter(line[1] for line in said if line[0] == "decision")
    assert set(decided.values()) == {1}
    equation = ledger.equation()
    assert (equation.arrivals, equation.accepted) == (75, len(decided))
    assert len(ledger.letters()) == len(decided)


def test_threads_pressing_in_send_every_letter_exactly_once(season):
    for number in range(40):
        season.queue(str(number))
    sent, faults = [], []

    def post(name):
        try:
            while letter := season.post(name):
                season.ledger.record_attempt(letter.id, name, season.now, "sent", 250)
                sent.append(letter.id)
        except Exception as fault:  # noqa: BLE001 - told to the test below
            faults.append(fault)

    threads = [threading.Thread(target=post, args=(f"p{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(sent) == len(set(sent)) == 40


def test_threads_submitting_for_one_unit_get_versions_without_gaps(season):
    for _ in range(24):
        season.arrive()
    faults = []

    def decide(name):
        try:
            while claimed := season.claim(name):
                season.decide(claimed.mail_id, name, season.submission())
        except Exception as fault:  # noqa: BLE001 - told to the test below
            faults.append(fault)

    threads = [threading.Thread(target=decide, args=(f"w{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    versions = [row.version for row in season.ledger.submissions("c", in_force=False)]
    assert sorted(versions) == list(range(1, 25))


def test_a_full_disk_is_told_as_such_and_loses_nothing(sqlite_ledger, file):
    sqlite_ledger.remember("before", "kept")
    sqlite_ledger.close()  # so that there is one connection, which has the limit
    with sqlite_ledger.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(LedgerUnavailableError, match="full"):
        sqlite_ledger.remember("big", "x" * 100_000)
    sqlite_ledger.close()
    assert sqlite_ledger.recall("before") == "kept"
    assert sqlite_ledger.recall("big") is None
    sqlite_ledger.remember("big", "x" * 100_000)
    assert integrity(file) == ("ok", [])


def test_a_ledger_that_is_no_database_is_unavailable(file):
    file.write_bytes(b"not a database at all" * 1000)
    with pytest.raises(LedgerUnavailableError):
        Ledger(f"sqlite:///{file}").migrate()


def test_a_ledger_in_a_folder_that_is_missing_is_unavailable(tmp_path):
    with pytest.raises(LedgerUnavailableError):
        Ledger(f"sqlite:///{tmp_path / 'no' / 'ledger.db'}").migrate()


@pytest.mark.skipif(not shutil.which("strace"), reason="counts syncs with strace")
@pytest.mark.usefixtures("sqlite_ledger")
def test_every_commit_is_synced(file, tmp_path):
    """A kill -9 cannot tell FULL from NORMAL; counting can (facts/reliability.md §0.2)."""
    trace = tmp_path / "trace"
    prefix = ("strace", "-f", "-e", "trace=fdatasync", "-o", str(trace))
    with child(WORKER, f"sqlite:///{file}", "w", 10, prefix=prefix) as process:
        said = process.stdout.read().splitlines()
    if process.returncode and not said:
        pytest.skip("tracing is not allowed here")
    assert len(said) == 20
    assert trace.read_text().count("fdatasync(") >= 30


def test_several_who_keep_the_same_small_file_at_once_are_not_in_each_others_way(tmp_path):
    path = tmp_path / "kept" / "names.json"
    with ThreadPoolExecutor(4) as pool:
        texts = [str(number) * 1000 for number in range(10)] * 40
        list(pool.map(put_in_place, [path] * len(texts), texts))
    assert path.read_text() in texts
    assert [one.name for one in path.parent.iterdir()] == ["names.json"]
