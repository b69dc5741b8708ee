"""What a notice says beside what is owed: how a mail is titled, what photos must be, 零报告."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.notice.flat import Flat

_SUBJECT = re.compile(
    r"邮件的?(?:主题|标题|名称?)(?!为?空)[^。;,!?]{0,6}(?:命名|注明|标注|写明|格式|写|填|为|:|以)[^。;!?]{2,60}?(?=[。;!?]|,(?!.{0,12}[”\"+])|$)"
)
_NIL = re.compile(r"零报告")
_WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）"})


def find_subject(flat: Flat) -> str:
    """Return what a notice says a mail's subject must be, as printed; empty when it does not."""
    match = _SUBJECT.search(flat.text)
    return flat.quote(match.start(), match.end()).strip("，,") if match else ""


def nothing_counts(flat: Flat) -> bool:
    """Say whether units that have nothing to report say so: 零报告."""
    return _NIL.search(flat.text) is not None


def said_of(kind: str, aside: str) -> str:
    """Return what brackets say of photos and the like, which no rule checks: 5-8张,JPG格式."""
    return aside.translate(_WIDE) if kind in {"photos", "press"} and "附" not in aside else ""
