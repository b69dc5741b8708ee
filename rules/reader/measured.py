"""In which units a table says that it counts: 单位：万元 over it, 数量（元）, 元 under a label."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.values.measures import alike, as_measure, asked_units
from rules.form import Where
from rules.labels import read_label, squeeze, words
from rules.reader.headings import LONGEST, UNIT_HEADINGS
from rules.synonyms import heads_values

if TYPE_CHECKING:
    from rules.reader.copies import Copy
    from rules.reader.page import Line, Page, Slot
    from rules.reader.region import Region
    from rules.reader.survey import Survey

_UNIT_LINE = re.compile(r"(?<![^\W\d_])(?:计量|金额|货币)?单位\s*[:：]\s*([^:：()（）\s]{1,12})")
_AMOUNTS = frozenset({"金额", "经费", "资金"})
FEWEST = 3  # labels in one row that make it a row of headings
MOST_LINE = 80  # characters of a line that may name the unit of measure


def units_over(region: Region) -> list[str]:
    """Return the units that lines before the first label name."""
    labels = [hit.slot.line for hits in region.matches.hits.values() for hit in hits]
    fields = region.index.fields
    rows = [
        hit.slot.line
        for number, hits in region.matches.hits.items()
        for hit in hits
        if fields[number].field.where is not Where.INSIDE
    ]
    found: list[str] = []
    for slot in region.page.slots(region.first, min(rows or labels, default=region.first)):
        named = _UNIT_LINE.search(slot.text) if len(slot.text) <= MOST_LINE else None
        unit = as_measure(squeeze(named[1])) if named else _headed(region, slot)
        found += asked_units(unit)
    return found


def _headed(region: Region, slot: Slot) -> str | None:
    """Return the unit that a heading over all values names, in a form that prints none itself."""
    if region.index.headings or slot.table is None or len(slot.text) > LONGEST:
        return None
    label = read_label(slot.text)
    parts = re.split(r"[/／、和及或]", re.sub(r"[(（].*", "", slot.text))
    over = any(heads_values(c) or c in _AMOUNTS for c in (read_label(p).core for p in parts))
    return label.unit if over else None


def with_units_under(page: Page, copy: Copy, seen: Survey) -> Page:
    """Return the page with each unit of a row of units in the label over it: 经费 over 万元."""
    head = max(copy.lines, key=lambda n: len(seen.hits[n].get(copy.template, ())), default=0)
    labels = len(seen.hits[head].get(copy.template, ())) if copy.lines else 0
    if labels < FEWEST or head + 1 >= len(page.lines) or not names_units(page.lines[head + 1]):
        return page
    over = ((page.above(slot), _unit_in(slot)) for slot in page.lines[head + 1].slots)
    renewed = {id(s): _in_unit(s, unit) for s, unit in over if s is not None and s.filled and unit}
    lines = [
        replace(line, slots=tuple(renewed.get(id(s), s) for s in line.slots)) for line in page.lines
    ]
    grids = [
        replace(g, covered={at: renewed.get(id(s), s) for at, s in g.covered.items()})
        for g in page.grids
    ]
    return replace(page, lines=lines, grids=grids)


def names_units(line: Line) -> bool:
    """Say whether a table's row holds units of measure and nothing else: 计量单位, 元, 人次."""
    filled = [slot for slot in line.slots if slot.filled]
    if line.table is None or not filled or len(filled[0].text) > LONGEST:
        return False
    headed = read_label(filled[0].text).core in UNIT_HEADINGS
    units = filled[1:] if headed else filled
    return bool(units) and all(map(_unit_in, units))


def _unit_in(slot: Slot) -> str | None:
    return as_measure(words(slot.text)) if len(slot.text) <= LONGEST else None


def _in_unit(slot: Slot, unit: str) -> Slot:
    own = read_label(slot.text).unit
    named = unit if own is None or alike(own, unit) else f"{own}、{unit}"
    return replace(slot, text=f"{slot.text}（{named}）")
