"""The order to take a submission out of force (撤回): what came before it stands again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.orders.order import Order, Plan, Refused
from bot.outbox.letters import receipt_number
from rules.commands.command import EVERYTHING
from state.rows.acts import Withdraw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.campaign import Campaign
    from state.rows.submissions import SubmissionRow


def withdraw(order: Order) -> Plan | Refused:
    """Withdraw what one mail brought: of a unit and requirement, where these are named."""
    rows = _meant(order)
    mails = {row.mail_id for row in rows}
    if not rows:
        return Refused("nothing-in-force")
    if len(mails) > 1:
        numbers = tuple(_named(order.campaign, row) for row in rows)
        return Refused("which-of-several", candidates=numbers)
    exact = replace(order.command, number=rows[0].mail_id)
    facts = _facts(order.campaign, rows)
    return Plan((Withdraw(tuple(row.id for row in rows)),), facts, exact)


def _meant(order: Order) -> list[SubmissionRow]:
    """Return the submissions that are meant: of a mail all, else those in force."""
    command, ledger = order.command, order.office.ledger
    if command.number is None:
        rows = ledger.submissions(order.campaign.id, unit=command.unit)
    else:
        rows = ledger.submissions_of(command.number)
    keys = {"", EVERYTHING, *(r.key for r in order.campaign.file.requirements)}
    wanted = keys if command.requirement in {"", EVERYTHING} else {command.requirement}
    return [
        row
        for row in rows
        if row.campaign == order.campaign.id
        and row.withdrawn_at is None
        and row.unit == (command.unit or row.unit)
        and row.requirement in wanted
    ]


def _named(campaign: Campaign, row: SubmissionRow) -> str:
    title = campaign.requirement(row.requirement).title
    item = f"（{row.item}）" if row.item else ""
    number = receipt_number(campaign, row.received_at, row.mail_id)
    return f"{number} {title}{item}"


def _facts(campaign: Campaign, rows: Sequence[SubmissionRow]) -> dict[str, str]:
    unit = campaign.roster.get(rows[0].unit)
    titles = dict.fromkeys(campaign.requirement(row.requirement).title for row in rows)
    return {
        "number": receipt_number(campaign, rows[0].received_at, rows[0].mail_id),
        "unit": unit.name if unit else rows[0].unit,
        "titles": "、".join(titles),
    }
