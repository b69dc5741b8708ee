"""Content is in the archive whole and on disk, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from state.archive import Archive


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "archive")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=50), max_size=5))
def test_what_is_put_comes_back(archive, chunks):
    data = b"".join(chunks)
    sha, size = archive.put_stream(chunks)
    assert (sha, size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert archive.put(data) == sha
    assert archive.get(sha) == data
    assert archive.verify(sha)


def test_content_stands_fanned_out_under_its_hash(archive):
    sha = archive.put(b"x")
    assert archive.path(sha) == archive.root / sha[:2] / sha[2:4] / sha
    assert archive.path(sha).read_bytes() == b"x"


def test_existing_content_is_not_rewritten(archive):
    path = archive.path(archive.put(b"x"))
    before = path.stat()
    archive.put(b"x")
    archive.put_stream([b"x"])
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_truncated_file_is_replaced_by_whole_content(archive):
    path = archive.path(archive.put(b"whole"))
    path.write_bytes(b"who")
    assert archive.get(archive.put(b"whole")) == b"whole"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_becomes_a_path(archive, name):
    with pytest.raises(ValueError, match="SHA-256"):
        archive.path(name)


def test_changed_or_missing_content_does_not_verify(archive):
    sha = archive.put(b"x")
    archive.path(sha).write_bytes(b"y")
    assert not archive.verify(sha)
    assert not archive.verify("0" * 64)
    with pytest.raises(FileNotFoundError):
        archive.get("0" * 64)


def test_file_and_folder_are_synced_before_the_hash_is_returned(archive, monkeypatch):
    archive.put(b"first")
    done, fsync, replace = [], os.fsync, os.replace

    def note_sync(descriptor):
        done.append("sync")
        fsync(descriptor)

    def note_rename(*args, **kwargs):
        done.append("rename")
        replace(*args, **kwargs)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_rename)
    archive.put(b"second")
    assert done[0] == "sync"
    assert "sync" in done[done.index("rename") :]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_raises_and_leaves_nothing_behind(archive, monkeypatch, call):
    archive.put(b"before")

    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, call, full)
        with pytest.raises(OSError, match="No space left"):
            archive.put(b"after")
    assert list((archive.root / "incoming").iterdir()) == []
    assert not archive.verify(hashlib.sha256(b"after").hexdigest())
    assert archive.verify(archive.put(b"after"))


def test_a_stream_that_breaks_off_leaves_nothing_behind(archive):
    def broken():
        yield b"half"
        raise TimeoutError

    with pytest.raises(TimeoutError):
        archive.put_stream(broken())
    assert [path for path in archive.root.rglob("*") if path.is_file()] == []


def test_threads_putting_the_same_content_agree(archive):
    data = [bytes([number % 5]) * 1000 for number in range(40)]
    threads = [threading.Thread(target=archive.put, args=(one,)) for one in data]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(archive.verify(hashlib.sha256(one).hexdigest()) for one in data)


def test_what_a_crash_left_half_written_is_swept_when_old(archive):
    archive.put(b"x")
    left = archive.root / "incoming" / "tmpleft"
    left.write_bytes(b"half")
    os.utime(left, (1_000_000, 1_000_000))
    assert archive.sweep(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    assert archive.sweep(datetime(2000, 1, 1, tzinfo=UTC)) == 1
    assert not left.exists()
