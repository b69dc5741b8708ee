"""A letter's template is one piece with its styles in it, and says what its parts would say."""

from __future__ import annotations

from functools import cache
from html import unescape

import css_inline
import pytest
from jinja2 import Environment, FileSystemLoader
from jinja2.nodes import TemplateData

from templates import render
from templates.whole import FOLDER, put_styles_in
from tests.unit.letter_samples import SAMPLES

STYLE = (FOLDER / "style.css").read_text(encoding="utf-8")
INLINER = css_inline.CSSInliner(
    extra_css=STYLE, keep_at_rules=True, minify_css=True, load_remote_stylesheets=False
)


def styled(source):
    page = Environment(autoescape=True).parse(source)
    put_styles_in(page)
    return "|".join(piece.data for piece in page.find_all(TemplateData))


@cache
def in_parts(printed):
    """Return an environment that finds the parts of a template as Jinja does, unstyled."""
    return render.environment(FileSystemLoader(FOLDER), printed)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_letter_is_what_its_parts_make_with_the_styles_moved_in_afterwards(monkeypatch, name):
    kind, view = name.partition(".")[0], SAMPLES[name]()
    letter = render.render(kind, view)
    monkeypatch.setattr(render, "_html_templates", lambda: in_parts(render._in_html))
    monkeypatch.setattr(render, "_text_templates", lambda: in_parts(render._in_text))
    monkeypatch.setattr(render, "_compiled", render._compiled.__wrapped__)  # this letter's anew
    plain = render.render(kind, view)
    assert letter.html != plain.html
    assert letter.text == plain.text
    assert unescape(letter.html) == unescape(INLINER.inline(plain.html))


def test_styles_go_where_their_elements_are_in_loops_and_branches():
    made = styled(
        "<html><head></head><body><table><tbody>{% for one in rows %}"
        '<tr><td>{% if one %}<span class="bad">{{ one }}</span>{% endif %}</td></tr>'
        "{% endfor %}</tbody></table></body></html>"
    )
    assert made.count("<span") == 1
    assert '<span class="bad" style="color:#a4201c;font-weight:bold">' in made


@pytest.mark.parametrize(
    "source",
    [
        "<table>{% for one in rows %}<tr><td>{{ one }}</td></tr>{% endfor %}</table>",
        "<p>{% if one %}<table><tbody><tr><td></td></tr></tbody></table>{% endif %}</p>",
        "<table><tbody>{% if one %}<tr><td>{% else %}<tr><td>{% endif %}</td></tr></tbody></table>",
    ],
)
def test_a_page_that_leaves_elements_to_its_reader_is_refused(source):
    with pytest.raises(ValueError, match="open or close"):
        styled(f"<!DOCTYPE html><html><head></head><body>{source}</body></html>")
