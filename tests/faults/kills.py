"""T1: kill -9 at every sync, write, send, receive, connect and rename of a whole cycle."""

from __future__ import annotations

from tests.faults.scene import scene

CALLS = (
    "fdatasync",
    "fsync",
    "pwrite64",
    "sendto",
    "recvfrom",
    "connect",
    "rename",
    "unlink",
    "write",
)
KILLED = -9
SOME = {"fdatasync": (3,), "sendto": (14,)}
MOST = 400  # calls of one kind in one thread; a cycle makes fewer
STEPS = {"pwrite64": 3, "write": 5, "recvfrom": 2}  # in the full sweep too: they come in runs


def run(tally, full):
    """Kill at each call, until a cycle ends without being killed."""
    with scene() as stage:
        with tally.point("without a kill"):
            stage.settle()
            stage.check(copies=1)
        for call in CALLS if full else SOME:
            numbers = range(1, MOST, STEPS.get(call, 1)) if full else SOME[call]
            killed = 0
            for number in numbers:
                alive = _kill(tally, stage, call, number)
                killed += not alive
                if alive and full:
                    break
            tally.note(f"{killed} kills at {call}")


def _kill(tally, stage, call, number):
    """Kill at the call of this number in any thread; return whether the cycle was over before."""
    code = 0
    with tally.point(f"{call} {number}"):
        stage.begin_again()
        code = stage.run(f"-etrace={call}", f"-einject={call}:signal=KILL:when={number}")
        stage.settle()
        stage.check(readers_died=code == 0)  # the call may have been a reader's
    return code == 0
