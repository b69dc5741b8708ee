"""A PostgreSQL of our own on a free port of 127.0.0.1, stopped by its own handle."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.servers.dovecot import free_port


def program(name):
    """Return the path of one of PostgreSQL's programs, None when it is not installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, folders)])
    return shutil.which(name, path=path)


@contextmanager
def postgres(folder):
    """Start a server in a folder; give its URL, to which a database's name is added."""
    as_user = {}
    if os.geteuid() == 0:  # postgres refuses to run as root
        shutil.chown(folder, "postgres")
        for above in (folder, *folder.parents[:-2]):
            above.chmod(above.stat().st_mode | 0o011)
        as_user = {"user": "postgres", "cwd": folder}
    data = folder / "data"
    made = ("-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    subprocess.run((program("initdb"), *made), check=True, stdout=subprocess.DEVNULL, **as_user)
    port = free_port()
    command = (program("postgres"), "-D", str(data), "-h", "127.0.0.1", "-p", str(port), "-k", "")
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, **as_user)
    try:
        url = f"postgresql+psycopg://postgres@127.0.0.1:{port}"
        _wait_for(url, server, folder / "log")
        yield url
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: what it holds is thrown away
        server.wait(120)


def create(url, name, template="template1"):
    """Make a database from a template and return its URL."""
    _outside(f"{url}/postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{url}/{name}"


def drop(url, name):
    """Remove a database, whoever is still connected."""
    _outside(f"{url}/postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _wait_for(url, server, log):
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(log.read_text(encoding="utf-8", errors="replace"))
        try:
            _outside(f"{url}/postgres", "SELECT 1")
        except Exception:  # noqa: BLE001 - not up yet, whatever it says
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


def _outside(url, statement):
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
