"""What a letter needs to know, as values: bot fills them, templates only say them.

Every `datetime` here is aware and already in the campaign's time zone; a due moment may be
given as 24:00 of its day (00:00 of the next) or as 23:59:59, both are said as 24:00. Text that
came from outside (names, subjects, raw values) may hold anything: rendering cleans it. Whoever
fills a letter looks for its view here.
"""

from templates.views.answer import AnswerView, OwedView, PartView, UnrecognisedView
from templates.views.attachment import Attachment
from templates.views.button import OrderButton
from templates.views.chase import (
    LinkView,
    ReminderItem,
    ReminderView,
    SuperiorUnit,
    SuperiorView,
)
from templates.views.orders import OrderView, OwnUnit, OwnView, ToldView
from templates.views.report import (
    ActionView,
    ActView,
    AnnouncedView,
    ClosingView,
    DigestView,
    EquationView,
    EventView,
    HeldView,
    LettersView,
    MissingView,
    OutcomeView,
    ProgressView,
    ProposalView,
    TotalView,
    UndeliveredView,
)
from templates.views.roster import RosterView
from templates.views.stored import SubmissionView
from templates.views.trouble import AlertView, CampaignBrokenView
from templates.views.unsent import ApprovalView, RehearsedView, WaitingLetters, WaitingView

__all__ = [
    "ActView",
    "ActionView",
    "AlertView",
    "AnnouncedView",
    "AnswerView",
    "ApprovalView",
    "Attachment",
    "CampaignBrokenView",
    "ClosingView",
    "DigestView",
    "EquationView",
    "EventView",
    "HeldView",
    "LettersView",
    "LinkView",
    "MissingView",
    "OrderButton",
    "OrderView",
    "OutcomeView",
    "OwedView",
    "OwnUnit",
    "OwnView",
    "PartView",
    "ProgressView",
    "ProposalView",
    "RehearsedView",
    "ReminderItem",
    "ReminderView",
    "RosterView",
    "SubmissionView",
    "SuperiorUnit",
    "SuperiorView",
    "ToldView",
    "TotalView",
    "UndeliveredView",
    "UnrecognisedView",
    "WaitingLetters",
    "WaitingView",
]
