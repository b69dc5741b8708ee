"""`status`, `export`, `outbox`: what the ledger knows, for a person or as JSON Lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from bot.commands.offices import campaign_named, desk_of
from bot.commands.rows import print_rows
from bot.commands.screen import aside
from bot.commands.trouble import said, wrong

if TYPE_CHECKING:
    from pathlib import Path

    from bot.desk import Desk
    from rules.campaign import Campaign


FOR_A_PERSON = frozenset({"refused", "uncertain", "waiting-approval"})
LESS = frozenset({"attempts", "code", "not_before"})
"""What only --json tells of a waiting letter."""


def show_status(config: Path, *, as_json: bool) -> int:
    """Print each campaign's standings and each mailbox's equation; 1 if one does not hold."""
    with desk_of(config) as desk:
        standings = [row for c in desk.outlines for row in _standings(desk, c)]
        boxes = [_mailbox(desk, account.address) for account in desk.settings.accounts]
        print_rows(standings, as_json=as_json)
        print_rows(boxes, as_json=as_json)
    return 0 if all(box["holds"] for box in boxes) else 1


def _standings(desk: Desk, campaign: Campaign) -> list[dict[str, Any]]:
    from rules.standing import dues_of

    counts: dict[str, Counter[str]] = {r.key: Counter() for r in campaign.file.requirements}
    came = {key: row.standing for key, row in desk.ledger.standings(campaign.id).items()}
    for unit in campaign.roster.units:
        for due in dues_of(campaign, unit, came):
            counts[due.requirement.key][due.standing.value] += 1
    return [
        {
            "campaign": campaign.id,
            "requirement": r.key,
            "title": r.title,
            "due": r.due.isoformat(),
            **counts[r.key],
        }
        for r in campaign.file.requirements
    ]


def _mailbox(desk: Desk, address: str) -> dict[str, Any]:
    e = desk.ledger.equation(address)
    return {
        "mailbox": address, "mails": e.arrivals + e.unaccounted, "accepted": e.accepted,
        "returned": e.returned, "ignored": e.ignored, "held": e.held, "pending": e.pending,
        "unaccounted": e.unaccounted, "holds": e.complete,
    }  # fmt: skip


def write_export(campaign_id: str, output: Path | None, upward: Path | None, config: Path) -> int:
    """Write the roll-up workbook, the higher level's form, or both."""
    if output is None and upward is None:
        raise wrong("export-nothing")
    from bot.progress import busy
    from bot.reports.rollup import rollup

    with desk_of(config) as desk:
        campaign = campaign_named(desk.campaigns, campaign_id)
        written: dict[Path, bytes] = {}
        with busy("adding-up"):
            if output is not None:
                written[output] = rollup(desk, campaign)
            if upward is not None:
                written[upward] = _higher_form(desk, campaign)
    for path, data in written.items():
        path.write_bytes(data)
        aside().print(said("written", file=path))
    return 0


def _higher_form(desk: Desk, campaign: Campaign) -> bytes:
    from bot.reports.rollup import upward_attachments

    forms = upward_attachments(desk, campaign)
    if not forms:
        raise wrong("no-upward", campaign.id)
    return forms[0].data


def show_outbox(config: Path, *, as_json: bool) -> int:
    """Print every letter that has not simply been sent; 1 if one needs a person."""
    with desk_of(config) as desk:
        rows = [
            {
                "letter": row.id, "kind": row.kind, "state": row.state, "to": list(row.recipients),
                "subject": row.subject, "attempts": row.attempts, "code": row.code,
                "text": row.text, "not_before": row.not_before.isoformat(),
            }
            for row in desk.ledger.letters()
            if row.state != "sent"
        ]  # fmt: skip
        print_rows(rows, as_json=as_json, empty=said("none-waits"), leave_out=LESS)
    return 1 if any(row["state"] in FOR_A_PERSON for row in rows) else 0
