"""Where in a YAML file each key and value stands, so that a mistake can name its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from rules.folder.problem import CampaignProblem

if TYPE_CHECKING:
    from pathlib import Path

Path_ = tuple[str | int, ...]

LARGEST = 512 * 1024  # bytes
_MOST_NODES = 50_000  # aliases multiply what a small file holds
_DEEPEST = 30


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


def parse_yaml(text: str, lined: Lined) -> Lined:
    """Fill `lined` from YAML text."""
    try:
        root = YAML(pure=True).compose(text)
        lined.data = None if root is None else _Walk(lined).value(root, (), 0)
    except MarkedYAMLError as error:
        _note_syntax(lined, text, error)
    except (YAMLError, RecursionError, ValueError) as error:
        lined.add("yaml", reason=_first_line(str(error)))
    return lined


def _note_syntax(lined: Lined, text: str, error: MarkedYAMLError) -> None:
    mark = error.problem_mark or error.context_mark
    number = mark.line + 1 if mark is not None else 1
    lines = text.splitlines()
    for candidate in (number, number - 1):
        written = lines[candidate - 1].strip() if 0 < candidate <= len(lines) else ""
        if "：" in written and ": " not in written and not written.endswith(":"):
            lined.lines[()] = candidate
            lined.add("full-width-colon", given=written)
            return
    lined.lines[()] = number
    lined.add("yaml", reason=_first_line(error.problem or error.context or "unknown"))


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0][:200]


class _Walk:
    """Turns composed nodes into plain data while noting lines."""

    def __init__(self, lined: Lined) -> None:
        self._lined = lined
        self._nodes = 0

    def value(self, node: Node, path: Path_, depth: int) -> Any:
        self._nodes += 1
        if self._nodes > _MOST_NODES or depth > _DEEPEST:
            raise ValueError("too many values inside each other")
        self._lined.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, SequenceNode):
            return [self.value(n, (*path, i), depth + 1) for i, n in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: MappingNode, path: Path_, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                self._lined.lines[path] = line
                self._lined.add("key-not-text", path)
                continue
            key = (*path, key_node.value)
            if key_node.value in out:
                self._repeated(key, line)
                continue
            self._lined.lines[key] = line
            out[key_node.value] = self.value(value_node, key, depth + 1)
        return out

    def _repeated(self, key: Path_, line: int) -> None:
        first = self._lined.lines[key]
        self._lined.problems.append(
            CampaignProblem(
                self._lined.file,
                "duplicate-key",
                line,
                key=dotted(key),
                values={"given": key[-1], "first": first},
            )
        )


def _scalar(node: Node) -> str | None:
    return None if str(node.tag) == "tag:yaml.org,2002:null" else str(node.value)
