"""The reading child that knows the campaigns' forms: it reads a mail and looks for them.

Run as `python -m rules.child MEMORY_MB [eyes]`. It answers what `parsers.child` answers, is told
the campaigns by `campaigns`, and by `recognise` reads a mail: the answer is the mail and, on a
line of its own, what was found in it (`rules.judging.noted`).
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parsers.carry import MAILS, dump
from parsers.child import OPERATIONS, main
from parsers.message.mime import read_mail

if TYPE_CHECKING:
    from parsers.child import Operation
    from rules.campaign import Campaign


class Recogniser:
    """The campaigns it was told, and what it finds of them; what that takes is loaded with them."""

    def __init__(self) -> None:
        self._campaigns: dict[str, Campaign] = {}
        self._opened: dict[tuple[str, ...], tuple[Campaign, ...]] = {}

    def hear(self, request: dict[str, Any]) -> tuple[bytes, bytes]:
        """Forget the campaigns known so far; know these."""
        from rules.judging.told import hear  # noqa: PLC0415 - a child that only looks has none

        self._campaigns = {c.id: c for c in hear(request["campaigns"].encode())}
        self._opened.clear()
        gc.collect()
        gc.freeze()  # what stays need not be gone through again with every mail
        return b"J", b""

    def recognise(self, request: dict[str, Any]) -> tuple[bytes, bytes]:
        """Read a mail and look for forms of the campaigns `opened`, `prefer` first.

        Documents whose forms were found come hollow, unless the mail is wanted `whole`.
        """
        from rules.judging.noted import NOTES, hollowed, note_forms  # noqa: PLC0415 - as above

        mail = read_mail(Path(request["path"]).read_bytes())
        opened = self._of(tuple(request["opened"]))
        notes, told = note_forms(mail, opened, frozenset(request["prefer"]))
        carried = mail if request["whole"] else hollowed(mail, told)
        return b"J", dump(MAILS, carried) + b"\n" + dump(NOTES, notes)

    def _of(self, ids: tuple[str, ...]) -> tuple[Campaign, ...]:
        """Return campaigns as one tuple for the same ids, under which labels are indexed."""
        if ids not in self._opened:
            self._opened[ids] = tuple(self._campaigns[one] for one in ids)
        return self._opened[ids]


def operations() -> dict[str, Operation]:
    """Return what it answers."""
    recogniser = Recogniser()
    return {**OPERATIONS, "campaigns": recogniser.hear, "recognise": recogniser.recognise}


if __name__ == "__main__":
    main(operations())
