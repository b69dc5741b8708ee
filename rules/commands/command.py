"""The commands there are: their words, what each needs, and who may give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

EVERYTHING = "*"
"""In place of a requirement: all that the unit still owes."""


class Verb(StrEnum):
    """What is to be done."""

    CLAIM = "claim"
    EXEMPT = "exempt"
    EXTEND = "extend"
    REREAD = "reread"
    SETTLE = "settle"
    WITHDRAW = "withdraw"
    PAUSE = "pause"
    RESUME = "resume"
    UNDO = "undo"
    ADOPT = "adopt"
    ENLIST = "enlist"
    RELEASE = "release"
    REFUSE = "refuse"
    ROSTER = "roster"
    ROLLUP = "rollup"
    STATUS = "status"
    HELP = "help"
    QUERY = "query"
    BLANKS = "blanks"


WORDS: dict[Verb, tuple[str, ...]] = {
    Verb.CLAIM: ("认领", "认定"),
    Verb.EXEMPT: ("免报", "免于报送"),
    Verb.EXTEND: ("展期", "延期"),
    Verb.REREAD: ("重读", "重新读取"),
    Verb.SETTLE: ("办结", "办完"),
    Verb.WITHDRAW: ("撤回",),
    Verb.PAUSE: ("暂停",),
    Verb.RESUME: ("恢复",),
    Verb.UNDO: ("撤销",),
    Verb.ADOPT: ("启用名单", "名单确认"),
    Verb.ENLIST: ("收录",),
    Verb.RELEASE: ("放行",),
    Verb.REFUSE: ("不发",),
    Verb.ROSTER: ("名单", "应报名单"),
    Verb.ROLLUP: ("汇总表", "汇总"),
    Verb.STATUS: ("状态", "进度"),
    Verb.HELP: ("帮助", "指令", "help"),
    Verb.QUERY: ("查询",),
    Verb.BLANKS: ("模板", "空表", "模版"),
}
"""What people write for a verb; the first is what the bot writes itself."""

CONFIRM = "确认"
"""Not a verb: a reply that says so gives the command of the letter it answers."""

LOOKS = frozenset({Verb.ROSTER, Verb.ROLLUP, Verb.STATUS, Verb.HELP})
"""Change nothing: answered to the address on record, without a code."""

OWN = frozenset({Verb.QUERY, Verb.BLANKS})
"""For submitters, about their own units only."""

ACTS = frozenset(Verb) - LOOKS - OWN
"""Change something: done only with a code that was sent to whoever sends it."""


@dataclass(frozen=True, slots=True)
class Command:
    """One order, everything in it known: ids of the campaign's roster and requirements.

    `number` is that of a mail: which it is about (认领 重读 办结 撤回 收录), or which ordered what
    is undone (撤销); of 启用名单 it is the roster's version, of 放行 and 不发 a waiting letter's.
    `requirement` may be EVERYTHING; of 放行 that is every letter up to this one. A `unit` of
    暂停 and 恢复 means only its reminders.
    """

    verb: Verb
    number: int | None = None
    unit: str = ""
    requirement: str = ""
    day: date | None = None
