"""Campaigns as a reading child knows them, and what it finds of their forms in a mail."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parsers.carry import MAILS, dump
from parsers.message.mime import read_mail
from rules.judging.noted import NOTES, hollowed, note_forms
from rules.judging.told import hear
from rules.who.keys import names_of

if TYPE_CHECKING:
    from rules.campaign import Campaign


class Recogniser:
    """The campaigns it was told last."""

    def __init__(self) -> None:
        self._campaigns: dict[str, Campaign] = {}
        self._opened: dict[tuple[str, ...], tuple[Campaign, ...]] = {}

    def hear(self, request: dict[str, Any]) -> tuple[bytes, bytes]:
        """Forget the campaigns known so far; know these."""
        self._campaigns = {c.id: c for c in hear(request["campaigns"].encode())}
        self._opened.clear()
        for campaign in self._campaigns.values():
            names_of(campaign.roster)  # now, while no mail waits for it
        gc.collect()
        gc.freeze()  # what stays need not be gone through again with every mail
        return b"J", b""

    def recognise(self, request: dict[str, Any]) -> tuple[bytes, bytes]:
        """Read a mail and look for forms of the campaigns `opened`, `prefer` first.

        Documents whose forms were found come hollow, unless the mail is wanted `whole`.
        """
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
