"""A button as a letter has it: a link that opens a mail with an order in its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from templates.previews.sample import said
from templates.views import OrderButton

if TYPE_CHECKING:
    from templates.previews.sample import Sample

CODE = "1ABCDEFGHJKMNPQRSTVWXYZ01"


def button(sample: Sample, label: str) -> OrderButton:
    """Return what orders `label` when it is sent."""
    boxes = (*sample.campaign.file.mailboxes, said("address"))
    subject = f"{label} [{CODE}]"
    return OrderButton(label, f"mailto:{boxes[0]}?subject={quote(subject)}", subject)
