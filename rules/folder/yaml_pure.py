"""Any YAML, read by a parser in Python, which says of each mistake what it is and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from rules.folder.problem import CampaignProblem
from rules.folder.yaml_lines import dotted
from rules.folder.yaml_quick import DEEPEST, MOST_VALUES

if TYPE_CHECKING:
    from rules.folder.yaml_lines import Lined
    from rules.folder.yaml_quick import Path_


def read_purely(text: str, lined: Lined) -> None:
    """Fill `lined` from YAML text."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
        lined.data = None if root is None else _Walk(lined).value(root, (), 0)
    except MarkedYAMLError as error:
        _note_syntax(lined, text, error)
    except (YAMLError, RecursionError, ValueError) as error:
        lined.add("yaml", reason=_first_line(str(error)))


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
        if self._nodes > MOST_VALUES or depth > DEEPEST:
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
