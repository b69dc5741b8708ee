"""What the process that reads mails is told of the campaigns, so that it can look for forms.

Their forms, their year and their units' names: no person, no address, for what it reads may take
it over.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from rules.campaign import Campaign, CampaignFile
from rules.form import Form
from rules.roster import Roster, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

ABOUT = {"id", "title", "window", "requirements"}


@dataclass(frozen=True, slots=True)
class _Told:
    file: CampaignFile
    forms: tuple[Form, ...]
    units: tuple[tuple[str, str, tuple[str, ...], str], ...]  # id, name, aliases, parent


_TOLD = TypeAdapter(tuple[_Told, ...])


def tell(campaigns: Iterable[Campaign]) -> bytes:
    """Return the campaigns as JSON, as much of them as recognising a form takes."""
    told = tuple(
        _Told(
            CampaignFile(**{name: getattr(c.file, name) for name in ABOUT}),
            tuple(c.forms.values()),
            tuple((u.id, u.name, u.aliases, u.parent) for u in c.roster.units),
        )
        for c in campaigns
    )
    return _TOLD.dump_json(told, by_alias=True)


def hear(told: bytes) -> tuple[Campaign, ...]:
    """Return the campaigns that were told."""
    return tuple(
        Campaign(
            one.file,
            {form.id: form for form in one.forms},
            Roster(tuple(Unit(*unit[:3], parent=unit[3]) for unit in one.units)),
            {},
            Path(),
        )
        for one in _TOLD.validate_json(told)
    )
