"""Options of the whole test suite."""

from __future__ import annotations


def pytest_addoption(parser):
    parser.addoption(
        "--rewrite-cases",
        action="store_true",
        help="write what tests/cases say today as their expectations; review the diff",
    )
