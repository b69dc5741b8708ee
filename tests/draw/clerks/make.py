"""Makes the corpus of filled forms: `python -m tests.draw.clerks.make [NAME…]`.

It needs LibreOffice and Chromium, and rewrites tests/cases/forms, or only the cases named.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.draw.clerks.cases import CASES
from tests.draw.clerks.formats import FORMATS, packed
from tests.draw.clerks.office import Office

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.draw.clerks.case import Case

CORPUS = Path(__file__).parents[2] / "cases/forms"


def make(cases: Sequence[Case], folder: Path) -> None:
    """Write every case with its expectation."""
    files = {}
    for case in cases:
        saved = FORMATS[case.format]
        data = (case.write or saved.write)(case.pages)
        files[case.name] = (saved.first, data, saved.steps)
    with tempfile.TemporaryDirectory() as place:
        made = Office(Path(place)).save(files)
    for case in cases:
        _put(case, made[case.name], folder)


def _put(case: Case, data: bytes, folder: Path) -> None:
    saved = FORMATS[case.format]
    ending, shown, tags = saved.ending, saved.shown, saved.tags
    for change in (saved.finish, case.after):
        data = change(data) if change else data
    if case.archive:
        ending, data = packed(case.archive, [(f"{case.inner}.{ending}", data)])
        shown = "winmail.dat" if ending == "dat" else ending
        tags = (*tags, "in-an-archive")
    place = folder / _place(case)
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{case.name}.{ending}").write_bytes(data)
    (place / f"{case.name}.{ending}.yaml").write_text(
        case.expectation(shown, tags), encoding="utf-8"
    )


def _place(case: Case) -> str:
    """Return the folder of a case: its campaign's."""
    return case.forms[0].form.partition("/")[0] if case.forms else "no-form"


def main(names: Sequence[str]) -> None:
    """Make the cases named, or all."""
    chosen = [case for case in CASES if not names or case.name in names]
    if not names:
        for place in {_place(case) for case in CASES}:
            for old in sorted((CORPUS / place).glob("*")):
                old.unlink()
    make(chosen, CORPUS)


if __name__ == "__main__":
    main(sys.argv[1:])
