"""What is kept as JSON: the types that make values of it again."""

from __future__ import annotations

from rules.decision import FileRef, UnitMatch
from rules.finding import Finding
from rules.reading import Reading

Findings = tuple[Finding, ...]
Readings = tuple[Reading, ...]
Units = tuple[UnitMatch, ...]
Files = tuple[FileRef, ...]
