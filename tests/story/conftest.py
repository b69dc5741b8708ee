"""Stories need a Dovecot; SHOUBIAO_STORY=full makes them as long as the promises ask for."""

from __future__ import annotations

import os

import pytest

from tests.servers.dovecot import Dovecot
from tests.story.stage import on_stage

FULL = os.environ.get("SHOUBIAO_STORY") == "full"


def pytest_collection_modifyitems(items):
    skip = pytest.mark.skip(reason="Dovecot is not installed")
    for item in items:
        if "tests/story" in str(item.path) and not Dovecot.installed():
            item.add_marker(skip)


@pytest.fixture
def stage(tmp_path):
    with on_stage(tmp_path / "bot") as opened:
        yield opened
