"""An SMTP server that keeps what it accepts and, where a script says so, refuses or hangs up.

A script maps a moment (greeting, EHLO, AUTH, MAIL, RCPT, DATA, dot, RSET, QUIT) to a reply, or to
a list of replies used one after the other and then the usual one. A reply is a line, CLOSE, a line
with CLOSE after it, or bytes sent as they are. At the dot CLOSE and STALL (say nothing more) keep
the letter, LOSE and STALL_AND_LOSE do not: the client cannot tell.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.servers.threads import ThreadServer

CLOSE = "close"
LOSE = "lose"
STALL = "stall"
STALL_AND_LOSE = "stall and lose"
USUAL = {
    "greeting": "220 smtp.example.cn ready",
    "EHLO": "250-smtp.example.cn\r\n250-SIZE 73400320\r\n250-8BITMIME\r\n250 AUTH LOGIN PLAIN",
    "AUTH": "235 Authentication successful",
    "MAIL": "250 Mail OK",
    "RCPT": "250 Mail OK",
    "DATA": "354 End data with <CR><LF>.<CR><LF>",
    "dot": "250 Mail OK queued as smtp11,invented 1684029600",
    "RSET": "250 OK",
    "QUIT": "221 Bye",
}


@dataclass(frozen=True)
class Letter:
    """What was accepted: the envelope and the exact bytes."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


class ScriptedSmtp(ThreadServer):
    """`letters` are those accepted, `commands` all lines received, `logins` the AUTH attempts."""

    def __init__(self, **script):
        super().__init__()
        self._script = {moment: self._list(replies) for moment, replies in script.items()}
        self.letters = []
        self.commands = []
        self.connections = 0

    def say(self, moment, replies=()):
        """Change the script of one moment from now on; nothing: the usual reply."""
        self._script[moment] = self._list(replies) if replies else []

    @property
    def logins(self):
        return [line for line in self.commands if line.upper().startswith("AUTH")]

    def talk(self, file):
        self.connections += 1
        sender, recipients = "", []
        if not self._say(file, "greeting"):
            return
        while line := file.readline():
            text = line.decode("latin-1").rstrip("\r\n")
            self.commands.append(text)
            verb = text.split(" ")[0].upper()
            if not (said := self._say(file, verb)):
                return
            if verb == "MAIL":
                sender, recipients = _address(text), []
            elif verb == "RCPT" and said.startswith("2"):
                recipients.append(_address(text))
            elif verb == "DATA" and said.startswith("354"):
                letter = Letter(sender, tuple(recipients), self._read_letter(file))
                answer = self.judged(letter) or self._next("dot")
                if _text(answer).startswith("250") or answer in {CLOSE, STALL}:
                    self.letters.append(letter)
                    self.taken(letter)
                if not self._answer(file, answer):
                    return
            elif verb == "QUIT":
                return

    def judged(self, _letter):
        """Return the refusal of a letter for its content; nothing leaves it to the script."""

    def taken(self, letter):
        """Be told of each letter that was accepted."""

    def _say(self, file, moment):
        answer = self._next(moment)
        return _text(answer) if self._answer(file, answer) else ""

    def _next(self, moment):
        replies = self._script.get(moment)
        return replies.pop(0) if replies else USUAL.get(moment, "502 what?")

    def silence(self, file):
        """Say nothing until the client has hung up; return whether the conversation goes on."""
        return not file.read()

    def _answer(self, file, answer):
        """Return whether the conversation goes on."""
        line, after = answer if isinstance(answer, tuple) else (answer, None)
        if line in {CLOSE, LOSE}:
            return False
        if line in {STALL, STALL_AND_LOSE}:
            return self.silence(file)
        file.write(line if isinstance(line, bytes) else line.encode() + b"\r\n")
        file.flush()
        return after != CLOSE

    @staticmethod
    def _read_letter(file):
        lines = []
        while (line := file.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    @staticmethod
    def _list(replies):
        return list(replies) if isinstance(replies, list) else [replies] * 1000


def _text(answer):
    line = answer[0] if isinstance(answer, tuple) else answer
    return line.decode("latin-1") if isinstance(line, bytes) else line


def _address(line):
    return line.partition("<")[2].partition(">")[0]
