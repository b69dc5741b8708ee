"""What Outlook makes of a mail when it does not send it as one: .msg files and winmail.dat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.outlook.letter import Letter, as_mail
from parsers.outlook.msg import read_msg
from parsers.outlook.tnef import read_tnef

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

READERS: Mapping[str, Callable[[bytes], Letter]] = {"msg": read_msg, "winmail": read_tnef}


def to_mail(data: bytes, kind: str) -> bytes:
    """Return the same letter as a mail; Unreadable when it is damaged or too large."""
    return as_mail(READERS[kind](data))
