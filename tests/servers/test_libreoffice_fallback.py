"""Legacy files through the real LibreOffice: without network, ended in time, never believed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time

import psutil
import pytest

from bot.reading import converting
from bot.reading.children import ReadingPool
from bot.reading.converting import NotConverted, convert, missing
from parsers.legacy import LEGACIES
from rules.folder.load import SHIPPED, load_campaign
from rules.recognise import read_forms
from tests.unit.legacy_files import excel_4, word_95

HERE = pytest.mark.skipif(missing() is not None, reason=str(missing()))
CAMPAIGN = load_campaign(SHIPPED / "2023-neimenggu")
FORM = CAMPAIGN.forms["statistics"]
ASKED = [field for field in FORM.fields if field.column == "数量"]
VALUES = {field.key: 10 + number for number, field in enumerate(ASKED)}
TITLE = [FORM.title, "填报单位：赤峰市科学技术局"]
ROWS = [("内容", "数量", "备注")]
ROWS += [(f"{field.label}（{field.unit}）", str(VALUES[field.key]), "") for field in ASKED]
FAKE = "#!/bin/sh\n{}\n"


@pytest.fixture
def pool():
    with ReadingPool(1) as pool:
        yield pool


@pytest.fixture
def pretend(tmp_path, monkeypatch):
    """Return a function that puts another program in LibreOffice's place."""

    def put(script: str) -> None:
        (tmp_path / "soffice").write_text(FAKE.format(script), encoding="utf-8")
        (tmp_path / "soffice").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/sbin:/usr/bin:/sbin:/bin")

    return put


def read(pool, tmp_path, data: bytes, name: str):
    path = tmp_path / "file"
    path.write_bytes(data)
    (file,) = pool.read_file(path, name)
    return file


@HERE
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.doc", word_95(TITLE, ROWS)),
        ("表.wps", word_95(TITLE, ROWS)),
        ("表.xls", excel_4([(TITLE[0],), (TITLE[1],), *((a, b, c) for a, b, c in ROWS)])),
    ],
)
def test_a_form_saved_before_office_97_reads_as_filled_in(pool, tmp_path, name, data):
    file = read(pool, tmp_path, data, name)
    assert (file.problem, file.document.flags) == (None, {"converted"})
    (found,) = read_forms(file.document, (CAMPAIGN,))
    read_back = {key: found.reading.get(key).value for key in VALUES}
    assert read_back == VALUES
    assert found.reading.get("reporter").value == "赤峰市科学技术局"


@HERE
def test_a_legacy_file_in_a_mail_is_read_too(pool, tmp_path):
    from tests.unit.test_mime_files import multipart, part

    path = tmp_path / "mail.eml"
    path.write_bytes(multipart(part(word_95(TITLE, ROWS), b"Content-Type: a/b; name=a.doc")))
    (file,) = pool.read(path).files
    assert (file.kind, file.problem) == ("doc", None)
    assert len(file.document.tables) == 1


@HERE
def test_what_libreoffice_cannot_open_stays_unsupported(pool, tmp_path):
    data = bytearray(word_95(["甲"], []))
    data[0x218:0x220] = b"\xff" * 8  # the text begins and ends nowhere
    file = read(pool, tmp_path, bytes(data), "a.doc")
    assert (file.document, file.problem) == (None, "unsupported")
    assert "LibreOffice" in file.detail


@HERE
def test_what_runs_in_its_place_has_no_network():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        ask = f"import socket; socket.create_connection(('127.0.0.1', {port}), 60)"
        free = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=False)
        cut = subprocess.run(
            [*converting._without_network(), sys.executable, "-c", ask],
            capture_output=True,
            check=False,
        )
    assert (free.returncode, cut.returncode) == (0, 1)


@pytest.mark.parametrize(
    ("lacking", "said"),
    [("soffice", "not installed"), ("network", "without network")],
)
def test_a_machine_that_lacks_something_says_what(pool, tmp_path, monkeypatch, lacking, said):
    if lacking == "soffice":
        monkeypatch.setattr(converting.shutil, "which", lambda _: None)
    else:
        monkeypatch.setattr(converting.shutil, "which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr(converting, "_without_network", tuple)
    file = read(pool, tmp_path, word_95(["甲"], []), "a.doc")
    assert (file.document, file.problem) == (None, "unsupported")
    assert said in file.detail


@HERE
def test_a_program_that_hangs_is_ended_with_all_it_started(pretend):
    seconds = str(1_000_000 + os.getpid())  # nobody else on this machine sleeps for so long
    pretend(f"sleep {seconds} &\nsleep {seconds}")
    with pytest.raises(NotConverted, match="too long"):
        convert(b"x", LEGACIES["doc"], seconds=2)
    assert not _running(seconds)


@HERE
def test_a_result_that_is_none_is_not_believed(pool, tmp_path, pretend):
    pretend('mkdir -p out; echo garbage > out/form.odt; echo "done"')
    file = read(pool, tmp_path, word_95(["甲"], []), "a.doc")
    assert (file.document, file.problem) == (None, "unsupported")
    pretend("exit 0")
    assert "could not read" in read(pool, tmp_path, word_95(["甲"], []), "a.doc").detail


@HERE
def test_a_link_in_place_of_a_result_is_not_followed(pretend):
    pretend("mkdir -p out; ln -s /etc/hostname out/form.odt")
    with pytest.raises(NotConverted, match="could not read"):
        convert(b"x", LEGACIES["doc"])


def _running(argument: str) -> bool:
    last = time.monotonic() + 60
    while time.monotonic() < last:
        found = [
            p for p in psutil.process_iter(["cmdline"]) if argument in (p.info["cmdline"] or [])
        ]
        if not found:
            return False
        time.sleep(0.1)
    return True
