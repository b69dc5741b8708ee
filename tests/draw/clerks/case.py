"""One filled file of the corpus, and the expectation that is written beside it."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML

from tests.draw.clerks.filled import Filled, fill
from tests.draw.clerks.grouped import GROUPED
from tests.draw.clerks.page import Page
from tests.draw.clerks.pairs import PAIRS
from tests.draw.clerks.rows import ROWS

NS, NP = "2023-neimenggu/statistics", "2023-neimenggu/project"
CS, CP = "2023-cis/statistics", "2023-cis/project"
NA, XJ, TY, SX = (
    f"2023-{place}/statistics" for place in ("national", "xinjiang", "taiyuan", "sixian")
)
TWINS = (CS, NA)  # one title: the mailbox tells


@dataclass(frozen=True)
class Case:
    """Pages that hold forms, and how they are saved. `after` changes the finished bytes."""

    name: str
    format: str
    forms: tuple[Filled, ...]
    pages: tuple[Page, ...]
    mess: tuple[str, ...] = ()
    archive: str = ""
    inner: str = "科技活动周统计表"
    after: Callable[[bytes], bytes] | None = None
    write: Callable[[Sequence[Page]], bytes] | None = None
    mailbox: str = ""
    unscored: bool = False  # whose forms they are is not scored
    expect: dict[str, Any] = field(default_factory=dict)

    def expectation(self, shown: str, tags: Sequence[str]) -> str:
        """Write the YAML that stands beside the file."""
        found = (
            *self.mess,
            *tags,
            *(t for p in self.pages for t in p.tags),
            *(t for f in self.forms for t in f.mess()),
        )
        note: dict[str, Any] = {"format": shown, "mess": list(dict.fromkeys(found)) or ["plain"]}
        if shown.startswith(("scan", "photo")):
            note["unreadable"] = True
        if any(f.form in TWINS for f in self.forms):
            note["mailbox"] = self.forms[0].form.partition("/")[0]
        if self.mailbox:
            note["mailbox"] = self.mailbox
        forms = [self._form(f) for f in self.forms]
        note |= forms[0] if len(forms) == 1 else {"forms": forms}
        written = io.StringIO()
        yaml = YAML()
        yaml.width = 200
        yaml.dump(note, written)
        return written.getvalue()

    def _form(self, filled: Filled) -> dict[str, Any]:
        values = filled.values() | self.expect
        out = {
            "form": filled.form,
            "unit": filled.unit,
            "values": {k: v for k, v in values.items() if v is not None},
        }
        if self.unscored:
            del out["unit"]
        if filled.extra:
            out["extra"] = [_extra(*row) for row in filled.extra]
        return out


def _extra(label: str, number: Any, unit: str) -> dict[str, Any]:
    name = label.replace("（", "(").partition("(")[0].strip()
    return {"label": name, "value": number, "unit": unit}


def layouts_of(form: str) -> dict[str, Callable[[Filled, random.Random], Page]]:
    """Return the ways to lay a form out."""
    if form.endswith("project"):
        return PAIRS
    return ROWS if form == NS else GROUPED


def case(  # noqa: PLR0917 - a file a line
    name: str,
    form: str,
    unit: str,
    who: str,
    layout: str,
    saved: str,
    *,
    seed: int = 1,
    habits: str = "plain",
    style: str = "printed",
    odd: int = 0,
    change: Callable[[Filled], Filled] | None = None,
    repage: Callable[[Page], Page] | None = None,
    mess: str = "",
    **more: Any,
) -> Case:
    """Fill in a form and lay it out."""
    filled = fill(form, unit, who, seed=seed, habits=habits, style=style, odd=odd)
    filled = change(filled) if change else filled
    page = layouts_of(form)[layout](filled, random.Random(f"{name}{seed}"))
    page = repage(page) if repage else page
    return Case(name, saved, (filled,), (page,), tuple(mess.split()), **more)
