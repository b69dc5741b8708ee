"""Options of the whole test suite."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

os.environ["LC_ALL"] = "C.UTF-8"  # commands speak as the terminal does; tests know one language

settings.register_profile(
    "steady",
    deadline=None,  # no test asserts how long anything takes
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("SHOUBIAO_STORY") != "full",  # a full run tries what none tried
)
settings.load_profile("steady")


def pytest_addoption(parser):
    parser.addoption(
        "--rewrite-cases",
        action="store_true",
        help="write what tests/cases say today as their expectations; review the diff",
    )


def pytest_make_parametrize_id(val, argname):
    """Name bytes by what they are for: a zip made now has other bytes in each process of xdist."""
    return argname if isinstance(val, bytes) else None
