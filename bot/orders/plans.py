"""Which function plans which verb that changes something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.orders.dues import exempt, extend
from bot.orders.mails import claim, enlist, reread, settle
from bot.orders.pauses import pause, resume
from bot.orders.releases import refuse, release
from bot.orders.roster import adopt, undone
from bot.orders.undoing import UNDONE, undo
from bot.orders.versions import withdraw
from rules.commands.command import Verb

if TYPE_CHECKING:
    from bot.orders.order import Planner

PLANS: dict[Verb, Planner] = {
    Verb.CLAIM: claim,
    Verb.EXEMPT: exempt,
    Verb.EXTEND: extend,
    Verb.REREAD: reread,
    Verb.SETTLE: settle,
    Verb.WITHDRAW: withdraw,
    Verb.PAUSE: pause,
    Verb.RESUME: resume,
    Verb.UNDO: undo,
    Verb.ENLIST: enlist,
    Verb.ADOPT: adopt,
    Verb.RELEASE: release,
    Verb.REFUSE: refuse,
}
UNDONE[Verb.ADOPT] = undone
