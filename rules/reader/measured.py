"""In which units a line or a heading over a table says that it counts: 单位：万元, 数量（元）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.values.measures import as_measure, asked_units
from rules.form import Where
from rules.labels import read_label, squeeze
from rules.reader.headings import LONGEST
from rules.synonyms import heads_values

if TYPE_CHECKING:
    from rules.reader.page import Slot
    from rules.reader.region import Region

_UNIT_LINE = re.compile(r"(?<![^\W\d_])(?:计量|金额|货币)?单位\s*[:：]\s*([^:：()（）\s]{1,12})")
_AMOUNTS = frozenset({"金额", "经费", "资金"})
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
