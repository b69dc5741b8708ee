"""Blanks as attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from templates.views import Attachment

if TYPE_CHECKING:
    from rules.campaign import Campaign, Requirement

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def blank_of(campaign: Campaign, requirement: Requirement) -> Attachment:
    """Return the blank of the form that a requirement asks for, named by its title."""
    form = campaign.forms[requirement.form or ""]
    return Attachment(f"{form.title}.docx", campaign.blanks[form.id], DOCX, blank=True)
