"""Where upward.yaml and the higher level's form are found, and how they become a mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.campaign import Campaign
from rules.folder.files import OWN_FOLDER, UPWARD_FILE
from rules.folder.form import load_form
from rules.folder.upward_fields import goes_nowhere, map_fields
from rules.folder.validation import suggest, validate
from rules.folder.yaml_lines import read_yaml
from rules.roster import Roster
from rules.upward import Upward, UpwardFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rules.campaign import CampaignFile, Requirement
    from rules.folder.form import LoadedForm
    from rules.folder.problem import CampaignProblem
    from rules.folder.yaml_lines import Lined
    from rules.form import Form


def load_upward(
    folder: Path, file: CampaignFile, forms: Mapping[str, Form], shipped: Path
) -> tuple[Upward | None, tuple[CampaignProblem, ...]]:
    """Return the folder's mapping, if it has one that can be used, and every problem with it."""
    if not (folder / UPWARD_FILE).exists():
        return None, ()
    lined = read_yaml(folder / UPWARD_FILE, UPWARD_FILE)
    said = validate(UpwardFile, lined)
    if said is None:
        return None, tuple(lined.problems)
    own = _own(said, file, forms, lined)
    path = _target(said, folder, shipped, lined)
    loaded = _loaded(said, path, lined) if path else None
    if own is None or path is None or loaded is None or loaded.form is None:
        return None, tuple(lined.problems)
    form, target = forms[own.form or ""], loaded.form
    lines = map_fields(said, form, target, lined)
    mapped = {target.unit_field, *(line.target.key for line in lines)}
    upward = Upward(
        requirement=own,
        form=target,
        sheet=_bare(target, loaded.blank, file, folder),
        unit=said.unit or file.organiser or file.title,
        lines=lines,
        open=tuple(field for field in target.fields if field.key not in mapped),
        left=tuple(field for field in form.fields if goes_nowhere(field, form, lines)),
        source=path,
    )
    if not lined.problems:
        _try(upward, said, lined)
    return None if lined.problems else upward, tuple(lined.problems)


def _try(upward: Upward, said: UpwardFile, lined: Lined) -> None:
    """Fill in the blank once, so that no field is without a place when it is wanted."""
    from rules.reader.fill_form import fill_form  # noqa: PLC0415 - few campaigns have such a form

    form = upward.form
    keys = [line.target.key for line in upward.lines]
    keys += [form.unit_field] if form.unit_field else []
    try:
        fill_form(upward.sheet, form, dict.fromkeys(keys, "1"))
    except KeyError as error:
        label = form.field(str(error.args[0])).label
        lined.add("upward-no-place", ("form",), given=said.form, label=label)
    except IndexError:  # nothing of the form is recognised in its blank
        lined.add("upward-no-place", ("form",), given=said.form, label=form.title)


def _own(
    said: UpwardFile, file: CampaignFile, forms: Mapping[str, Form], lined: Lined
) -> Requirement | None:
    """Return the requirement whose numbers go up; it has to ask for a form."""
    asked = {r.key: r for r in file.requirements if r.form in forms}
    if said.own not in asked:
        lined.add("upward-from", ("from",), given=said.own, suggestion=suggest(said.own, asked))
    return asked.get(said.own)


def _target(said: UpwardFile, folder: Path, shipped: Path, lined: Lined) -> Path | None:
    """Find the higher level's form: in this folder, in one beside it, or in a shipped one."""
    place, name = said.form.split("/")
    homes = (folder / place,) if place == OWN_FOLDER else _homes(place, folder, shipped)
    home = next((home for home in homes if home.is_dir()), None)
    if home is None:
        lined.add("upward-no-campaign", ("form",), given=place)
        return None
    path = home / f"{name}.yaml"
    if not path.is_file():
        known = suggest(name, sorted(one.stem for one in home.glob("*.yaml")))
        lined.add("upward-no-form", ("form",), given=name, campaign=place, suggestion=known)
        return None
    return path


def _loaded(said: UpwardFile, path: Path, lined: Lined) -> LoadedForm | None:
    loaded = load_form(path)
    wrong = [str(problem) for problem in loaded.problems if not problem.is_warning]
    if wrong:
        lined.add("upward-form-broken", ("form",), given=said.form, first=wrong[0])
    return None if wrong else loaded


def _homes(campaign: str, folder: Path, shipped: Path) -> tuple[Path, ...]:
    return folder.parent / campaign / "forms", shipped / campaign / "forms"


def _bare(form: Form, blank: bytes, file: CampaignFile, folder: Path) -> Campaign:
    """Return a campaign of nothing but this form, in which its blank is read and filled."""
    return Campaign(file, {form.id: form}, Roster(()), {form.id: blank}, folder)
