"""Content is in the archive whole, or not at all: in a folder, and in an S3-compatible store."""

from __future__ import annotations

import hashlib
import os
import threading
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from state.archive import Archive
from state.objects import ObjectArchive

NOWHERE = "0" * 64


@pytest.fixture(params=["folder", "objects"])
def archive(request, tmp_path):
    if request.param == "folder":
        return Archive(tmp_path / "archive")
    return ObjectArchive(request.getfixturevalue("bucket"), tmp_path / "incoming")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(st.lists(st.binary(max_size=50), max_size=5))
def test_what_is_put_comes_back(archive, chunks):
    data = b"".join(chunks)
    sha, size = archive.put_stream(chunks)
    assert (sha, size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert archive.put(data) == sha
    assert archive.get(sha) == data
    assert archive.verify(sha)


def test_the_first_bytes_can_be_had_alone(archive):
    assert archive.top(archive.put(b"header: body"), 6) == b"header"
    assert archive.top(archive.put(b"x"), 6) == b"x"
    assert archive.top(archive.put(b""), 6) == b""


def test_whole_content_is_at_a_path_while_it_is_read(archive):
    with archive.local(archive.put(b"x" * 100_000)) as path:
        assert path.read_bytes() == b"x" * 100_000


def test_a_large_mail_passes_in_pieces_both_ways(archive):
    pieces = [bytes([n]) * (1 << 20) for n in range(20)]
    sha, size = archive.put_stream(iter(pieces))
    assert size == 20 << 20
    with archive.local(sha) as path, path.open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == sha


def test_all_hashes_are_listed_and_nothing_else(archive):
    kept = {archive.put(bytes([n])) for n in range(5)}
    assert set(archive.hashes()) == kept


def test_what_is_forgotten_is_gone(archive):
    sha = archive.put(b"x")
    assert archive.forget(sha)
    assert not archive.forget(sha)
    assert not archive.verify(sha)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_becomes_a_place(archive, name):
    with pytest.raises(ValueError, match="SHA-256"):
        archive.place(name)
    with pytest.raises(ValueError, match="SHA-256"):
        archive.get(name)


def test_a_person_is_told_where_content_is(archive):
    sha = archive.put(b"x")
    assert archive.place(sha).endswith(f"/{sha}")


def test_missing_content_is_missing(archive):
    assert not archive.verify(NOWHERE)
    with pytest.raises(FileNotFoundError):
        archive.get(NOWHERE)
    with pytest.raises(FileNotFoundError), archive.local(NOWHERE) as path:
        path.read_bytes()
    with pytest.raises(FileNotFoundError):
        archive.top(NOWHERE, 1)


def test_a_stream_that_breaks_off_leaves_nothing_behind(archive, tmp_path):
    def broken():
        yield b"half"
        raise TimeoutError

    with pytest.raises(TimeoutError):
        archive.put_stream(broken())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert list(archive.hashes()) == []


def test_threads_putting_the_same_content_agree(archive):
    data = [bytes([number % 5]) * 1000 for number in range(40)]
    threads = [threading.Thread(target=archive.put, args=(one,)) for one in data]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(archive.verify(hashlib.sha256(one).hexdigest()) for one in data)


def test_an_archive_that_works_answers(archive):
    assert archive.answers()
    assert not archive.failing


def test_what_a_crash_left_is_swept_when_old(archive, tmp_path):
    archive.put(b"x")
    root = tmp_path / "archive" / "incoming" if isinstance(archive, Archive) else archive._room
    root.mkdir(exist_ok=True)
    left = root / "tmpleft"
    left.write_bytes(b"half")
    os.utime(left, (1_000_000, 1_000_000))
    assert archive.sweep(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    assert archive.sweep(datetime(2000, 1, 1, tzinfo=UTC)) == 1
    assert not left.exists()
