"""`status`, `export`, `outbox`, `held`: what the ledger knows, for a person or as JSON Lines."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from bot.commands.offices import campaign_named, office_of
from bot.commands.screen import screen
from bot.rollup import rollup
from rules.standing import dues_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bot.office import Office
    from rules.campaign import Campaign


LESS = frozenset({"mailbox", "attempts", "code", "not_before", "raw"})
"""What only --json tells of a held mail or a waiting letter."""


def show_status(config: Path, *, as_json: bool) -> int:
    """Print each campaign's standings and each mailbox's equation; 1 if one does not hold."""
    with office_of(config) as office:
        standings = [row for c in office.campaigns for row in _standings(office, c)]
        boxes = [_mailbox(office, account.address) for account in office.settings.accounts]
        _print(standings, as_json=as_json)
        _print(boxes, as_json=as_json)
    return 0 if all(box["holds"] for box in boxes) else 1


def _standings(office: Office, campaign: Campaign) -> list[dict[str, Any]]:
    counts: dict[str, Counter[str]] = {r.key: Counter() for r in campaign.file.requirements}
    came = {key: row.standing for key, row in office.ledger.standings(campaign.id).items()}
    for unit in campaign.roster.units:
        for due in dues_of(campaign, unit, came):
            counts[due.requirement.key][due.standing.value] += 1
    return [
        {"campaign": campaign.id, "requirement": r.key, "due": r.due.isoformat(), **counts[r.key]}
        for r in campaign.file.requirements
    ]


def _mailbox(office: Office, address: str) -> dict[str, Any]:
    e = office.ledger.equation(address)
    return {
        "mailbox": address, "mails": e.arrivals + e.unaccounted, "accepted": e.accepted,
        "returned": e.returned, "ignored": e.ignored, "held": e.held, "pending": e.pending,
        "unaccounted": e.unaccounted, "holds": e.complete,
    }  # fmt: skip


def write_export(campaign_id: str, output: Path, config: Path) -> int:
    """Write the roll-up workbook."""
    with office_of(config) as office:
        campaign = campaign_named(office.campaigns, campaign_id)
        output.write_bytes(rollup(office, campaign))
    Console(stderr=True).print(f"written: {output}")
    return 0


def show_outbox(config: Path, *, as_json: bool) -> int:
    """Print every letter that has not simply been sent; 1 if one needs a person."""
    with office_of(config) as office:
        rows = [
            {
                "letter": row.id, "kind": row.kind, "state": row.state, "to": list(row.recipients),
                "subject": row.subject, "attempts": row.attempts, "code": row.code,
                "text": row.text, "not_before": row.not_before.isoformat(),
            }
            for row in office.ledger.letters()
            if row.state != "sent"
        ]  # fmt: skip
        _print(rows, as_json=as_json, empty="nothing waits in the outbox", leave_out=LESS)
    return 1 if any(row["state"] in {"refused", "uncertain"} for row in rows) else 0


def show_held(config: Path, *, as_json: bool) -> int:
    """Print the mails that wait for a person; 1 if there are any."""
    with office_of(config) as office:
        rows = [
            {
                "mail": row.id, "received": row.received_at.isoformat(), "mailbox": row.mailbox,
                "from": row.sender_address, "subject": row.subject, "reason": row.reason,
                "attempts": row.attempts, "cause": row.cause or "",
                "candidates": [c.name for c in row.candidates or ()],
                "raw": str(office.archive.path(row.raw_sha256)),
            }
            for row in office.ledger.held()
        ]  # fmt: skip
        _print(rows, as_json=as_json, empty="no mail is held", leave_out=LESS)
    return 1 if rows else 0


def _print(
    rows: Iterable[dict[str, Any]],
    *,
    as_json: bool,
    empty: str = "",
    leave_out: frozenset[str] = frozenset(),
) -> None:
    """Print rows as JSON Lines, or as a table that fits a terminal without cutting words."""
    listed = list(rows)
    if as_json:
        for row in listed:
            print(json.dumps(row, ensure_ascii=False))  # noqa: T201 - the contract
        return
    console = screen()
    if not listed:
        console.print(empty) if empty else None
        return
    columns = [k for k in dict.fromkeys(k for row in listed for k in row) if k not in leave_out]
    table = Table(box=None, padding=(0, 1))
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in listed:
        table.add_row(*(_cell(row.get(key, "")) for key in columns))
    console.print(table)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
