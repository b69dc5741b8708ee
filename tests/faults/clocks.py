"""TC: a round at a wrong time, then the clock is put right: each mail and letter once."""

from __future__ import annotations

import shutil

from tests.faults.scene import scene
from tests.servers.smtp_script import CLOSE

JUMPS = ("-400d", "-40d", "-3d", "-1h", "+1h", "+3d", "+40d", "+400d")
SOME = ("+3d",)
WAITED_OUT = {"+1h": "+2h"}  # so short a jump need not be told from a wait
FAKETIME = shutil.which("faketime")


def run(tally, full):
    """Let the letters of the wrong time leave at once, and again only when it is over."""
    if FAKETIME is None:
        tally.note("faketime is not installed: nothing was tried")
        return
    with scene() as stage:
        for jump in JUMPS if full else SOME:
            with tally.point(f"a whole round at {jump}"):
                _round_at(stage, jump)
                stage.settle()
                stage.check(copies=1)
            with tally.point(f"a round at {jump} whose letters cannot leave"):
                _mute_round_at(stage, jump)
                stage.settle(under=_at(WAITED_OUT[jump]) if jump in WAITED_OUT else ())
                stage.check(copies=1)


def _round_at(stage, jump):
    stage.begin_again()
    assert stage.run(under=_at(jump)) == 0, stage.last_words()


def _mute_round_at(stage, jump):
    stage.smtp.say("greeting", CLOSE)
    _round_at(stage, jump)
    assert not stage.smtp.letters
    stage.smtp.say("greeting")


def _at(jump):
    return (FAKETIME, "-m", "-f", jump)
