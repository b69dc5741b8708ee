"""A real Dovecot on a free port of 127.0.0.1, run by root or by anybody, stopped by its own pid."""

from __future__ import annotations

import contextlib
import getpass
import grp
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PASSWORD = "invented-code"
PATIENCE = 120  # seconds for it to start and to end, on a busy machine
USERS = ("inbox@126.example.cn", "second@126.example.cn")
_PROGRAM = shutil.which("dovecot") or "/usr/sbin/dovecot"


class Dovecot:
    """Start with `with Dovecot() as server:`; `server.maildir(user)` is a user's folder tree."""

    def __init__(self):
        self.root = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.root.chmod(0o755)
        self.port = free_port()
        self.owner = pwd.getpwnam("nobody" if os.getuid() == 0 else getpass.getuser())

    @staticmethod
    def installed():
        return Path(_PROGRAM).exists()

    def __enter__(self):
        for user in USERS:
            self.add(user)
        config = self.root / "dovecot.conf"
        config.write_text(self._config())
        self._process = subprocess.Popen(
            [_PROGRAM, "-F", "-c", str(config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(PATIENCE)
        shutil.rmtree(self.root, ignore_errors=True)

    def add(self, user):
        for part in ("", "cur", "new", "tmp"):
            self._make(self.maildir(user) / part)

    def maildir(self, user):
        return self.root / "mail" / user

    def forget_uids(self, user):
        """Make Dovecot number the inbox anew: what UIDVALIDITY is there to tell."""
        for name in (
            "dovecot-uidlist",
            "dovecot.index",
            "dovecot.index.log",
            "dovecot.index.cache",
        ):
            (self.maildir(user) / name).unlink(missing_ok=True)

    def _make(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)

    def _wait(self):
        last = time.monotonic() + PATIENCE
        while self._process.poll() is None and time.monotonic() < last:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), PATIENCE).close()
                return
            time.sleep(0.05)
        raise RuntimeError((self.root / "log").read_text())

    def _config(self):
        us = pwd.getpwuid(os.getuid()).pw_name
        uid, gid = self.owner.pw_uid, self.owner.pw_gid
        internal, login = ("dovecot", "dovenull") if us == "root" else (us, us)
        return f"""
base_dir = {self.root}/run
state_dir = {self.root}/state
log_path = {self.root}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {grp.getgrgid(os.getgid()).gr_name if us != "root" else internal}
default_login_user = {login}
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 1
mail_location = maildir:{self.root}/mail/%u
mail_max_userip_connections = 50
auth_mechanisms = plain login
auth_failure_delay = 0 secs
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={self.root}/mail/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox 垃圾邮件 {{
    special_use = \\Junk
    auto = create
  }}
  mailbox 广告邮件 {{
    auto = create
  }}
  mailbox 工作 {{
    auto = create
  }}
}}
"""


def free_port():
    """Return a port nobody listens at, below those that the kernel gives to who asks for any."""
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
