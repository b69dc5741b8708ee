"""A coordinator acts by mail while the worker runs: confirmed first, taken back by one reply."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime
from sqlite3 import OperationalError

from tests.draw import papers
from tests.servers.dovecot import USERS
from tests.story.deployment import now
from tests.story.mailbag import Posted
from tests.story.stage import check_ledger, on_stage
from tests.story.test_running import Running, awaited

BOSS, STRANGER = "kepu@example.cn", "teacher@school.example.cn"


def written(sender, subject, text, *files, number=[0]):  # noqa: B006 - counts the mails
    """Return a mail as a client sends it, its subject in encoded words."""
    number[0] += 1
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, USERS[0], subject
    message["Date"], message["Message-ID"] = format_datetime(now()), f"<o{number[0]}@example.cn>"
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, "application", "octet-stream", filename=name)
    return Posted("order", message.as_bytes(), str(message["Message-ID"]), sender, frozenset())


def letter(stage, kind, to=BOSS):
    """Return the newest letter of a kind to somebody, once there is one."""
    found = [one for one in stage.sink.accepted if one.kind == kind and one.recipients == (to,)]
    return message_from_bytes(found[-1].raw, policy=default) if found else None


def test_a_mail_is_claimed_and_a_unit_exempted_by_mail_and_both_are_undone(tmp_path):
    form = ("统计表.docx", papers.statistics("我们单位", {"participants": "1200"}))
    with on_stage(tmp_path, coordinators=f"[{BOSS}]", at="19:59") as stage, Running(stage):

        def unit_of_the_mail():
            return stage.bot.rows("SELECT unit, outcome FROM mails WHERE id = 1")

        def is_held():
            try:
                return unit_of_the_mail() == [{"unit": None, "outcome": "held"}]
            except OperationalError:  # the worker has not made the ledger yet
                return False

        stage.post(written(STRANGER, "统计表", "请查收。", form))
        awaited(is_held)
        stage.post(written(BOSS, "认领 第1号 赤峰市科技局", ""))
        asked = awaited(lambda: letter(stage, "command-confirm"))
        assert is_held()
        stage.post(written(BOSS, f"回复：{asked['Subject']}", "确认"))
        done = awaited(lambda: letter(stage, "command-done"))
        awaited(lambda: letter(stage, "receipt", STRANGER))
        assert unit_of_the_mail() == [{"unit": "chifeng", "outcome": "accepted"}]

        stage.post(written(BOSS, f"Re: {done['Subject']}", "撤销\n\n发自我的手机"))
        awaited(is_held)

        stage.post(written(BOSS, "Re: 收表日报", "免报 乌海市科技局 统计表"))
        asked = awaited(lambda: "免报" in (letter(stage, "command-confirm") or {})["Subject"]
                        and letter(stage, "command-confirm"))  # fmt: skip
        stage.post(written(BOSS, f"答复：{asked['Subject']}", "确认"))
        exempt = "SELECT unit, requirement FROM amendments WHERE ended_by IS NULL"
        awaited(lambda: stage.bot.rows(exempt) == [{"unit": "wuhai", "requirement": "statistics"}])
        done = awaited(lambda: "免报" in letter(stage, "command-done")["Subject"]
                       and letter(stage, "command-done"))  # fmt: skip
        stage.post(written(BOSS, f"Re: {done['Subject']}", "撤销"))
        awaited(lambda: stage.bot.rows(exempt) == [])
    acts = stage.bot.rows("SELECT verb, undone_by FROM acts ORDER BY id")
    assert [act["verb"] for act in acts] == ["claim", "undo", "exempt", "undo"]
    assert [act["undone_by"] is not None for act in acts] == [True, False, True, False]
    check_ledger(stage)
