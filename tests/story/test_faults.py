"""A representative part of the fault suite; all of it: `python -m tests.faults --full`."""

from __future__ import annotations

import pytest

from tests.faults.suite import FAULTS
from tests.faults.tally import Tally
from tests.story.conftest import FULL


# A connection that a server broke off may be closed by the collector only: asyncio warns of that.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("fault", FAULTS, ids=[fault.number for fault in FAULTS])
def test_promises_hold_under(fault):
    tally = Tally()
    fault.run(tally, FULL)
    assert tally.points
    assert tally.failures == []
