"""Which letters there are, and how a view becomes subject, text, HTML and attachments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined
from markupsafe import Markup

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
from templates.whole import WholeLoader, put_styles_in
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


def render(kind: str, view: View) -> Letter:
    """Render one letter; KeyError for an unknown kind, TypeError for another kind's view."""
    letter = _KINDS[kind]
    if not isinstance(view, letter.view):
        raise TypeError(f"a {kind} is rendered from a {letter.view.__name__}")
    page = letter.page(view)
    page["own"] = own_words(page)
    return Letter(
        kind=kind,
        subject=_subject(kind, view, page),
        text=_tidy(_text_templates().get_template(f"{kind}.txt.j2").render(page)),
        html=_html_templates().get_template(f"{kind}.html.j2").render(page),
        attachments=page["attachments"],
    )


def load_letter(kind: str) -> None:
    """Load a kind's templates, which its first letter would do."""
    for name in (f"{kind}.txt.j2", f"{kind}.subject.j2"):
        _text_templates().get_template(name)
    _html_templates().get_template(f"{kind}.html.j2")


def _subject(kind: str, view: View, page: dict[str, Any]) -> str:
    own = _text_templates().get_template(f"{kind}.subject.j2").render(page)
    if isinstance(view, AnswerView | UnrecognisedView):
        return subject.answer(view.subject, own, view.token)
    if isinstance(view, OrderView | RosterView):
        return subject.ordered(own, view.mark)
    token = view.token if isinstance(view, ReminderView | SuperiorView) else None
    return subject.opening(own, token)


@cache
def _text_templates() -> Environment:
    return environment(WholeLoader(), autoescape=False)


@cache
def _html_templates() -> Environment:
    return environment(WholeLoader(put_styles_in), autoescape=True)


def environment(loader: BaseLoader, *, autoescape: bool) -> Environment:
    """Return what renders templates: strict, and with the words' filters."""
    made = Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=autoescape,  # noqa: S701 - the text twin has no markup to escape
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printed,
        auto_reload=False,
    )
    made.filters |= {
        "day": words.day,
        "due": words.due,
        "due_at": words.due_at,
        "moment": words.moment,
        "clock": words.clock,
        "full_date": words.full_date,
    }
    return made


def _printed(value: object) -> str | int | Markup:
    """Clean whatever a template prints; only text and whole numbers may be printed."""
    if isinstance(value, Markup | int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        return words.clean(value)
    raise TypeError(f"a letter cannot print {type(value).__name__}")


def _tidy(text: str) -> str:
    """Leave one empty line between paragraphs and none at the ends."""
    lines = [line.rstrip() for line in text.splitlines()]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip("\n") + "\n"
