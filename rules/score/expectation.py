"""What a filled file states, as a person writes it down beside it in YAML or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import Field, model_validator

from rules.folder.problem import CampaignError
from rules.folder.validation import suggest, validate
from rules.folder.yaml_lines import read_yaml
from rules.strict import Strict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rules.campaign import Campaign
    from rules.folder.yaml_lines import Lined
    from rules.folder.yaml_quick import Path_

ENDINGS = (".yaml", ".yml", ".json")
MISSING, ASKED = "missing", ("ambiguous", "unreadable", "asked")
_OF_ONE_FORM = ("form", "unit", "values", "extra", "partial")


class AnyOf(Strict):
    """Several answers that are all right: {any: [赤峰市科技局, 赤峰市科技局（盖章）]}."""

    any: tuple[str, ...]


Stated = str | None | list[str] | AnyOf  # as written: numbers and dates are still text


class ExpectedRow(Strict):
    """A row the submitter added."""

    label: str
    value: Stated = None
    unit: str | None = None


class ExpectedForm(Strict):
    """One form of a file.

    `form` is "2023-neimenggu/statistics". `unit` is its id in the roster, `null` where the
    document leaves it open; not given, it is not scored. `values` are as `read --json` prints
    them, or `missing` (nothing is filled in: the same as leaving the field out) or `ambiguous`
    or `unreadable` (it must be asked, in either way). `partial`: other fields are not scored.
    """

    form: str
    unit: str | None = None
    values: Mapping[str, Stated] = Field(default_factory=dict)
    extra: tuple[ExpectedRow, ...] = ()
    partial: bool = False

    @property
    def scores_unit(self) -> bool:
        """Whether the unit was written down."""
        return "unit" in self.model_fields_set


class Expectation(Strict):
    """A file: in which format it was saved, what is unusual about it, and its forms in order.

    `mailbox` is the campaign to whose mailbox it came, where its title alone does not tell.
    `unreadable`: what is stated may be given up, but nothing else be read in its stead (scans).
    """

    format: str = ""
    mess: tuple[str, ...] = ("plain",)
    mailbox: str | None = None
    unreadable: bool = False
    forms: tuple[ExpectedForm, ...]

    @model_validator(mode="before")
    @classmethod
    def _one_form(cls, data: Any) -> Any:
        """Allow a file with one form to say form, unit and values without a list."""
        if not isinstance(data, dict) or "forms" in data or "form" not in data:
            return data
        rest = {key: value for key, value in data.items() if key not in _OF_ONE_FORM}
        form = {key: data[key] for key in _OF_ONE_FORM if key in data}
        return {**rest, "forms": [form]}


def load_expectation(path: Path, campaigns: Sequence[Campaign]) -> Expectation:
    """Read one; CampaignError with line and remedy when it names what is not there."""
    lined = read_yaml(path, path.name)
    if isinstance(lined.data, dict) and isinstance(lined.data.get("mess"), str):
        lined.data["mess"] = [lined.data["mess"]]
    expectation = validate(Expectation, lined)
    if expectation is not None:
        _check_names(expectation, lined, {c.id: c for c in campaigns})
    if expectation is None or lined.problems:
        raise CampaignError(tuple(lined.problems))
    return expectation


def _check_names(expectation: Expectation, lined: Lined, campaigns: dict[str, Campaign]) -> None:
    if expectation.mailbox is not None:
        _known(lined, ("mailbox",), expectation.mailbox, campaigns)
    forms = [f"{campaign.id}/{form}" for campaign in campaigns.values() for form in campaign.forms]
    for number, expected in enumerate(expectation.forms):
        at: Path_ = ("forms", number) if "forms" in lined.data else ()
        if not _known(lined, (*at, "form"), expected.form, forms):
            continue
        campaign = campaigns[expected.form.partition("/")[0]]
        fields = {f.key: f for f in campaign.forms[expected.form.partition("/")[2]].fields}
        for key in expected.values:
            _known(lined, (*at, "values", key), key, fields)
        if expected.unit is not None:
            _known(lined, (*at, "unit"), expected.unit, [u.id for u in campaign.roster.units])


def _known(lined: Lined, path: Path_, given: str, known: Any) -> bool:
    if given in known:
        return True
    lined.add("wrong-choice", path, given=given, suggestion=suggest(given, known))
    return False
