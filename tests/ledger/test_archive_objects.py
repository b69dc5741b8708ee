"""A store that fails, lies or is cut off loses nothing and shows nothing half."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from threading import Thread

import obstore
import pytest

from state import objects
from state.objects import ArchiveDamagedError, ArchiveUnavailableError, ObjectArchive
from tests.servers.dovecot import free_port
from tests.servers.fault_proxy import FaultProxy

LARGE = bytes(range(256)) * 4096 * 20  # 20 MiB: several parts


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    """Give up within a second, not within half a minute."""
    waits = {"init_backoff": timedelta(milliseconds=10), "max_backoff": timedelta(milliseconds=50)}
    monkeypatch.setattr(objects, "RETRY", objects.RETRY | {"backoff": waits})
    monkeypatch.setattr(objects, "CLIENT", objects.CLIENT | {"read_timeout": timedelta(seconds=1)})


@pytest.fixture
def archive(bucket, tmp_path):
    return ObjectArchive(bucket, tmp_path / "incoming")


def through(proxy, archive):
    """Return the same archive, reached through a proxy."""
    near = replace(archive._bucket, endpoint=f"http://127.0.0.1:{proxy.port}")
    return ObjectArchive(near, archive._room)


def port_of(bucket):
    return int(bucket.endpoint.rpartition(":")[2])


def test_a_store_that_is_not_there_is_the_worlds_fault(bucket, tmp_path):
    nowhere = replace(bucket, endpoint=f"http://127.0.0.1:{free_port()}")
    archive = ObjectArchive(nowhere, tmp_path)
    with pytest.raises(ArchiveUnavailableError):
        archive.put(b"x")
    assert archive.failing
    with pytest.raises(ArchiveUnavailableError):
        archive.get("0" * 64)
    assert not archive.answers()


def test_a_bucket_that_is_not_there_is_no_missing_mail(bucket, tmp_path):
    archive = ObjectArchive(replace(bucket, name="another-bucket"), tmp_path)
    with pytest.raises(ArchiveUnavailableError):
        archive.put(b"x")
    assert not archive.answers()


@pytest.mark.parametrize("fault", ["cut", "reset", "stall"])
def test_a_put_whose_answer_is_lost_fails_and_is_harmless_to_repeat(archive, bucket, fault):
    with FaultProxy(port_of(bucket), fault, after=0) as proxy:
        far = through(proxy, archive)
        with pytest.raises(ArchiveUnavailableError):
            far.put(b"a mail")
        assert far.failing
        proxy.after = None
        sha = far.put(b"a mail")
        assert not far.failing
    assert archive.get(sha) == b"a mail"
    assert list(archive.hashes()) == [sha]


@pytest.mark.parametrize("fault", ["cut", "reset", "stall"])
def test_a_get_that_is_cut_off_is_never_taken_for_the_mail(archive, bucket, fault, tmp_path):
    sha = archive.put(LARGE)
    with FaultProxy(port_of(bucket), fault, after=3_000_000) as proxy:
        far = through(proxy, archive)
        with pytest.raises(ArchiveUnavailableError), far.local(sha):
            pytest.fail("half a mail was handed on")
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
        proxy.after = None
        assert far.verify(sha)


@pytest.mark.parametrize("after", [0, 300, 700])
def test_a_large_mail_is_there_whole_or_not_at_all(archive, bucket, after):
    sha = hashlib.sha256(LARGE).hexdigest()
    with FaultProxy(port_of(bucket), "cut", after=after) as proxy:
        with pytest.raises(ArchiveUnavailableError):
            through(proxy, archive).put_stream(iter((LARGE,)))
        assert proxy.passed <= after * len(proxy._connections)
    assert set(archive.hashes()) <= {sha}
    assert archive.put_stream(iter((LARGE,))) == (sha, len(LARGE))
    assert archive.verify(sha)


def test_content_that_was_changed_in_the_store_is_refused(archive):
    sha = archive.put(b"as it came")
    obstore.put(archive._store, archive._key(sha), b"forged")
    assert not archive.verify(sha)
    with pytest.raises(ArchiveDamagedError):
        archive.get(sha)
    with pytest.raises(ArchiveDamagedError), archive.local(sha):
        pytest.fail("a forged mail was handed on")


def test_keys_are_in_no_text_of_a_fault(archive, bucket):
    nowhere = replace(bucket, endpoint=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(ArchiveUnavailableError) as caught:
        ObjectArchive(nowhere, archive._room).put(b"x")
    told = f"{caught.value} {caught.value.__cause__} {bucket!r}"
    assert bucket.secret_key not in told
    assert bucket.access_key not in told


def test_workers_that_put_the_same_mail_at_once_agree(bucket, tmp_path):
    desks = [ObjectArchive(bucket, tmp_path / str(n)) for n in range(4)]
    threads = [Thread(target=desk.put, args=(b"the same",)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(desks[0].hashes())) == 1


def test_the_library_is_not_imported_before_a_store_is_opened():
    asked = "import sys, state.objects; sys.exit('obstore' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
