"""What a button of a letter needs to know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrderButton:
    """A link that orders something when the mail it opens is sent; `label` is what, in words.

    `subject` orders the same in a mail that somebody writes without the link.
    """

    label: str
    href: str
    subject: str
