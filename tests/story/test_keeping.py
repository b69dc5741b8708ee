"""A backup taken of a running worker is whole, and goes on to the same end as the original."""

from __future__ import annotations

import json
import subprocess
import time
from signal import SIGTERM

from bot.commands.offices import office_of
from bot.keeping.backups import faults_of, make_backup
from tests.servers.dovecot import PASSWORD, USERS
from tests.story.conftest import FULL
from tests.story.deployment import COMMAND, ROOT, Deployment, end
from tests.story.mailbag import mailbag
from tests.story.stage import check_letters, check_mails

MAILS = 200 if FULL else 51


def asked(config, *words):
    """Return exit status and the one JSON line of a command."""
    command = [*COMMAND, *map(str, words), "--json"]
    command += ["--config", str(config)] if config else []
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=240, check=False)
    assert done.returncode in {0, 1}, done.stderr.decode()
    return done.returncode, json.loads(done.stdout)


def backups_of_a_running_worker(stage, place, count):
    """Let a worker run, and make backups from its first decision on; half the mails come later."""
    mails = mailbag(stage.campaign, USERS[0], count)
    half = count // 2
    stage.post(*mails[:half])
    made = []
    with office_of(stage.bot.config) as office:
        process = stage.bot.start("run")
        try:
            while not made or not all_is_done(stage):
                if decided(stage.bot):
                    now = office.clock.now()
                    made.append(make_backup(office, stage.bot.config, place, now).folder)
                    stage.post(*mails[half:] if len(made) == 1 else ())
                    time.sleep(1)  # a backup is named by its second
                assert process.poll() is None, "the worker ended"
            assert end(process, SIGTERM) == 0
        finally:
            end(process)
    assert stage.bot.once() == 0
    return made


def all_is_done(stage):
    on_its_way = stage.bot.rows("SELECT id FROM letters WHERE state IN ('queued', 'sending')")
    return decided(stage.bot) == len(stage.posted) and not on_its_way


def decided(bot):
    try:
        return bot.rows("SELECT count(*) AS n FROM mails WHERE outcome IS NOT NULL")[0]["n"]
    except Exception:  # noqa: BLE001 - the tables are not made yet
        return 0


def ended(bot):
    """Return how each mail ended, what is in force, and which letters were written."""
    mails = bot.rows("SELECT content_key, outcome, reason, campaign, unit FROM mails")
    versions = bot.rows(
        "SELECT m.content_key, s.requirement, s.unit, s.item, s.standing, s.readings"
        " FROM submissions s JOIN mails m ON m.id = s.mail_id WHERE s.withdrawn_at IS NULL"
    )
    letters = bot.rows("SELECT message_id FROM letters WHERE mail_id IS NOT NULL")
    return [
        {json.dumps(row, sort_keys=True) for row in rows} for rows in (mails, versions, letters)
    ]


def test_backups_of_a_running_worker_are_whole_and_restore_to_the_same_end(stage, tmp_path):
    made = backups_of_a_running_worker(stage, tmp_path / "backups", MAILS)
    assert [faults_of(folder) for folder in made] == [[] for _ in made]
    new = tmp_path / "new"
    assert asked(None, "restore", made[0], "--into", new)[0] == 0
    again = Deployment.__new__(Deployment)
    again.folder, again.config, again.ledger = new, new / "shoubiao.toml", new / "data/ledger.db"
    text = again.config.read_text(encoding="utf-8")
    assert PASSWORD not in text
    again.config.write_text(text.replace('password = ""', f'password = "{PASSWORD}"'))
    assert 0 < decided(again) < MAILS
    assert again.once() == 0
    for rows, others in zip(ended(again), ended(stage.bot), strict=True):
        assert rows - others == set() == others - rows
    check_mails(stage)
    stage.bot = again
    check_mails(stage)
    assert asked(again.config, "verify")[0] == 0
    for letters in stage.answers().values():
        assert len({letter.message_id for letter in letters}) == 1


def test_letters_are_each_sent_once_while_backups_are_made(stage, tmp_path):
    backups_of_a_running_worker(stage, tmp_path / "backups", 34)
    check_letters(stage)
