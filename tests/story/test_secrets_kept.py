"""After a real round, a refused login, a backup and every command: the secret stands nowhere."""

from __future__ import annotations

import base64
import os

from tests.faults.people import form_mail, units
from tests.servers.dovecot import PASSWORD, USERS, Dovecot
from tests.servers.smtp_script import ScriptedSmtp
from tests.story.deployment import Deployment, end

FORMS = [
    form.encode()
    for form in (
        PASSWORD,
        base64.b64encode(PASSWORD.encode()).decode(),
        *(base64.b64encode(f"\0{user}\0{PASSWORD}".encode()).decode() for user in USERS),
    )
]
ECHO = f"535 {FORMS[2].decode()} {PASSWORD}: authentication failed"


def test_no_secret_stands_in_ledger_archive_log_backup_or_answer(tmp_path):
    if not Dovecot.installed():
        raise RuntimeError("this test needs Dovecot")
    with Dovecot() as server, ScriptedSmtp(AUTH=[ECHO]) as sink:
        bot = Deployment(tmp_path / "bot", server.port, sink.port)
        for number, user in enumerate(USERS):
            path = server.maildir(user) / "new" / f"{number}.x"
            path.write_bytes(form_mail(units()[number], number))
            os.chown(path, server.owner.pw_uid, server.owner.pw_gid)
        assert bot.once() == 0
        backup = bot.start("backup", "-o", str(tmp_path / "backups"))
        assert end_of(backup) == 0
    said = b"".join(repr(bot.says(command)).encode() for command in ("status", "outbox", "held"))
    assert any(command.startswith("AUTH") for command in sink.commands)
    assert sink.letters  # one mailbox sends, the other was refused with its own secret
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path != bot.config]
    assert any("archive" in path.parts for path in kept)
    assert any("backups" in path.parts and path.name == "shoubiao.toml" for path in kept)
    telling = [path for path in kept if any(form in path.read_bytes() for form in FORMS)]
    assert telling == []
    assert not any(form in said for form in FORMS)


def end_of(process):
    try:
        return process.wait(240)
    finally:
        end(process)
