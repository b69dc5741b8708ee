"""Content in a folder is on disk before its hash is known, whatever the disk does."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from state.archive import Archive


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "archive")


def test_content_stands_fanned_out_under_its_hash(archive):
    sha = archive.put(b"x")
    assert archive.path(sha) == archive.root / sha[:2] / sha
    assert archive.path(sha).read_bytes() == b"x"


def test_content_that_an_earlier_version_put_a_level_deeper_is_found(archive):
    old, new = (archive.put(content) for content in (b"old", b"new"))
    deeper = archive.root / old[:2] / old[2:4]
    deeper.mkdir()
    archive.path(old).rename(deeper / old)
    assert archive.put(b"old") == old
    assert archive.path(old) == deeper / old
    assert archive.get(old) == b"old"
    assert list(archive.hashes()) == sorted([old, new])
    assert archive.forget(old)
    assert list(archive.hashes()) == [new]


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


def test_several_contents_are_synced_each_and_their_folders_once(archive, monkeypatch):
    contents = [bytes([number]) for number in range(8)]
    synced, fsync = [], os.fsync

    def note(descriptor):
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    hashes = archive.put_all([*contents, contents[0]])
    assert hashes == [hashlib.sha256(data).hexdigest() for data in [*contents, contents[0]]]
    assert all(archive.verify(sha) for sha in hashes)
    assert sum("/incoming/" in path for path in synced) == len(contents)
    assert {str(archive.path(sha).parent) for sha in hashes} <= set(synced)
    assert len(synced) == len(set(synced))


def test_a_folder_that_another_worker_made_a_moment_ago_is_synced_too(archive, monkeypatch):
    """Two first starts at once: who made it may be stopped before it synced the folder's name."""
    sha = hashlib.sha256(b"mail").hexdigest()
    folder = archive.path(sha).parent
    folder.mkdir(parents=True)
    synced, fsync = [], os.fsync

    def note(descriptor):
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    assert archive.put(b"mail") == sha
    assert {folder, folder.parent, archive.root, archive.root.parent} <= set(synced)
    synced.clear()
    archive.put(b"mail")
    assert archive.root not in synced  # which this worker knows by now


def test_an_archive_is_made_with_the_folders_above_it(tmp_path):
    archive = Archive(tmp_path / "new" / "data" / "archive")
    assert archive.verify(archive.put(b"mail"))
    assert archive.verify(archive.put_stream([b"stream"])[0])
