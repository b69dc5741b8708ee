"""A blank becomes the form that reads its filled copies: proposed here, edited by a person."""

from rules.learn.draft import CODES, Doubt, DraftForm, Say
from rules.learn.learn import learn, learn_page
from rules.learn.write import write_form

__all__ = ["CODES", "Doubt", "DraftForm", "Say", "learn", "learn_page", "write_form"]
