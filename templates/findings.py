"""How a finding is told: where it stands, what was read there, what is wrong, how to fix it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined, Template

from templates import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.document import Place
    from rules.finding import Finding
    from rules.form import Form

_RAW_LENGTH = 60
# What to do first: what kept a file from being read, then which form and whose, then the rest.
_FIRST = (
    ("file-", "cloud-link"),
    ("blank-form", "wrong-template"),
    ("unit-missing", "unit-disagrees", "said-otherwise", "identifier-missing"),
    ("label-missing", "duplicate-label"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in words. `where` and `read` may be empty; the others never are."""

    where: str
    read: str
    title: str
    wrong: str
    fix: str

    def __str__(self) -> str:
        where = f"{self.where}：" if self.where else ""
        read = f"填的是“{self.read}”，" if self.read else ""
        return f"{where}{read}{self.wrong}{self.fix}"


class Details(dict[str, Any]):
    """A finding's details, where a key the check did not give reads as None."""

    def __missing__(self, key: str) -> None:
        return None


@cache
def _environment() -> Environment:
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - plain text; letters escape it
    environment.filters |= {
        "number": words.number,
        "date": words.full_date,
        "duration": words.duration,
    }
    environment.globals["kinds"] = words.load("words.yaml")["kinds"]
    return environment


@cache
def _sentence(text: str) -> Template:
    made = _environment().from_string(text)
    made.globals = dict(made.globals)  # one mapping is copied faster than a chain of them
    return made


def _said(text: str, known: Mapping[str, Any]) -> str:
    return words.clean(_sentence(text).render(known) if "{" in text else text)


def tell(finding: Finding, form: Form | None = None) -> Told:
    """Put a finding into words; with its form the label carries the unit of measure."""
    raw = words.shorten(finding.raw or "", _RAW_LENGTH)
    details = Details(finding.details)
    known = {"raw": raw, "label": finding.label or "", "details": details}
    sentences = _sentences(finding.code, details)
    title, wrong, fix = (_said(sentences[part], known) for part in ("title", "wrong", "fix"))
    return Told(_where(finding, form), raw, title, wrong, fix)


def _sentences(code: str, details: Details) -> Mapping[str, str]:
    """Return title, wrong and fix, as the detail named by `by` has them where it has a case."""
    entry = words.load("findings.yaml")[code]
    case = str(details[entry["by"]]) if "by" in entry else ""
    return {**entry, **entry.get("cases", {}).get(case, {})}


def comment(finding: Finding) -> str:
    """Say a finding beside its own cell, where place and content are in sight."""
    told = tell(finding)
    return f"{told.wrong}{told.fix}"


def weight(finding: Finding) -> int:
    """Return where a finding comes in a list; what is only empty comes last."""
    if finding.code == "required":
        return len(_FIRST) + 1
    ranks = (rank for rank, starts in enumerate(_FIRST) if finding.code.startswith(starts))
    return next(ranks, len(_FIRST))


def _where(finding: Finding, form: Form | None) -> str:
    label = _label(finding, form)
    place = _place(finding.place, with_label=bool(label))
    return f"{place}「{label}」" if label else place


def _label(finding: Finding, form: Form | None) -> str:
    column = _column(finding, form)
    label = "·".join(filter(None, (words.shorten(finding.label or "", 40), column)))
    unit = _unit(finding, form)
    return f"{label}（{unit}）" if label and unit and f"（{unit}" not in label else label


def _column(finding: Finding, form: Form | None) -> str:
    fields = form.fields if form else ()
    return next((words.column_of(f) for f in fields if f.key == finding.field), "")


def _unit(finding: Finding, form: Form | None) -> str | None:
    fields = form.fields if form else ()
    return next((field.unit for field in fields if field.key == finding.field), None)


def _place(place: Place | None, *, with_label: bool) -> str:
    if place is None:
        return ""
    if with_label and place.sheet is None and place.table is not None:
        return f"表{place.table} 第{place.row}行"
    return words.clean(str(place))
