"""An S3-compatible store (moto) on a free port of 127.0.0.1, in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from state.objects import Bucket
from tests.servers.dovecot import free_port

NAME = "raw-mails"
KEYS = {"access_key": "invented-id", "secret_key": "invented-secret"}
START = "from moto.server import main; main(['-H', '127.0.0.1', '-p', '{}'])"


@contextmanager
def objects():
    """Start a store with one empty bucket; give it."""
    with counted_objects() as store:
        yield store.bucket


class Store:
    """A running store: its bucket, and how many requests it has answered."""

    def __init__(self, port, log):
        self.bucket = Bucket(NAME, "", f"http://127.0.0.1:{port}", "us-east-1", **KEYS)
        self._log = log

    def requests(self):
        return Path(self._log.name).read_bytes().count(b" HTTP/1.1")


@contextmanager
def counted_objects():
    """Start a store with one empty bucket that counts what it is asked."""
    port = free_port()
    with tempfile.NamedTemporaryFile(prefix="objects-") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", START.format(port)], stdout=log, stderr=log
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/{NAME}", process)
            yield Store(port, log)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait(120)


def _wait_for(url, process):
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("the store did not start")
        try:
            with urlopen(Request(url, method="PUT"), timeout=60):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(url)
