"""An IMAP server with a provider's habits, for what no honest server can be made to do.

`habits`: "unsafe" (no folder opens before ID), "unsafe-bye", "no-id", "busy", "refuses",
"hangs-up-at-login", "no-uidnext", "no-uidvalidity", "lists-all", "search-bad", "examine-bad";
with pieces of a mail: "no-pieces", "whole-for-piece", "short-pieces", "long-pieces".
`odd` maps a UID to what goes wrong with its fetch: "nil", "empty", "absent", "eof", "bye",
"broken", "no".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.servers.threads import ThreadServer

CAPABILITIES = "IMAP4rev1 XLIST SPECIAL-USE ID LITERAL+ UIDPLUS"  # NetEase has no IDLE, no MOVE
_PIECE = re.compile(r"BODY\.PEEK\[\]<(\d+)\.(\d+)>")
ENDINGS = {
    "eof": [b"* 1 FETCH (UID 7 BODY[] {5000}\r\nSubject: cut", "* BYE"],
    "bye": ["* BYE"],
    "no": ["TAG NO FETCH backend error"],
}


@dataclass
class Kept:
    """One mail of the scripted mailbox."""

    uid: int
    raw: bytes = b"Subject: x\r\n\r\nbody\r\n"
    date: str = '"15-May-2023 09:30:00 +0800"'
    size: int | None = None


@dataclass
class ScriptedImap(ThreadServer):
    """`commands` are those received, without tags; `connections` counts."""

    mails: list = field(default_factory=list)
    habits: tuple = ()
    odd: dict = field(default_factory=dict)
    uidvalidity: int = 1

    def __post_init__(self):
        super().__init__()
        self.commands = []
        self.connections = 0

    def talk(self, file):
        self.connections += 1
        state = {"id": False}
        self._say(file, "* OK [CAPABILITY IMAP4rev1 ID] Coremail System IMap Server Ready")
        while line := file.readline():
            tag, _, command = line.decode("latin-1").strip().partition(" ")
            self.commands.append(command)
            verb = re.sub(r"^UID ", "UID-", command.upper()).split(" ")[0]
            answer = getattr(self, "on_" + verb.replace("-", "_").lower(), self.on_other)
            lines = answer(command, state)
            if lines is None:
                return
            for one in lines:
                self._say(file, one.replace("TAG", tag, 1) if isinstance(one, str) else one)
            if lines and lines[-1] == "* BYE":
                return

    def on_other(self, _command, _state):
        return ["TAG BAD what?"]

    def on_capability(self, _command, _state):
        offered = CAPABILITIES.replace(" ID", "") if "no-id" in self.habits else CAPABILITIES
        return [f"* CAPABILITY {offered}", "TAG OK done"]

    def on_login(self, _command, _state):
        if "hangs-up-at-login" in self.habits:
            return None
        if "busy" in self.habits:
            return ["TAG NO System busy!"]
        if "refuses" in self.habits:
            return ["TAG NO LOGIN Login error or password error"]
        return ["TAG OK LOGIN completed"]

    def on_id(self, command, state):
        if "no-id" in self.habits:
            return ["* BYE what is ID?", "* BYE"]
        if not re.fullmatch(r'ID \("name" "[^"]+"( "[^"]+" "[^"]+")+\)', command):
            return ["TAG BAD Parse command error"]
        state["id"] = True
        return ['* ID ("name" "Coremail Imap" "vendor" "Mailtech")', "TAG OK ID completed"]

    def on_list(self, _command, _state):
        return [
            '* LIST () "/" "INBOX"',
            '* LIST (\\Junk) "/" "&V4NXPpCuTvY-"',
            '* LIST () "/" "&Xn9USpCuTvY-"',
            '* LIST () "/" "&i6KWBZCuTvY-"',
            '* LIST (\\NoSelect) "/" "Spam"',
            '* LIST (\\Sent) "/" "&XfJT0ZAB-"',
            "TAG OK done",
        ]

    def on_examine(self, command, state):
        if "unsafe-bye" in self.habits and not state["id"]:
            return ["* BYE Unsafe Login. Please contact kefu@188.com for help", "* BYE"]
        if "unsafe" in self.habits and not state["id"]:
            return ["TAG NO SELECT Unsafe Login. Please contact kefu@188.com for help"]
        if "examine-bad" in self.habits and command.upper().startswith("EXAMINE"):
            return ["TAG BAD no EXAMINE here"]
        told = [] if "no-uidvalidity" in self.habits else [f"* OK [UIDVALIDITY {self.uidvalidity}]"]
        read = "READ-ONLY" if command.upper().startswith("EXAMINE") else "READ-WRITE"
        state["inbox"] = "INBOX" in command.upper()
        return [
            f"* {len(self.mails)} EXISTS",
            "* 0 RECENT",
            *told,
            "* FLAGS (\\Answered \\Seen \\Deleted \\Draft \\Flagged)",
            f"TAG OK [{read}] done",
        ]

    on_select = on_examine

    def on_uid_search(self, command, state):
        if "search-bad" in self.habits and "ALL" not in command:
            return ["TAG BAD UID SEARCH invalid argument"]
        uids = " ".join(str(mail.uid) for mail in self._visible(state))
        return [f"* SEARCH {uids}".rstrip(), "TAG OK done"]

    def on_uid_fetch(self, command, state):
        wanted = [int(uid) for uid in command.split(" ")[2].split(",")]
        lines = []
        for place, mail in enumerate(self._visible(state), 1):
            if mail.uid in wanted:
                said = self._part(mail, command) if "BODY" in command else self._label(mail)
                if said in ENDINGS:
                    return [*lines, *ENDINGS[said]]
                if said:
                    lines.append(f"* {place} FETCH (UID {mail.uid} ".encode() + said)
        return [*lines, "TAG OK FETCH completed"]

    def _label(self, mail):
        if self.odd.get(mail.uid) == "broken-label":
            return b"INTERNALDATE ("
        size = len(mail.raw) if mail.size is None else mail.size
        return f"INTERNALDATE {mail.date} RFC822.SIZE {size})".encode()

    def _part(self, mail, command):
        raw, key = mail.raw, b"BODY[] "
        if "HEADER" in command:
            raw, key = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", b"BODY[HEADER] "
        elif (piece := _PIECE.search(command)) and "whole-for-piece" not in self.habits:
            if "no-pieces" in self.habits:
                return "no"
            start, length = int(piece[1]), int(piece[2])
            odd = 5 * (("long-pieces" in self.habits) - ("short-pieces" in self.habits))
            raw, key = raw[start : start + length + odd], b"BODY[]<%d> " % start
        whole = b"{%d}\r\n%b)" % (len(raw), raw)
        parts = {"nil": b"NIL)", "empty": b'"")', "broken": b'"""" ('}
        fault = self.odd.get(mail.uid)
        if fault in ENDINGS or fault == "absent":
            return fault if fault in ENDINGS else b""
        return key + parts.get(fault, whole)

    def on_uid_store(self, _command, _state):
        return ["TAG OK done"]

    def on_logout(self, _command, _state):
        return ["* BYE bye", "TAG OK done", "* BYE"]

    def _visible(self, state):
        return self.mails if state.get("inbox") else []

    @staticmethod
    def _say(file, line):
        if line == "* BYE":
            line = "* BYE IMAP4rev1 Server logging out"
        file.write((line if isinstance(line, bytes) else line.encode()) + b"\r\n")
        file.flush()
