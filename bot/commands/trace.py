"""`shoubiao trace`: from a number in the roll-up to the cell it was read from."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.commands.held import ended, mail_of, no_unit
from bot.commands.offices import campaign_named, desk_of
from bot.commands.rows import clock, print_fields, print_json, print_rows
from bot.commands.screen import screen
from bot.commands.trouble import said, wrong
from bot.reports.tracing import columns_named, counts, found_in, found_json, total_json
from rules.who.names import match_name, sure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.desk import Desk
    from bot.reports.tracing import Asked
    from rules.campaign import Campaign
    from state.rows.submissions import SubmissionRow

RECEIPT = re.compile(r"(?:\d{8}-)?0*(\d+)")
"""A mail's number, or the number on a receipt, which ends with it."""


def trace_number(  # noqa: PLR0913 - what may be asked of it
    whose: str, field: str, unit: str | None, config: Path, *, versions: bool, as_json: bool
) -> int:
    """Print the total and every number in it; 1 when nobody gave one or a raw mail is damaged."""
    with desk_of(config) as desk:
        campaign, rows = _versions(desk, whose, versions=versions)
        columns = columns_named(campaign, field, rows)
        if not columns:
            raise wrong("no-field", campaign.id, given=field, known=_fields(campaign))
        if unit is not None:
            owner = _unit(campaign, unit)
            rows = [row for row in rows if row.unit == owner]
        intact = _checker(desk)
        told = [_column(desk, asked, rows, intact, one_unit=unit) for asked in columns]
        told = [one for one in told if one[1]] or told[:1]
    for total, lines in told:
        _print(total, lines, desk.settings.timezone, as_json=as_json)
    lines = [line for _, lines in told for line in lines]
    return 0 if lines and all(line["mail"]["intact"] is not False for line in lines) else 1


def _column(
    desk: Desk,
    asked: Asked,
    rows: list[SubmissionRow],
    intact: Callable[[str], bool | None],
    *,
    one_unit: str | None,
) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    found = found_in(asked, rows)
    in_force = [one for one in found if counts(one.submission)]
    shows_total = asked.adds_up and one_unit is None and len(in_force) == len(found)
    total = total_json(asked, in_force) if shows_total else None
    return total, [found_json(desk, one, intact) for one in found]


def _versions(desk: Desk, whose: str, *, versions: bool) -> tuple[Campaign, list[SubmissionRow]]:
    """Return the versions a total is made of, or those that came with one mail."""
    if any(campaign.id == whose for campaign in desk.campaigns):
        rows = desk.ledger.submissions(whose, in_force=not versions)
        campaign = campaign_named(desk.campaigns, whose)
        return campaign, rows if versions else [row for row in rows if counts(row)]
    number = RECEIPT.fullmatch(whose)
    if number is None:
        campaign_named(desk.campaigns, whose)
        raise AssertionError("unreachable")
    row = mail_of(desk, int(number[1]))
    rows = desk.ledger.submissions_of(row.id)
    if not rows:
        raise wrong("mail-without-numbers", mail=row.id, outcome=ended(row))
    return campaign_named(desk.campaigns, rows[0].campaign), rows


def _unit(campaign: Campaign, name: str) -> str:
    matches = match_name(name, campaign.roster)
    certain = sure(matches)
    if campaign.roster.get(name) is not None:
        return name
    if certain is None:
        raise no_unit(campaign, name, matches)
    return certain.id


def _fields(campaign: Campaign) -> str:
    keys = [f"{f.key} ({f.label})" for form in campaign.forms.values() for f in form.fields]
    return ", ".join(keys)


def _checker(desk: Desk) -> Callable[[str], bool | None]:
    """Return what hashes each raw mail once."""
    return cache(desk.archive.verify)


def _print(
    total: dict[str, Any] | None, lines: list[dict[str, Any]], zone: str, *, as_json: bool
) -> None:
    if as_json:
        for row in ([total] if total else []) + lines:
            print_json(row)
        return
    if total is not None:
        facts = {name: total[name] for name in ("requirement", "label", "numbers", "units")}
        sum_ = f"{total['total']} {total['measure'] or ''}".strip()
        screen().print(said("total", total=sum_, **facts), markup=False)
    if len(lines) == 1:
        below = _down(lines[0])
        print_fields(below | {"received": clock(below["received"], zone)})
        return
    print_rows([_short(line) for line in lines], as_json=False, empty=said("none-given"))


def _short(line: dict[str, Any]) -> dict[str, Any]:
    file, mail = line["file"], line["mail"]
    return {
        "value": line["value"] if line["value"] is not None else line["status"],
        "unit": line["unit"]["name"], "item": line["item"], "version": line["version"],
        "standing": "withdrawn" if line["withdrawn"] else line["standing"],
        "written": line["raw"], "place": line["place"],
        "file": file["name"] if file else said("in-body"), "mail": mail["mail"],
        "sha256": mail["sha256"][:16], "intact": _intact(mail),
    }  # fmt: skip


def _down(line: dict[str, Any]) -> dict[str, Any]:
    file, mail = line["file"], line["mail"]
    return _short(line) | {
        "submission": line["submission"], "label": line["label"], "measure": line["measure"],
        "inside": file["path"] if file else [], "file sha256": file["sha256"] if file else "",
        "from": mail["from"], "message id": mail["message_id"], "received": mail["received"],
        "shown": mail["shown"], "sha256": mail["sha256"], "mended from": mail["mended_from"],
        "raw mail": mail["raw"],
    }  # fmt: skip


def _intact(mail: dict[str, Any]) -> str:
    return said(f"intact-{'purged' if mail['purged'] else 'yes' if mail['intact'] else 'no'}")
