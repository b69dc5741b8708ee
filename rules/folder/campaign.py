"""What campaign.yaml must agree on with itself and with the forms beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rules.folder.validation import suggest
from rules.form import InWindow
from rules.wording import check_wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rules.campaign import CampaignFile, Requirement
    from rules.folder.yaml_lines import Lined
    from rules.folder.yaml_quick import Path_
    from rules.form import Form

KINDS = ("form", "report", "video", "photos", "press")
ADDRESS = re.compile(r"[^@\s<>\"',;:]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


def check_campaign_file(
    file: CampaignFile, lined: Lined, forms: Mapping[str, Form | None], folder: str
) -> None:
    """Note in `lined` every statement that cannot be true together with the others.

    `forms` has every form of the folder by id, None for one that could not be loaded.
    """
    if file.id != folder:
        lined.add("id-is-not-folder", ("id",), given=file.id, folder=folder)
    _check_zone(file, lined)
    _check_addresses(file, lined)
    _check_days(file, lined)
    check_wording(file.wording, lined)
    if not file.requirements:
        lined.add("no-requirements", ("requirements",))
    seen: set[str] = set()
    for index, requirement in enumerate(file.requirements):
        path = ("requirements", index)
        for name in {requirement.key, requirement.title} & seen:
            lined.add("duplicate-requirement", path, given=name)
        seen |= {requirement.key, requirement.title}
        _check_requirement(requirement, lined, path, forms)
        _check_window(file, requirement, lined, path, forms)


def _check_zone(file: CampaignFile, lined: Lined) -> None:
    try:
        ZoneInfo(file.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        lined.add("unknown-timezone", ("timezone",), given=file.timezone)


def _check_addresses(file: CampaignFile, lined: Lined) -> None:
    lists: tuple[tuple[Path_, tuple[str, ...]], ...] = (
        (("mailboxes",), file.mailboxes),
        (("coordinators",), file.coordinators),
        (("digest", "to"), file.digest.to),
    )
    for path, addresses in lists:
        for index, address in enumerate(addresses):
            if ADDRESS.fullmatch(address) is None:
                lined.add("wrong-address", (*path, index), given=address)


def _check_days(file: CampaignFile, lined: Lined) -> None:
    window = file.window
    if window is not None and window.first > window.last:
        lined.add("wrong-order", ("window",), first=window.first, last=window.last)
    if file.opens is not None and file.closes is not None and file.opens > file.closes:
        lined.add("wrong-order", ("opens",), first=file.opens, last=file.closes)
    for index, requirement in enumerate(file.requirements):
        if file.opens is not None and requirement.due < file.opens:
            path = ("requirements", index, "due")
            lined.add("wrong-order", path, first=f"opens {file.opens}", last=requirement.due)
        if file.closes is not None and requirement.due > file.closes:
            path = ("requirements", index, "due")
            lined.add("wrong-order", path, first=requirement.due, last=f"closes {file.closes}")
    _check_distances(lined, "before_days", file.reminders.before_days, 0)
    _check_distances(lined, "after_days", file.reminders.after_days, 1)
    _check_distances(lined, "superior_days", file.reminders.superior_days, 1)
    _check_hours(file, lined)


def _check_distances(lined: Lined, key: str, days: tuple[int, ...], least: int) -> None:
    for index, distance in enumerate(days):
        if not least <= distance <= 60:
            suggestion = f"write a number from {least} to 60"
            lined.add(
                "wrong-days", ("reminders", key, index), given=distance, suggestion=suggestion
            )


def _check_hours(file: CampaignFile, lined: Lined) -> None:
    """Letters leave by day: the night ends before it begins again, and `at` lies between."""
    plan, path = file.reminders, ("reminders", "quiet")
    if plan.quiet.morning == plan.quiet.evening:
        return
    if plan.quiet.morning > plan.quiet.evening:
        lined.add("wrong-order", path, first=plan.quiet.morning, last=plan.quiet.evening)
    elif plan.at >= plan.quiet.evening:
        last = f"quiet from {plan.quiet.evening}"
        lined.add("wrong-order", ("reminders", "at"), first=plan.at, last=last)


FILMS_AND_PHOTOS = {"video", "photos"}  # 影像资料 asks for both in one word


def _check_requirement(
    requirement: Requirement, lined: Lined, path: Path_, forms: Mapping[str, Form | None]
) -> None:
    kinds = [kind for kind in KINDS if getattr(requirement, kind)]
    if not kinds:
        lined.add("no-kind", path)
    elif len(kinds) > 1 and set(kinds) != FILMS_AND_PHOTOS:
        given = " and ".join(f"“{kind}”" for kind in kinds)
        lined.add("two-kinds", path, given=given)
    if requirement.form is not None and requirement.form not in forms:
        suggestion = suggest(requirement.form, forms)
        lined.add("unknown-form", (*path, "form"), given=requirement.form, suggestion=suggestion)
        return
    _check_identifier(requirement, lined, path, forms)
    _check_last_year(requirement, lined, path, forms)


def _check_last_year(
    requirement: Requirement, lined: Lined, path: Path_, forms: Mapping[str, Form | None]
) -> None:
    form = forms.get(requirement.form or "")
    known = [field.key for field in form.fields] if form else []
    for key in requirement.last_year if form or not requirement.form else ():
        if key not in known:
            at = (*path, "last_year")
            lined.add("unknown-field", at, given=key, suggestion=suggest(key, known))


def _check_identifier(
    requirement: Requirement, lined: Lined, path: Path_, forms: Mapping[str, Form | None]
) -> None:
    form = forms.get(requirement.form or "")
    if form is None:
        return
    given = requirement.identified_by
    if given is None:
        if requirement.per_unit == "many" and form.identified_by is None:
            lined.add("many-needs-identifier", path)
        return
    labels = [field.label for field in form.fields]
    if given not in labels:
        at = (*path, "identified_by")
        known = suggest(given, labels)
        lined.add("identifier-unknown", at, form=form.id, given=given, suggestion=known)


def _check_window(
    file: CampaignFile,
    requirement: Requirement,
    lined: Lined,
    path: Path_,
    forms: Mapping[str, Form | None],
) -> None:
    form = forms.get(requirement.form or "")
    if file.window is None and form and any(isinstance(c, InWindow) for c in form.checks):
        lined.add("window-missing", (*path, "form"))
