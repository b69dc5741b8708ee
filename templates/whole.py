"""How a letter's template becomes one piece: what it extends and includes is put in its place.

The style sheet goes into the elements of that piece, as mail clients need it, once for all letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, MutableMapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import css_inline
from jinja2 import FileSystemLoader, Template, nodes
from jinja2.compiler import CodeGenerator

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.compiler import Frame

Style = Callable[[nodes.Template], None]
Body = list[Any]  # nodes, as Jinja has them
FOLDER = Path(__file__).with_name("letters")
_BODIES = ("body", "elif_", "else_")
_CUT = "\ue000"  # stands where a template's own logic or a value will be
_CUTS = re.compile(f"<!--{_CUT}-->|{_CUT}")
_TAG = re.compile(r"</?\w+")


class WholeLoader(FileSystemLoader):
    """Loads each template whole, so that nothing is left to find while a letter is rendered."""

    def __init__(self, style: Style | None = None) -> None:
        super().__init__(FOLDER)
        self._style = style

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002, ARG002 - the base class has it
    ) -> Template:
        """Return a template with what it extends and includes, styled; it knows its page alone."""
        page = self._whole(environment, name, {})
        if self._style is not None:
            self._style(page)
        return Template.from_code(environment, environment.compile(page, name), {})

    def _whole(
        self, environment: Environment, name: str, blocks: dict[str, Body]
    ) -> nodes.Template:
        page = environment.parse(self.get_source(environment, name)[0], name)
        base = next((node for node in page.body if isinstance(node, nodes.Extends)), None)
        if base is not None:
            own: dict[str, Body] = {b.name: b.body for b in page.find_all(nodes.Block)}
            return self._whole(environment, base.template.as_const(), own | blocks)
        page.body = self._flat(environment, page.body, blocks)
        return page

    def _flat(self, environment: Environment, body: Iterable[Any], blocks: dict[str, Body]) -> Body:
        flat: Body = []
        for node in body:
            if isinstance(node, nodes.Include):
                flat += self._whole(environment, node.template.as_const(), {}).body
            elif isinstance(node, nodes.Block):
                flat += self._flat(environment, blocks.get(node.name, node.body), blocks)
            else:
                for key, inner in node.iter_fields(only=_BODIES):
                    setattr(node, key, self._flat(environment, inner, blocks))
                flat.append(node)
        return _joined(flat)


class OfAttributes(CodeGenerator):
    """Compiles `a.b` to just that: what a letter prints are attributes, never items of a mapping.

    Jinja asks a function each time, some hundred times a letter.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's
        """Write the attribute as it stands."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


def _joined(body: Body) -> Body:
    """Make one of what is printed one after the other, and of texts side by side."""
    joined: Body = []
    for node in body:
        last = joined[-1] if joined else None
        if isinstance(node, nodes.Output) and isinstance(last, nodes.Output):
            last.nodes = _joined([*last.nodes, *node.nodes])
        elif isinstance(node, nodes.TemplateData) and isinstance(last, nodes.TemplateData):
            last.data += node.data
        else:
            joined.append(node)
    return joined


def put_styles_in(page: nodes.Template) -> None:
    """Move the style sheet into the elements of a page.

    ValueError where the page is not written out: an element left open or a <tbody> left out,
    which whoever reads HTML adds, perhaps once for many rows.
    """
    pieces = list(page.find_all(nodes.TemplateData))
    plain = [piece.data for piece in pieces]
    styled = _CUTS.split(_inliner().inline(_marked(plain)))
    if [_TAG.findall(data) for data in plain] != [_TAG.findall(data) for data in styled]:
        raise ValueError("a letter's page leaves elements for its reader to open or close")
    for piece, data in zip(pieces, styled, strict=True):
        piece.data = data


def _marked(pieces: list[str]) -> str:
    """Join pieces with marks that may stand where they do: comments but in tags and the title."""
    page = pieces[0]
    for piece in pieces[1:]:
        in_tag = page.rfind("<") > page.rfind(">")
        in_title = page.rfind("<title>") > page.rfind("</title>")
        page += (_CUT if in_tag or in_title else f"<!--{_CUT}-->") + piece
    return page


@cache
def _inliner() -> css_inline.CSSInliner:
    style = (FOLDER / "style.css").read_text(encoding="utf-8")
    return css_inline.CSSInliner(
        extra_css=style, keep_at_rules=True, minify_css=True, load_remote_stylesheets=False
    )
