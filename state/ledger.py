"""The ledger (台账): all that is remembered, behind one door.

Every method is a transaction of its own and may be called from any thread. Do not fork a
process that holds an open ledger (sqlite.org/howtocorrupt.html §2.6): spawn it.
"""

from __future__ import annotations

from state.acts import Acts
from state.alerts import Alerts
from state.approvals import Approvals
from state.arrivals import Arrivals
from state.claims import Claims
from state.decisions import Decisions
from state.engine import take_turn
from state.keeping import Keeping
from state.letters import Letters
from state.measures import Measures
from state.migrations import bring_up_to_date
from state.outbox import Outbox
from state.polls import Polls
from state.purging import Purging
from state.reopening import Reopening
from state.report import Report
from state.resending import Resending
from state.rosters import Rosters
from state.standings import Standings
from state.submissions import Submissions
from state.threads import Threads
from state.workers import Workers


class Ledger(
    Arrivals,
    Polls,
    Claims,
    Decisions,
    Acts,
    Reopening,
    Submissions,
    Standings,
    Rosters,
    Outbox,
    Approvals,
    Resending,
    Letters,
    Threads,
    Report,
    Alerts,
    Keeping,
    Purging,
    Measures,
    Workers,
):
    """Opened with a database URL: `sqlite:////absolute/path` or `postgresql+psycopg://…`."""

    def migrate(self) -> None:
        """Bring the tables up to date; processes that start together take turns."""
        with self.writing() as connection:
            take_turn(connection, "migrate")
            bring_up_to_date(connection)
