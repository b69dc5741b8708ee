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
JOBS = {
    "poll": ("connect", "sendto", "recvfrom"),
    "judge": ("fdatasync", "pwrite64", "sendto", "recvfrom"),
    "send": ("connect", "sendto", "recvfrom", "fdatasync", "pwrite64"),
    "tick": ("fdatasync", "sendto"),
}  # counted in the thread of the job alone: else the busiest thread gets there first
SOME = {"fdatasync": (3,), "sendto": (14,)}
MOST = 400  # calls of one kind in one thread; a cycle makes fewer
STEPS = {"pwrite64": 3, "write": 5, "recvfrom": 2}  # in the full sweep too: they come in runs


def run(tally, full):
    """Kill at each call, until a cycle ends without being killed."""
    with scene() as stage:
        with tally.point("without a kill"):
            stage.settle()
            stage.check(copies=1)
        if not full:
            for call, numbers in SOME.items():
                for number in numbers:
                    _kill(tally, stage, "", call, number)
            return
        for call in CALLS:
            _sweep(tally, stage, "", call)
        for job, calls in JOBS.items():
            for call in calls:
                _sweep(tally, stage, job, call)


def _sweep(tally, stage, job, call):
    killed = 0
    for number in range(1, MOST, STEPS.get(call, 1)):
        if not _kill(tally, stage, job, call, number):
            break
        killed += 1
    tally.note(f"{killed} kills at {call}{f' of the thread of {job}' if job else ''}")


def _kill(tally, stage, job, call, number):
    """Kill at the call of this number; return whether there was one before the cycle was over."""
    code = 0
    with tally.point(f"{job} {call} {number}"):
        stage.begin_again()
        code = stage.run(f"-etrace={call}", f"-einject={call}:signal=KILL:when={number}", job=job)
        stage.settle()
        stage.check(readers_died=code == 0)  # the call may have been a reader's
    return code != 0
