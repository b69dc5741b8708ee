"""`backup`, `restore`, `verify`, `purge`: what is kept, whole, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.commands.held import actor
from bot.commands.offices import campaign_named, desk_of
from bot.commands.rows import print_fields, print_json
from bot.commands.screen import screen
from bot.commands.trouble import language, said, wrong
from bot.keeping.backups import (
    archive_faults,
    faults_of,
    ledger_faults,
    make_backup,
    prune_backups,
    read_manifest,
)
from bot.keeping.leftovers import is_rehearsing, leftovers
from bot.keeping.restoring import restore_backup
from bot.progress import busy, steps
from bot.settings.mistakes import Mistake

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from bot.desk import Desk
    from bot.keeping.leftovers import Leftovers
    from rules.campaign import Campaign

    Asked = tuple[str, Sequence[str], datetime, datetime]  # campaign, mailboxes, from, to


def backup(config: Path, into: Path, *, link: bool, keep: int, as_json: bool) -> int:
    """Make a backup, prove it, and delete those that are too many; 1 if it is not whole."""
    with desk_of(config) as desk:
        made = make_backup(desk, config, into, desk.clock.now(), link=link)
    faults = faults_of(made.folder)
    told: dict[str, Any] = {
        "backup": str(made.folder), **made.manifest["counts"],
        "archived": made.manifest["archived"], "whole": not faults,
        "deleted": [str(folder) for folder in prune_backups(into, keep)] if not faults else [],
    }  # fmt: skip
    _tell(told, faults, as_json=as_json)
    return 1 if faults else 0


def restore(folder: Path, into: Path, *, as_json: bool) -> int:
    """Restore into an empty folder, and say what is left to do."""
    left = restore_backup(folder, into, Clock().now())
    if as_json:
        print_json({"restored": str(into), "todo": [one.told("en") for one in left]})
        return 0
    screen().print(said("restored", folder=into), markup=False)
    for one in left:
        screen().print(f"- {one.told(language())}", markup=False)
    return 0


def verify(config: Path, folder: Path | None, *, as_json: bool) -> int:
    """Prove the deployment or a backup whole; 1 if it is not."""
    if folder is not None:
        told = {"backup": str(folder), "made_at": read_manifest(folder)["made_at"]}
        faults = faults_of(folder)
    else:
        with desk_of(config) as desk:
            told, faults = _proved(desk)
    _tell(told | {"whole": not faults}, faults, as_json=as_json)
    return 1 if faults else 0


def _proved(desk: Desk) -> tuple[dict[str, Any], list[Mistake]]:
    faults = ledger_faults(desk.ledger) + archive_faults(desk.ledger, desk.archive)
    unequal = [a.address for a in desk.settings.accounts if not _holds(desk, a.address)]
    faults += [Mistake("fault-box", file=box) for box in unequal]
    kept = desk.ledger.kept_hashes().keys()
    spare = sum(sha not in kept for sha in desk.archive.hashes())
    told = {**desk.ledger.counts(), "archived": len(kept), "spare": spare}
    return told, faults


def _holds(desk: Desk, box: str) -> bool:
    """Mails still to be judged, or fetched, are no fault of what is kept."""
    e = desk.ledger.equation(box)
    return e.accepted + e.returned + e.ignored + e.held + e.pending == e.arrivals


def purge(campaign_id: str, config: Path, *, really: bool, as_json: bool) -> int:
    """Forget a campaign's mails and people once its retention is over; without --yes only count."""
    with desk_of(config) as desk:
        _check_rehearsal(desk)
        asked, until = _asked(desk, campaign_id)
        count, left = desk.ledger.purgeable(*asked), _left(desk, campaign_id)
        if really:
            with busy("forgetting"):
                count = desk.ledger.purge(*asked, actor(), desk.clock.now())
                desk.ledger.shrink()
            for sha in steps(tuple(desk.ledger.purged_hashes()), "deleting-mails"):
                desk.archive.forget(sha)
            left.forget()
        told = {
            "campaign": campaign_id, "retention_over": until.isoformat(), "mails": count.mails,
            "bytes": count.bytes, "letters": count.letters, "held": count.held,
            "ledger_copies": len(left.ledgers), "rehearsal": len(left.rehearsal) > 0,
            "versions": len(left.versions), "done": really,
        }  # fmt: skip
    if as_json:
        print_json(told)
        return 0
    print_fields(told)
    screen().print(said("purged" if really else "would-purge"), markup=False)
    return 0


def _check_rehearsal(desk: Desk) -> None:
    """Let no purge take a rehearsal for the deployment, nor its folder from under its worker."""
    if desk.settings.rehearse:
        raise wrong("purge-rehearses")
    if is_rehearsing(desk.settings.data):
        raise wrong("purge-while-rehearsing")


def _left(desk: Desk, campaign_id: str) -> Leftovers:
    known = any(campaign.id == campaign_id for campaign in desk.outlines)
    return leftovers(desk.settings.data, "" if known else campaign_id)


def _asked(desk: Desk, campaign_id: str) -> tuple[Asked, datetime]:
    """Return what to forget, and since when that is due.

    Of a campaign whose folder is gone, only the mails that it had claimed are known.
    """
    last = desk.ledger.last_received(campaign_id)
    if last is not None and all(campaign.id != campaign_id for campaign in desk.outlines):
        zone = ZoneInfo(desk.settings.timezone)
        until = _over(desk, campaign_id, last.astimezone(zone).date(), None, zone)
        return (campaign_id, (), last, last), until
    campaign = campaign_named(desk.outlines, campaign_id)
    zone = ZoneInfo(campaign.file.timezone)
    until = _over(desk, campaign_id, campaign.days_open()[1], campaign.file.keep_days, zone)
    return (campaign_id, campaign.file.boxes, *_days(campaign)), until


def _over(desk: Desk, campaign_id: str, last: date, days: int | None, zone: ZoneInfo) -> datetime:
    """Return since when the campaign may be forgotten; Trouble while it may not."""
    days = desk.settings.keep_days if days is None else days
    over = datetime.combine(last + timedelta(days=days + 1), datetime.min.time(), zone)
    if desk.clock.now() < over:
        raise wrong("purge-too-soon", campaign_id, until=over.date(), days=days)
    return over


def _days(campaign: Campaign) -> tuple[datetime, datetime]:
    first, last = campaign.days_open()
    zone, midnight = ZoneInfo(campaign.file.timezone), datetime.min.time()
    since = datetime.combine(first, midnight, zone)
    until = datetime.combine(last + timedelta(days=1), midnight, zone)
    return since.astimezone(UTC), until.astimezone(UTC)


def _tell(told: dict[str, Any], faults: Sequence[Mistake], *, as_json: bool) -> None:
    if as_json:
        print_json(told | {"faults": [fault.told("en") for fault in faults]})
        return
    print_fields(told)
    for fault in faults:
        screen().print(f"! {fault.told(language())}", markup=False)
