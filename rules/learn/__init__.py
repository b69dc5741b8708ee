"""A blank becomes the form that reads its filled copies: proposed here, edited by a person."""

from rules.learn.draft import Doubt, DraftForm
from rules.learn.learn import learn, learn_page
from rules.learn.write import write_form

__all__ = ["Doubt", "DraftForm", "learn", "learn_page", "write_form"]
