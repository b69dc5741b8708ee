"""A reading child may die, hang or lie; the pool says so and goes on."""

from __future__ import annotations

import os
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

import parsers
from bot.reading.children import ReaderNotStartedError, ReadingFailed, ReadingPool
from bot.reading.wanted import Wanted
from parsers.document import Place
from parsers.marking import Mark
from parsers.message.mime import read_mail
from parsers.sniff import sniff
from tests.draw import papers
from tests.unit.test_judge import CHIFENG, HOME, statistics
from tests.unit.test_mime_files import form, multipart, part

MAIL = (
    "From: =?gbk?B?1cXI/Q==?= <zs@example.cn>\r\nSubject: 报送\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n您好\r\n"
    "--b\r\nContent-Type: text/plain; name=a.txt\r\n\r\n附件\r\n--b--\r\n"
).encode()

FAULTY = f"""
import os, sys, time
sys.path.insert(0, {str(Path(parsers.__file__).parent.parent)!r})
import rules.child as child

class Panic(BaseException):
    pass

def fault(request):
    what = request["path"]
    if what == "abort":
        os.abort()
    if what == "panic":
        raise Panic("13900001234")
    if what == "segfault":
        import ctypes
        ctypes.string_at(0)
    if what == "recursion":
        fault_again = lambda: fault_again()
        fault_again()
    if what == "memory":
        bytearray(2 << 30)
    if what == "hang":
        time.sleep(600)
    if what == "garbage":
        return b"J", b"[]"
    if what == "wrong-kind":
        return b"X", b""
    if what == "noise":
        print("a library that prints")
    if what == "huge":
        os.write(answers, b"\\xff\\xff\\xff\\xff")
        time.sleep(600)
    return sound[request["op"]](request | {{"path": {{path!r}}}})

sound = child.operations()
answers = os.dup(1)
child.main(sound | {{"read": fault, "recognise": fault}})
"""


DEAF = f"""
import sys
sys.path.insert(0, {str(Path(parsers.__file__).parent.parent)!r})
from rules.child import main, operations

def deaf(request):
    raise ValueError

main(operations() | {{"campaigns": deaf}})
"""


_BEFORE: set[int] = set()


@pytest.fixture(autouse=True)
def _others():
    """Note whose processes were there before."""
    _BEFORE.clear()
    _BEFORE.update(_children())


@pytest.fixture
def mail(tmp_path):
    path = tmp_path / "mail.eml"
    path.write_bytes(MAIL)
    return path


@pytest.fixture
def faulty(tmp_path, mail):
    script = tmp_path / "faulty.py"
    script.write_text(FAULTY.replace("{path!r}", repr(str(mail))), encoding="utf-8")
    with ReadingPool(1, 30, 256, command=(sys.executable, str(script))) as pool:
        yield pool


def test_a_document_whose_form_is_found_travels_only_where_it_is_wanted_whole(tmp_path):
    path = tmp_path / "form.eml"
    data = papers.statistics(CHIFENG)
    path.write_bytes(multipart(part(data, b"Content-Type: application/x; name=a.docx")))
    wanted = Wanted((HOME,), (HOME,), frozenset({HOME.id}))
    with ReadingPool(1) as pool:
        hollow, forms = pool.recognise(path, wanted)
        whole, _ = pool.recognise(path, replace(wanted, whole=True))
    assert whole == read_mail(path.read_bytes())
    assert not hollow.files[0].document.blocks
    (form,) = forms(hollow.files[0].document, (HOME,), prefer=wanted.prefer)
    assert form.reading.get("reporter").value == CHIFENG


def test_a_child_that_makes_nothing_of_the_campaigns_still_reads(tmp_path, mail):
    script = tmp_path / "deaf.py"
    script.write_text(DEAF, encoding="utf-8")
    wanted = Wanted((HOME,), (HOME,))
    with ReadingPool(1, 30, 256, command=(sys.executable, str(script))) as pool:
        for _ in range(2):
            read, forms = pool.recognise(mail, wanted)
            assert read == read_mail(MAIL)
    document = statistics().document
    assert forms(document, (HOME,), prefer=frozenset())[0].form.id == "statistics"


def test_a_mail_read_in_a_child_is_the_mail_read_here(mail):
    with ReadingPool(1) as pool:
        assert pool.read(mail) == read_mail(MAIL)


def test_one_child_is_used_again(mail):
    with ReadingPool(2) as pool:
        pool.read(mail)
        first = _children()
        pool.read(mail)
        assert _children() == first
        assert len(first) == 1


def test_children_started_ahead_are_those_that_read_the_first_mails(mail):
    with ReadingPool(2) as pool:
        pool.make_ready((HOME,))
        ahead = _ahead(2)
        assert pool.read(mail) == read_mail(MAIL)
        assert pool.recognise(mail, Wanted((HOME,), (HOME,)))[0] == read_mail(MAIL)
        assert _children() == ahead


def test_a_child_that_cannot_start_ahead_is_told_of_by_the_mail_that_needs_it(mail):
    with ReadingPool(1, command=("/nowhere/python",)) as pool:
        pool.make_ready()
        with pytest.raises(ReaderNotStartedError):
            pool.read(mail)


def test_a_file_from_disk_is_read_and_opened(mail):
    with ReadingPool(1) as pool:
        files = pool.read_file(mail, "来信.eml")
    assert [(file.name, file.kind) for file in files] == [("来信.eml", "mail"), ("a.txt", "text")]


def test_a_file_inside_a_mail_comes_back_marked(tmp_path):
    raw = multipart(part(form(), b"Content-Type: application/x; name=a.docx"))
    path = tmp_path / "form.eml"
    path.write_bytes(raw)
    mark = Mark(Place(table=1, row=2, column=1), "这一格要改")
    with ReadingPool(1) as pool:
        (file,) = pool.read(path).files
        marked = pool.mark(path, file.sha256, [mark])
        with pytest.raises(ReadingFailed, match="no such file"):
            pool.mark(path, "0" * 64, [mark])
    assert sniff(marked) == "docx"
    assert marked != form()


def test_a_missing_file_is_a_cause_and_the_child_lives_on(mail):
    with ReadingPool(1) as pool:
        with pytest.raises(ReadingFailed) as failure:
            pool.read("/nonexistent")
        assert failure.value.cause.startswith("FileNotFoundError")
        assert pool.read(mail).subject == "报送"


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        ("abort", "died: signal 6"),
        ("panic", "Panic at "),
        ("segfault", "died: signal 11"),
        ("recursion", "RecursionError at "),
        ("memory", "out of memory"),
        ("garbage", "garbage"),
        ("wrong-kind", "garbage"),
        ("huge", "garbage"),
    ],
)
def test_a_fault_has_its_cause_and_the_next_mail_is_read(faulty, fault, cause):
    with pytest.raises(ReadingFailed) as failure:
        faulty.read(fault)
    assert failure.value.cause.startswith(cause)
    assert "1390" not in failure.value.cause
    assert faulty.read("sound").subject == "报送"


def test_a_child_that_hangs_is_killed_and_replaced(tmp_path, mail):
    script = tmp_path / "faulty.py"
    script.write_text(FAULTY.replace("{path!r}", repr(str(mail))), encoding="utf-8")
    with ReadingPool(1, 2, 256, command=(sys.executable, str(script))) as pool:
        with pytest.raises(ReadingFailed, match="timeout"):
            pool.read("hang")
        assert _children() == set()
        pool._wall_seconds = 60  # what is sound may take its time, on a busy machine
        assert pool.read("sound").subject == "报送"


def test_what_a_library_prints_does_not_garble_answers(faulty):
    assert faulty.read("noise").subject == "报送"


def test_a_child_killed_while_idle_is_replaced_unnoticed(mail):
    with ReadingPool(1) as pool:
        pool.read(mail)
        for pid in _children():
            psutil.Process(pid).kill()
            _gone(pid)
        assert pool.read(mail).subject == "报送"


def test_threads_share_the_pool(mail):
    subjects: list[str] = []
    with ReadingPool(2) as pool:
        threads = [
            threading.Thread(target=lambda: subjects.append(pool.read(mail).subject))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(_children()) <= 2
    assert subjects == ["报送"] * 8


def test_a_closed_pool_leaves_no_process(mail):
    with ReadingPool(2) as pool:
        pool.read(mail)
        started = _children()
    assert started
    assert not started & _children()


def test_children_end_with_their_parent(tmp_path, mail):
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, sys\n"
        "from bot.reading.children import ReadingPool\n"
        "pool = ReadingPool(1)\n"
        f"pool.read({str(mail)!r})\n"
        "child = next(iter(p for p in pool._places._free.queue if p))\n"
        "print(child._process.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n",
        encoding="utf-8",
    )
    house = str(Path(parsers.__file__).parent.parent)
    import subprocess

    parent = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": house},
    )
    assert parent.returncode == -9, parent.stderr
    _gone(int(parent.stdout))


def test_a_child_sees_no_secret_of_its_parent(mail, monkeypatch):
    monkeypatch.setenv("SHOUBIAO_PASSWORD", "geheim")
    with ReadingPool(1) as pool:
        pool.read(mail)
        (pid,) = _children()
        assert "SHOUBIAO_PASSWORD" not in psutil.Process(pid).environ()


def _children() -> set[int]:
    """Return the processes that this test started; servers of other files may run beside."""
    return {child.pid for child in psutil.Process().children()} - _BEFORE


def _ahead(count: int) -> set[int]:
    for _ in range(3000):
        if len(_children()) == count:
            return _children()
        time.sleep(0.02)
    raise AssertionError("they were not started")


def _gone(pid: int) -> None:
    last = time.monotonic() + 120
    while time.monotonic() < last:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return
        except psutil.NoSuchProcess:
            return
        time.sleep(0.02)
    raise AssertionError(f"{pid} still runs")
