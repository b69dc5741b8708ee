"""What can be wrong with a submission: a code for machines; templates hold the sentences."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from parsers.document import Place


class Severity(StrEnum):
    """An error sends the form back; a warning and a note are only told."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


CODES: tuple[str, ...] = (
    # about one field
    "required",  # nothing is filled in; details: unsaid (what stands there is no answer)
    "ambiguous",  # a range, two numbers, or a number contradicting its own unit
    "unreadable",  # something stands there that the field's type cannot be read from
    "type",  # text where a whole number is asked, and the like
    "range",  # below the least or above the greatest; details: least, greatest
    "not-above",  # greater than another field; details: limit_label, limit_value
    "not-the-sum",  # a 合计 that its parts do not add up to; details: sum
    "window",  # a date outside the campaign's window; details: first, last
    "shape",  # phone, e-mail or postcode of the wrong shape
    "unit-of-measure",  # the cell names another unit; details: expected, given
    "choice",  # nothing or too much ticked
    "approximate",  # 约 / 余 / 多 was read as the number itself (note)
    "label-missing",  # the row or label of a field was deleted from the form
    "duplicate-label",  # the same label is filled twice with different values
    # about the file or the unit
    "blank-form",  # the blank came back unfilled
    "wrong-template",  # another campaign's or year's form; details: title
    "unit-missing",  # the form does not say which unit; details: registered, as whom it counts
    "unit-disagrees",  # form and sender name different units; details: form_unit, sender_unit
    "said-otherwise",  # the mail says that its attachment is wrong; details: said, its sentence,
    # beside: where it stands in the file itself, outside the table
    "identifier-missing",  # a form of which a unit may send many lacks its 项目名称
    "file-empty",
    "file-encrypted",
    "file-damaged",
    "file-unsupported",  # a format that cannot be read yet; details: kind
    "file-too-large",
    "file-pages-left-out",  # too many scanned pages; details: most, read (whether some were)
    "file-disguised",  # a program under a document's name
    "file-unknown",  # read, but no form of the campaign
    "report-short",  # details: characters, least
    "report-phone",  # names no mobile number though the notice asks for one
    "video-long",  # details: seconds, greatest
    "video-size",  # details: width, height, asked_width, asked_height
    "video-bitrate",  # details: mbps, least, greatest
    "video-frames",  # frames a second; details: frames, asked
    "video-container",  # details: container, asked
    "video-unmeasured",  # what the notice limits could not be measured; details: truncated
    "attachment-missing",  # the mail hands in files and has none
    "cloud-link",  # announced by a link, not received; details: name, size, expires, provider
    "other-mailbox",  # came into another campaign's mailbox (note); details: mailbox
    "nil-declared",  # the mail says that there is nothing to report (note); details: said
    "late",  # received after the due date (note); details: due
)


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong or worth saying, with where it stands and what was read there."""

    code: str
    severity: Severity
    field: str | None = None
    label: str | None = None
    place: Place | None = None
    raw: str | None = None
    file: str | None = None
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown finding code {self.code!r}; add it to rules/finding.py")
