"""Small commands load little: what only others need is not imported before they are asked for.

Time is not measured here, it depends on the machine; what takes the time is.
"""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from contextlib import suppress

import pytest

from rules.folder.files import SHIPPED

CAMPAIGN = "2023-neimenggu"
HEAVY = {
    "aiosmtplib", "alembic", "apscheduler", "cv2", "docx", "imapclient", "jinja2", "keyring",
    "lxml", "numpy", "onnxruntime", "openpyxl", "PIL", "pydantic", "pymap", "rich", "ruamel",
    "pydantic_settings", "rapidfuzz", "sqlalchemy", "structlog", "yaml",
}  # fmt: skip
SETTINGS = {"pydantic"}
WORDS = {"yaml"}  # what is answered stands in files of sentences
LEDGER = {"pydantic", "sqlalchemy", "rich"} | WORDS
PARTS = {
    "rich.console", "sqlalchemy.dialects.postgresql", "sqlalchemy.ext", "sqlalchemy.orm",
    "rules.decision", "rules.form", "state.effects", "state.rows.acts", "state.rows.stored",
}  # fmt: skip
"""What a small ledger needs nothing of, in packages it needs."""
LOOKS = [
    ("status",), ("held",), ("outbox",), ("status", "--json"), ("held", "--json"),
]  # fmt: skip
SETTLED = """
campaigns = "campaigns"
[[accounts]]
address = "forms@example.cn"
kind = "maildir"
maildir = "mail"
smtp = {host = "127.0.0.1", port = 1, tls = "plain"}
campaigns = ["2023-neimenggu"]
"""
CODE = """
import gc, json, sys
sys.argv = ["shoubiao", *sys.argv[1:]]
from bot.__main__ import main
try:
    main()
except SystemExit:
    pass
assert gc.get_freeze_count(), "Python looks for garbage in all that is loaded when it ends"
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def loaded(*command, folder=None):
    """Return the packages that a command has loaded at its end at a terminal, and all modules."""
    controller, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", CODE, *command], stdout=terminal, stderr=subprocess.PIPE, cwd=folder
    ) as process:
        os.close(terminal)
        with suppress(OSError):  # Linux says so that nobody writes any more
            while os.read(controller, 65536):
                pass
        told = process.stderr.read()
    os.close(controller)
    assert process.returncode == 0
    modules = set(json.loads(told.splitlines()[-1]))
    return {name.partition(".")[0] for name in modules}, modules


@pytest.fixture(scope="module")
def deployed(tmp_path_factory):
    """Make a folder whose worker has never run."""
    folder = tmp_path_factory.mktemp("deployed")
    (folder / "shoubiao.toml").write_text('data = "data"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """Make a folder whose worker has been round once: rosters and outlines are kept."""
    folder = tmp_path_factory.mktemp("worked")
    (folder / "shoubiao.toml").write_text(SETTLED, encoding="utf-8")
    shutil.copytree(SHIPPED / CAMPAIGN, folder / "campaigns" / CAMPAIGN)
    for name in ("new", "cur", "tmp"):
        (folder / "mail" / name).mkdir(parents=True)
    loaded("run", "--once", folder=folder)
    return folder


@pytest.mark.parametrize("command", [("--help",), ("held", "--help"), ("doctor", "--help")])
def test_help_loads_nothing_heavy(command, deployed):
    packages, modules = loaded(*command, folder=deployed)
    assert packages & HEAVY <= SETTINGS  # typer itself may check options with it
    assert len(modules) < 300


def test_whether_the_worker_lives_is_told_without_ledger_campaigns_or_log(deployed):
    packages, modules = loaded("doctor", "--live", folder=deployed)
    assert packages & HEAVY == SETTINGS | WORDS
    assert "bot.mailboxes.base" not in modules
    assert len(modules) < 350


@pytest.mark.parametrize("command", LOOKS, ids=" ".join)
def test_a_look_at_the_ledger_reads_no_campaign_and_writes_no_log(command, worked):
    packages, modules = loaded(*command, folder=worked)
    assert packages & HEAVY <= LEDGER
    assert modules & PARTS == set()
    assert sum(name.startswith("state.rows.") for name in modules) <= 1  # its own subject
    assert len(modules) < 555


def test_versions_of_a_roster_are_told_with_no_more_than_the_words_for_them(worked):
    packages, modules = loaded("roster", "versions", CAMPAIGN, folder=worked)
    assert packages & HEAVY <= LEDGER
    assert modules & {*PARTS, "rich.cells"} == {"rules.form"}
    assert [name for name in modules if name.startswith("state.rows.")] == ["state.rows.rosters"]
    assert len(modules) < 550


def test_a_rollup_is_written_without_what_a_worker_has(deployed):
    packages, modules = loaded("export", CAMPAIGN, "-o", "rollup.xlsx", folder=deployed)
    assert (deployed / "rollup.xlsx").exists()
    assert packages & {"apscheduler", "imapclient", "aiosmtplib", "jinja2", "structlog"} == set()
    assert modules & {"bot.office", "bot.reading.children", "templates.render"} == set()


def test_to_trace_a_number_loads_neither_workbooks_nor_readers():
    code = "import sys, bot.commands.trace; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "bot.reports.tracing" in loaded
    assert loaded & {"templates.rollup", "rules.reader", "rules.recognise", "xlsxwriter"} == set()


def test_a_reader_of_one_format_loads_no_other():
    code = (
        "import sys; from parsers.formats import read_document; read_document(b'a', 'text');"
        "print([one for one in sys.modules if one.startswith('parsers.formats.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "'parsers.formats.text'" in done.stdout
    assert not {"docx", "pdf", "xls"} & set(done.stdout.replace("'", ".").split("."))


def test_a_worker_that_begins_writes_no_workbook_and_opens_no_document():
    code = (
        "import json, sys; import bot.office, bot.worker;"
        "print(json.dumps([name.partition('.')[0] for name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    unasked = {"alembic", "cv2", "docx", "keyring", "numpy", "onnxruntime", "openpyxl", "PIL"}
    assert not unasked & set(json.loads(done.stdout))
