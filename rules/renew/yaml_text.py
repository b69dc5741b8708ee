"""How single values of a YAML text are rewritten where they stand; comments and layout stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rules.folder.yaml_quick import Path_


def rewrite(text: str, change: Callable[[Path_, str], str]) -> str:
    """Return the text with every value as `change` wants it, given its path and raw spelling."""
    root = YAML(pure=True).compose(text)
    spans = {(start, end): path for path, start, end in _values(root, ())}
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + change(spans[start, end], text[start:end]) + text[end:]
    return text


def _values(node: Node, path: Path_) -> Iterator[tuple[Path_, int, int]]:
    if isinstance(node, ScalarNode):
        yield path, node.start_mark.index, node.end_mark.index
    elif isinstance(node, SequenceNode):
        for index, one in enumerate(node.value):
            yield from _values(one, (*path, index))
    elif isinstance(node, MappingNode):
        for key, one in node.value:
            yield from _values(one, (*path, key.value))
