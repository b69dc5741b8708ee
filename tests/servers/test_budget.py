"""How an account's budget is shared: strangers never use up what the units' letters need."""

from __future__ import annotations

from datetime import timedelta

from bot.outbox.caps import STRANGERS
from tests.faults.desk import account, desk
from tests.servers.smtp_script import ScriptedSmtp

BUDGET = {"per_hour": 10, "per_day": 100, "per_batch": 20, "pause_seconds": 0}


def test_letters_to_strangers_leave_half_of_each_hour_to_the_units():
    with ScriptedSmtp() as smtp, desk(account(smtp=smtp.port, budget=BUDGET)) as bot:
        for number in range(12):
            bot.queue(f"stranger{number}", priority=STRANGERS)
        bot.send()
        assert len(smtp.letters) == 5
        units = [bot.queue(f"unit{number}") for number in range(5)]
        bot.send()
        assert {bot.states()[name] for name in units} == {"sent"}
        bot.clock.advance(timedelta(minutes=61))
        bot.send()
        assert len(smtp.letters) == 15
        bot.clock.advance(timedelta(minutes=61))
        bot.send()
        assert set(bot.states().values()) == {"sent"}
