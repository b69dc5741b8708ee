"""What a file is when it is no form: a report, a video, photos or press coverage."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.finding import Finding, Severity
from rules.judging.films import check_film

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.document import Document
    from parsers.mail import File
    from rules.campaign import ReportRule, Requirement

REPORT_WORDS = ("总结", "报告", "工作汇报", "情况汇报", "小结")
PRESS_WORDS = ("媒体", "报道", "新闻", "宣传链接", "公众号", "推送")
NO_REPORT_WORDS = ("通知", "名单", "方案", "预案", "函", "回执", "议程", "讲话")
_LINK = re.compile(r"https?://|mp\.weixin\.qq\.com|www\.", re.IGNORECASE)
_MOBILE = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
_DATA_WIDTH = 6  # a table's cell with fewer letters is data, not words of its own


@dataclass(frozen=True, slots=True)
class Material:
    """Which requirement a file answers, and what is wrong with it. `characters`: of a report."""

    requirement: str
    kind: str  # report, video, photo, press
    findings: tuple[Finding, ...] = ()
    characters: int | None = None


def classify_material(file: File, requirements: Sequence[Requirement]) -> Material | None:
    """Say which of the requirements a file answers; None when it answers none.

    What a file's name and title say goes before what its kind allows: a picture called
    媒体报道 is press coverage where press coverage is owed.
    """
    if file.problem is not None:
        return None
    fitting = [r for r in requirements if _kind_for(file, r) is not None]
    if not fitting:
        return None
    best = max(fitting, key=lambda r: _score(file, r))
    kind = _kind_for(file, best)
    if kind is None or (file.document is not None and _score(file, best) <= 0):
        return None
    return _material(file, best, kind)


def _kind_for(file: File, requirement: Requirement) -> str | None:
    """Return what the file would be under the requirement, if its kind allows that at all."""
    if file.kind == "video":
        return "video" if requirement.video is not None else None
    if file.kind == "image":
        if requirement.photos:
            return "photo"
        return "press" if requirement.press and _names(file, PRESS_WORDS) else None
    if file.document is None:
        return None
    if requirement.report is not None:
        return "report"
    return "press" if requirement.press else None


def _score(file: File, requirement: Requirement) -> float:
    """Return how much speaks for the requirement; 0 or less is nothing."""
    score = 3.0 if requirement.keywords and _names(file, requirement.keywords) else 0.0
    if requirement.press:
        score += 2.0 * _names(file, PRESS_WORDS) + _has_links(file)
    if requirement.report is not None:
        score += _report_score(file, requirement.report)
    if file.kind == "image" and requirement.photos:
        score += 1.0
    return score + 0.5 * (file.kind == "video")


def _report_score(file: File, rule: ReportRule) -> float:
    if file.document is None or file.kind == "image" or rule.named:
        return 0.0
    if _names(file, REPORT_WORDS):
        return 2.0
    if _names(file, NO_REPORT_WORDS):
        return 0.0
    return 1.0 if own_characters(file.document) >= rule.min_characters else 0.0


def _has_links(file: File) -> float:
    if file.document is None:
        return 0.0
    text = "\n".join(_texts(file.document))
    return 1.5 if len(_LINK.findall(text)) >= 2 else 0.0


def _names(file: File, words: Sequence[str]) -> bool:
    """Say whether the file's name, its folders or its title has one of the words."""
    named = " ".join((*file.path, file.name, title_of(file.document)))
    flat = "".join(unicodedata.normalize("NFKC", named).split()).lower()
    return any(word.lower() in flat for word in words)


def title_of(document: Document | None) -> str:
    """Return the first short lines of a document, in which its title stands."""
    if document is None:
        return ""
    lines = [p.text.strip() for p in document.paragraphs if p.text.strip()]
    return "".join(line for line in lines[:4] if len(line) <= 60)


def _material(file: File, requirement: Requirement, kind: str) -> Material:
    if kind == "video" and requirement.video is not None:
        return Material(requirement.key, kind, check_film(file, requirement.video))
    if kind != "report" or requirement.report is None or file.document is None:
        return Material(requirement.key, kind)
    found = tuple(_report_findings(file, file.document, requirement.report))
    return Material(requirement.key, kind, found, own_characters(file.document))


def _report_findings(file: File, document: Document, rule: ReportRule) -> Iterator[Finding]:
    count, least = own_characters(document), rule.min_characters
    if count < least:
        details = {"characters": count, "least": least}
        yield Finding("report-short", Severity.ERROR, file=file.name, details=details)
    if rule.phone and not any(_MOBILE.search(_plain(text)) for text in _texts(document, 0)):
        yield Finding("report-phone", Severity.WARNING, file=file.name)


def _plain(text: str) -> str:
    """Return text without what people put between the digits of a number."""
    return re.sub(r"[\s\u00a0-]", "", unicodedata.normalize("NFKC", text))


def own_characters(document: Document) -> int:
    """Count a document's letters and Chinese characters, words in tables included.

    Digits, marks and a table's short cells (labels, numbers) are no words of its own; the
    same line repeated counts once.
    """
    return sum(_letters(text) for text in dict.fromkeys(_texts(document)))


def _texts(document: Document, least: int = _DATA_WIDTH) -> list[str]:
    """Return its paragraphs, and the cells of its tables that say at least so many letters."""
    texts = [p.text.strip() for p in document.paragraphs]
    cells = [cell.text.strip() for table in document.tables for cell in table.cells]
    return texts + [text for text in cells if _letters(text) >= least]


def _letters(text: str) -> int:
    """Count Chinese characters, and words of other scripts (runs of letters)."""
    wide = sum(unicodedata.category(char) == "Lo" for char in text)
    return wide + len(re.findall(r"[^\W\d_\u3400-\u9fff\uf900-\ufaff]+", text))
