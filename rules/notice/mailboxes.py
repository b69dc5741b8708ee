"""Which addresses a notice names, however wide, spread or broken over lines they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.notice.flat import BREAK

if TYPE_CHECKING:
    from rules.notice.flat import Flat

# @ as notices write it: plainly, or spelt so that programs do not collect it
_AT = re.compile(r"@|[(\[〔](?:at|AT|#|@)[)\]〕]|(?<=[A-Za-z0-9_])#(?=[A-Za-z0-9-]+\.[A-Za-z])")
_LOCAL = re.compile(r"[A-Za-z0-9._%+-]")
_LABELS = re.compile(r"(?:e-?mail|mail|邮箱地址|邮址)[:：]?$", re.IGNORECASE)
_DOMAIN = re.compile(r"[A-Za-z0-9.-]")
_TLD = re.compile(
    r"\.(?:com|net|org|edu|gov|ac|cn|cc|vip|top|info|xyz|tech|online|mil|int|io|me|tv|biz)(?:\.(?:cn|hk|tw|mo))?$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"([A-Za-z0-9.-]+?\.(?:com|net|org|edu|gov|ac|mil)\.cn|[A-Za-z0-9.-]+?\.(?:com|net|org|cn|cc|vip|edu|gov|info|top|tech|io))"
)
LONGEST = 80  # characters of either part of an address
_PHONE = re.compile(r"\d[\d-]{6,}")
_OTHER_USE = re.compile(r"(?:监督|举报|投诉|纪检|技术支持|客服|网站)[\u4e00-\u9fff]{0,6}[:：]?$")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address and where it stands; `doubtful` when it was put together over a gap."""

    address: str
    start: int
    end: int
    doubtful: bool
    other_use: bool


def find_mailboxes(flat: Flat) -> list[Mailbox]:
    """Return every address once, in order."""
    found: dict[str, Mailbox] = {}
    for match in _AT.finditer(flat.text):
        box = _around(flat, *match.span())
        if box is not None:
            found.setdefault(box.address.lower(), box)
    return list(found.values())


def _around(flat: Flat, at: int, after: int) -> Mailbox | None:
    start, gap_before = _local_start(flat, at)
    domain = _domain(flat, after)
    if start >= at or domain is None:
        return None
    end, gap_after = domain
    address = f"{flat.text[start:at]}@{flat.text[after:end]}".strip(".-")
    spelt = flat.text[at:after] != "@"
    lead = flat.text[max(0, start - 14) : start]
    other = _OTHER_USE.search(re.sub(r"(?:电子)?(?:邮箱|邮件|信箱)[:：]?$", "", lead)) is not None
    return Mailbox(address, start, end, gap_before or gap_after or spelt, other)


def _local_start(flat: Flat, at: int) -> tuple[int, bool]:
    """Return where the part before @ begins; a gap in it is passed unless a phone ends there."""
    start = at
    while start > 0 and at - start < LONGEST and _LOCAL.match(flat.text[start - 1]):
        if start in flat.gaps and start < at and not _goes_back(flat, start, at):
            break
        start -= 1
    label = _LABELS.search(flat.text, max(0, start - 2), at)
    if label is not None:
        start = label.end()
    while start < at and flat.text[start] in ".-":
        start += 1
    gaps = (g for g in range(start + 1, at + 1) if g in flat.gaps)
    return start, any(_parts(flat, gap) for gap in gaps)


def _parts(flat: Flat, gap: int) -> bool:
    """Say whether a gap may part two words: one beside @ or a dot only spreads an address."""
    beside = {flat.text[gap - 1], flat.text[gap]} & {"@", "."}
    return flat.gaps[gap] == BREAK or not beside


def _goes_back(flat: Flat, gap: int, at: int) -> bool:
    """Say whether letters before a gap belong to the address after it."""
    before = gap
    while before > 0 and gap - before < LONGEST and _LOCAL.match(flat.text[before - 1]):
        before -= 1
        if before in flat.gaps:
            break
    piece, rest = flat.text[before:gap], flat.text[gap:at]
    if _PHONE.fullmatch(piece) or re.fullmatch(r"e-?mail|mail", piece, re.IGNORECASE):
        return False
    if _TLD.search(piece):
        return False  # an address ends there
    return len(piece) <= 12 or len(rest) <= 6


def _domain(flat: Flat, start: int) -> tuple[int, bool] | None:
    """Return the end of the part after @ and whether a gap lay in it."""
    end, gap = start, False
    while end < min(len(flat.text), start + LONGEST) and _DOMAIN.match(flat.text[end]):
        if end in flat.gaps and end > start:
            if _TLD.search(flat.text[start:end]) and flat.text[end] != ".":
                break
            gap = gap or _parts(flat, end)
        end += 1
    whole = flat.text[start:end].rstrip(".-")
    if not _TLD.search("." + whole):
        cut = _WHOLE.match(whole)
        if cut is None:
            return None
        whole = cut[1]
    if "." not in whole:
        return None
    return start + len(whole), gap or flat.gaps.get(start) == BREAK
