"""What a refused IMAP login means, by the server's words: each cause has its own remedy.

Facts: mail §1.1, §1.2, §1.9, §2.1. QQ has one text for five causes; it is told as such.
"""

from __future__ import annotations

import re

_WORDINGS: tuple[tuple[str, str], ...] = (
    (r"unsafe login", "unsafe"),
    (r"account is abnormal, service is not open", "five-causes"),
    (r"frequen|too many (login|attempt|fail)", "too-often"),
    (r"system busy|try again later|temporar", "busy"),
    (r"(imap|service|pop3?)\W.{0,40}(not open|not enabled|disabled|closed|off\b)", "imap-off"),
    (r"(enable|turn on|open).{0,20}\bimap|no permission|未开[启通]|没有开[启通]", "imap-off"),
    (r"abnormal|suspend|locked|frozen|blocked|banned|冻结|锁定|封", "blocked"),
    (r"password|credential|authenticat|authoriz|user name|授权码|密码", "wrong-code"),
)


def cause_of_refusal(said: str) -> str:
    """Return the constant of a refusal's cause; "refused" when the words tell none."""
    lowered = said.lower()
    return next((cause for words, cause in _WORDINGS if re.search(words, lowered)), "refused")
