"""How a campaign folder becomes a Campaign, or one error that names every mistake in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.campaign import Campaign, CampaignFile
from rules.folder.alike import find_alike
from rules.folder.campaign import check_campaign_file
from rules.folder.files import CAMPAIGN_FILE, FORMS, ROSTER_FILE, SHIPPED, campaign_folders
from rules.folder.form import LoadedForm, load_form
from rules.folder.problem import CampaignError, CampaignProblem
from rules.folder.upward import load_upward
from rules.folder.validation import validate
from rules.folder.yaml_lines import read_yaml
from rules.roster import Roster
from rules.rosters.load import read_roster

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rules.campaign import Requirement

__all__ = [
    "CAMPAIGN_FILE",
    "FORMS",
    "ROSTER_FILE",
    "SHIPPED",
    "campaign_folders",
    "load_campaign",
    "load_campaigns",
    "read_campaign",
]


def load_campaigns(root: Path) -> list[Campaign]:
    """Load every folder of `root` that holds a campaign.yaml, by name.

    Raises CampaignError with the problems of all of them; `load_campaign` judges one alone.
    """
    loaded: list[Campaign] = []
    problems: list[CampaignProblem] = []
    for folder in campaign_folders(root):
        try:
            loaded.append(load_campaign(folder))
        except CampaignError as error:
            problems.extend(error.problems)
    if problems:
        raise CampaignError(tuple(problems))
    return loaded


def load_campaign(folder: Path) -> Campaign:
    """Load one campaign folder; raises CampaignError with everything that is wrong in it."""
    campaign, problems = read_campaign(folder)
    if campaign is None:
        raise CampaignError(tuple(problem for problem in problems if not problem.is_warning))
    return campaign


def read_campaign(
    folder: Path, others: Sequence[Campaign] = ()
) -> tuple[Campaign | None, tuple[CampaignProblem, ...]]:
    """Return the campaign unless something is wrong, and every problem, warnings included.

    Its forms are compared with one another, and with those of `others` that it collects beside.
    """
    folder = folder.resolve()
    lined = read_yaml(folder / CAMPAIGN_FILE, CAMPAIGN_FILE)
    file = validate(CampaignFile, lined)
    loaded = [load_form(path) for path in sorted((folder / FORMS).glob("*.yaml"))]
    roster = Roster(())
    problems: tuple[CampaignProblem, ...] = ()
    if file is not None:
        by_id = {entry.id: entry.form for entry in loaded}
        check_campaign_file(file, lined, by_id, folder.name)
        roster, problems = _read_roster(folder / ROSTER_FILE, file.requirements)
    problems = (*lined.problems, *(p for entry in loaded for p in entry.problems), *problems)
    campaign = None
    if file is not None and all(problem.is_warning for problem in problems):
        campaign = _campaign(file, loaded, roster, folder)
        campaign.upward, mapping = load_upward(folder, file, campaign.forms, SHIPPED)
        problems = (*problems, *find_alike(campaign, loaded, others), *mapping)
    sound = all(problem.is_warning for problem in problems)
    return campaign if sound else None, tuple(p.inside(folder.name) for p in problems)


def _campaign(
    file: CampaignFile, loaded: list[LoadedForm], roster: Roster, folder: Path
) -> Campaign:
    forms = {entry.id: entry.form for entry in loaded if entry.form is not None}
    blanks = {entry.id: entry.blank for entry in loaded}
    return Campaign(file, forms, roster, blanks, folder)


def _read_roster(
    path: Path, requirements: tuple[Requirement, ...]
) -> tuple[Roster, tuple[CampaignProblem, ...]]:
    try:
        data = path.read_bytes()
    except OSError:
        return Roster(()), (_no_roster(path),)
    return read_roster(data, requirements, path.name)


def _no_roster(path: Path) -> CampaignProblem:
    """Say that it is not there; saved as .xls, .et or .csv it lies beside."""
    beside = sorted(one.name for one in path.parent.glob(f"{path.stem}.*"))
    if not beside:
        return CampaignProblem(path.name, "file-missing")
    named = {"given": beside[0], "wanted": path.name}
    return CampaignProblem(path.name, "roster-other-kind", values=named)
