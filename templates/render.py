"""Which letters there are, and how a view becomes subject, text, HTML and attachments."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template
from markupsafe import escape

from templates import subject, words
from templates.alerts import alert_page
from templates.broken import broken_page
from templates.chase import reminder_page, superior_page
from templates.closing import closing_page
from templates.digest import digest_page
from templates.orders import confirm_page, done_page, own_page, told_page, unclear_page
from templates.pages import answer_page, unrecognised_page
from templates.roster_letters import faulty_page, proposed_page
from templates.unsent import approval_page
from templates.views import (
    AlertView,
    AnswerView,
    ApprovalView,
    Attachment,
    CampaignBrokenView,
    ClosingView,
    DigestView,
    OrderView,
    OwnView,
    ReminderView,
    RosterView,
    SuperiorView,
    ToldView,
    UnrecognisedView,
)
from templates.whole import OfAttributes, WholeLoader, put_styles_in
from templates.wording import own_words

View = (
    AnswerView
    | UnrecognisedView
    | ReminderView
    | SuperiorView
    | DigestView
    | ClosingView
    | CampaignBrokenView
    | AlertView
    | ApprovalView
    | OrderView
    | RosterView
    | ToldView
    | OwnView
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A rendered letter, not yet addressed."""

    kind: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter: the view it takes and how the view is laid out for its templates."""

    kind: str
    view: type[View]
    page: Callable[[Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A letter's three templates."""

    subject: Template
    text: Template
    html: Template


LETTERS: tuple[LetterKind, ...] = (
    LetterKind("receipt", AnswerView, answer_page),
    LetterKind("correction", AnswerView, answer_page),
    LetterKind("unrecognised", UnrecognisedView, unrecognised_page),
    LetterKind("reminder", ReminderView, reminder_page),
    LetterKind("superior", SuperiorView, superior_page),
    LetterKind("approval", ApprovalView, approval_page),
    LetterKind("digest", DigestView, digest_page),
    LetterKind("closing", ClosingView, closing_page),
    LetterKind("campaign-broken", CampaignBrokenView, broken_page),
    LetterKind("alert", AlertView, alert_page),
    LetterKind("alert-over", AlertView, alert_page),
    LetterKind("command-done", OrderView, done_page),
    LetterKind("command-confirm", OrderView, confirm_page),
    LetterKind("command-unclear", OrderView, unclear_page),
    LetterKind("roster-proposed", RosterView, proposed_page),
    LetterKind("roster-faulty", RosterView, faulty_page),
    LetterKind("command-told", ToldView, told_page),
    LetterKind("command-own", OwnView, own_page),
)

_KINDS = {letter.kind: letter for letter in LETTERS}
_COMPILING = Lock()


def render(kind: str, view: View) -> Letter:
    """Render one letter; KeyError for an unknown kind, TypeError for another kind's view."""
    letter = _KINDS[kind]
    if not isinstance(view, letter.view):
        raise TypeError(f"a {kind} is rendered from a {letter.view.__name__}")
    made, page = load_letter(kind), letter.page(view)
    page["own"] = own_words(page)
    return Letter(
        kind=kind,
        subject=_subject(view, made.subject.render(page)),
        text=_tidy(made.text.render(page)),
        html=made.html.render(page),
        attachments=page["attachments"],
    )


def load_letter(kind: str) -> Compiled:
    """Load a kind's templates, which takes a while the first time.

    Threads that ask at once wait for the one that compiles them.
    """
    with _COMPILING:
        return _compiled(kind)


@cache
def _compiled(kind: str) -> Compiled:
    text, html = _text_templates(), _html_templates()
    return Compiled(
        subject=text.get_template(f"{kind}.subject.j2"),
        text=text.get_template(f"{kind}.txt.j2"),
        html=html.get_template(f"{kind}.html.j2"),
    )


def _subject(view: View, own: str) -> str:
    if isinstance(view, AnswerView | UnrecognisedView):
        return subject.answer(view.subject, own, view.token)
    if isinstance(view, OrderView | RosterView):
        return subject.ordered(own, view.mark)
    token = view.token if isinstance(view, ReminderView | SuperiorView) else None
    return subject.opening(own, token)


@cache
def _text_templates() -> Environment:
    return environment(WholeLoader(), _in_text)


@cache
def _html_templates() -> Environment:
    return environment(WholeLoader(put_styles_in), _in_html)


def environment(loader: BaseLoader, printed: Callable[[Any], str]) -> Environment:
    """Return what renders templates: strict, and with the words' filters.

    `printed` makes of a value what is printed for it, escaped where that has to be.
    """
    made = Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - `printed` escapes: it sees all but the templates' own text
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=printed,
        auto_reload=False,
    )
    made.code_generator_class = OfAttributes
    made.filters |= {
        "day": words.day,
        "due": words.due,
        "due_at": words.due_at,
        "moment": words.moment,
        "clock": words.clock,
        "full_date": words.full_date,
    }
    return made


def _in_text(value: object) -> str:
    """Clean whatever a template prints; only text and whole numbers may be printed."""
    if type(value) is str:
        return _cleaned(value) if len(value) <= _SHORT else words.clean(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return words.clean(str(value))
    raise TypeError(f"a letter cannot print {type(value).__name__}")


def _in_html(value: object) -> str:
    text = value if type(value) is str else _in_text(value)
    return _escaped(text) if len(text) <= _SHORT else _escape(text)


def _escape(text: str) -> str:
    line = words.clean(text)
    return str(escape(line)) if _MARKUP.search(line) else line


# Labels, words and small numbers come again in letter after letter, and twice in each.
_SHORT = 100
_MARKUP = re.compile("[&<>\"']")
_cleaned = lru_cache(maxsize=4096)(words.clean)
_escaped = lru_cache(maxsize=4096)(_escape)


def _tidy(text: str) -> str:
    """Leave one empty line between paragraphs and none at the ends."""
    lines = [line.rstrip() for line in text.splitlines()]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip("\n") + "\n"
