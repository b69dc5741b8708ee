"""What a file that could not be read is worth, when it came beside forms that could."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from rules.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.mail import File
    from rules.judging.evidence import Piece

SCANNED = re.compile(r"扫描|盖章|签章|签字|红章|统计表|备案表|申报表|登记表|scan", re.IGNORECASE)
PAPER = frozenset({"image", "pdf"})
"""Kinds in which offices send the stamped copy of a form that they also send as a document."""
OWED = re.compile(
    r"\.(?:docx?|docm|rtf|wps|xlsx?|xlsm|et|pdf|odt|ods|ofd|pptx?|zip|rar|7z)$", re.IGNORECASE
)
_MARKS = re.compile(
    r"[(（\[【].*?[)）\]】]|扫描件?|盖章版?|签字版?|电子版?|加密|副本|[\s_\-.·]|\d+$"
)


def is_scan(file: File) -> bool:
    """Say whether a picture, by its name, shows a form on paper and not the event.

    Of a scanned PDF only the pages with tables are read: what holds no form is still unread.
    """
    if file.kind == "pdf":
        return file.document is not None and "ocr" in file.document.flags
    return file.kind == "image" and SCANNED.search(_plain(file.name)) is not None


def weigh(
    findings: Sequence[Finding], unread: Sequence[File], forms: Sequence[Piece]
) -> tuple[Finding, ...]:
    """Keep an error where a file may have been owed; else a note, or nothing for a scan.

    `findings` are about the `unread` files of a mail in which something was read.
    """
    by_name = {file.name: file for file in unread}
    told = [(finding, by_name.get(finding.file or "")) for finding in findings]
    return tuple(
        weighed
        for finding, file in told
        if (weighed := _weighed(finding, file, forms) if file else finding) is not None
    )


def _weighed(finding: Finding, file: File, forms: Sequence[Piece]) -> Finding | None:
    twin = _stem(file.name) in {_stem(f.name) for piece in forms for f in piece.files}
    if forms and file.kind in PAPER and (twin or SCANNED.search(_plain(file.name))):
        return None
    if twin or not _may_be_owed(finding, forms) or not OWED.search(_plain(file.name)):
        return replace(finding, severity=Severity.NOTE)
    return finding


def _may_be_owed(finding: Finding, forms: Sequence[Piece]) -> bool:
    """Say whether the file may be what somebody still waits for; a cover letter is not."""
    if finding.code == "wrong-template":
        here = {piece.reading.form for piece in forms if piece.reading is not None}
        return finding.details.get("form") not in here
    return finding.code != "file-unknown"


def _stem(name: str) -> str:
    return _MARKS.sub("", re.sub(r"\.[A-Za-z0-9]{1,5}$", "", _plain(name))).lower()


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name)
