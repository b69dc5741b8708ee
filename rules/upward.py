"""What of a campaign goes into the higher level's form, as a folder's upward.yaml says it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from rules.campaign import Campaign, Requirement
from rules.form import Form, FormField
from rules.strict import Strict


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class UpwardLine(Strict):
    """One field of the higher level's form: the sum of own fields, or what an own text says.

    Fields are named by label or key. `unit` is the unit of measure to write behind a sum where
    the form prints none (实物投入情况: 12.5万元). `note` is for whoever signs the form.
    """

    field: str
    sum: Names = ()
    text: str | None = None
    unit: str | None = None
    note: str = ""


class UpwardFile(Strict):
    """What upward.yaml holds.

    `form` is <campaign>/<form>, of a campaign beside this one or a shipped one; or upward/<form>,
    a form and its blank in this campaign's own folder `upward`. `own` names the requirement whose
    numbers go up. `same_labels` maps every field whose label both forms print; `fields` go first.
    """

    form: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*/[a-z][a-z0-9_-]*$")
    own: str = Field(alias="from")
    unit: str = ""  # who fills it in; default: the campaign's organiser
    same_labels: bool = False
    fields: tuple[UpwardLine, ...] = ()


@dataclass(frozen=True, slots=True)
class UpwardField:
    """One field of the target and the own fields it is made of: numbers to add, or one text."""

    target: FormField
    parts: tuple[FormField, ...]
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Upward:
    """A checked mapping. `sheet` is the target form alone, with its blank, as a campaign.

    `open` are the target's fields nothing goes into, `left` are own numbers that go nowhere.
    """

    requirement: Requirement
    form: Form
    sheet: Campaign
    unit: str
    lines: tuple[UpwardField, ...]
    open: tuple[FormField, ...]
    left: tuple[FormField, ...]
    source: Path  # the target form's yaml
