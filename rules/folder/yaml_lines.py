"""Where in a YAML file each key and value stands, so that a mistake can name its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rules.folder.problem import CampaignProblem
from rules.folder.yaml_quick import Path_, read_quickly

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 512 * 1024  # bytes


@dataclass
class Lined:
    """A YAML file as plain data: mappings, lists, texts and None; and the line of each path.

    Numbers and dates stay the text that was written: pydantic reads them by the field's type, and
    an impossible date is a mistake on its own line instead of a crash of the parser.
    """

    file: str
    data: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[CampaignProblem] = field(default_factory=list)

    def line(self, path: Path_) -> int:
        """Return the line of a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def add(self, code: str, path: Path_ = (), **values: Any) -> None:
        """Note a problem at a path."""
        self.problems.append(
            CampaignProblem(self.file, code, self.line(path), key=dotted(path), values=values)
        )


def dotted(path: Path_) -> str:
    """Write a path as people do: requirements[2].due (counted from 1)."""
    out = ""
    for part in path:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def read_yaml(path: Path, name: str) -> Lined:
    """Read one file; its problems are noted in the result, never raised. `name` is for people."""
    lined = Lined(name)
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError:
        lined.add("file-missing")
        return lined
    if len(raw) > LARGEST:
        lined.add("file-too-large", limit=LARGEST)
        return lined
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        lined.lines[()] = raw.count(b"\n", 0, error.start) + 1
        lined.add("not-utf8")
        return lined
    return parse_yaml(text, lined)


def texts_of(path: Path) -> Any:
    """Return what a file of our own says: texts, in lists and mappings; ValueError if spoilt."""
    lined = read_yaml(path, path.name)
    if lined.problems:
        raise ValueError("; ".join(map(str, lined.problems)))
    return lined.data


def parse_yaml(text: str, lined: Lined) -> Lined:
    """Fill `lined` from YAML text; what is wrong, and what is unusual, the pure reader says."""
    quick = read_quickly(text)
    if quick is not None:
        lined.data, lined.lines = quick
        return lined
    from rules.folder.yaml_pure import read_purely  # noqa: PLC0415 - slow to load, seldom needed

    read_purely(text, lined)
    return lined
