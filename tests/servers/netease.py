"""A NetEase-like provider (163, 126, yeah): what its IMAP and SMTP do, by facts/mail.md §1 and §3.

Time is the test's clock. `imap.sins` lists what a careful client never asks; a test wants none.
"""

from __future__ import annotations

import base64
import hashlib
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

from tests.servers.imap_script import ScriptedImap
from tests.servers.smtp_script import CLOSE, ScriptedSmtp

CHINA = ZoneInfo("Asia/Shanghai")
CAPABILITIES = (
    "IMAP4rev1 XLIST SPECIAL-USE ID LITERAL+ STARTTLS APPENDLIMIT=71680000 XAPPLEPUSHSERVICE "
    "UIDPLUS X-CM-EXT-1 SASL-IR AUTH=XOAUTH2"
)
UNSAFE = "SELECT Unsafe Login. Please contact kefu@188.com for help"
WINDOW = timedelta(days=30)  # 收取最近30天邮件
LOGINS, LOGIN_SPAN = 12, timedelta(hours=1)
FORBIDDEN = ("BODYSTRUCTURE", "ENVELOPE", "RFC822 ", "RFC822)", "BODY[", "MODSEQ")
FIRST_UID = 1392611444  # §1.4: large, and far from one another


@dataclass
class Post:
    """One mail in the mailbox: its UID, bytes and the server's receipt time."""

    uid: int
    raw: bytes
    received: object

    @property
    def size(self):
        return None

    @property
    def date(self):
        return self.received.astimezone(CHINA).strftime('"%d-%b-%Y %H:%M:%S +0800"')


@dataclass
class NetEaseImap(ScriptedImap):
    """`unsafe`: "" | "no" | "bye", though ID was said; `refusal`: what a login is answered."""

    now: object = None
    password: str = "invented-code"
    capabilities: str = CAPABILITIES
    window: timedelta | None = WINDOW
    unsafe: str = ""
    refusal: str = ""
    most_logins: int = LOGINS
    sins: list = field(default_factory=list)

    def __post_init__(self):
        super().__post_init__()
        self.logins = []
        self.ids = 0

    def put(self, raw):
        """Deliver a mail now."""
        uid = FIRST_UID + 40_013 * len(self.mails)
        self.mails.append(Post(uid, raw, self.now()))

    def on_capability(self, _command, _state):
        return [f"* CAPABILITY {self.capabilities}", "TAG OK done"]

    def on_login(self, command, state):
        self.logins.append(self.now())
        lately = [at for at in self.logins if at > self.now() - LOGIN_SPAN]
        if self.refusal:
            return [f"TAG NO {self.refusal}"]
        if len(lately) > self.most_logins:
            return ["TAG NO LOGIN login frequency limited"]
        if f'"{self.password}"' not in command and not command.endswith(f" {self.password}"):
            return ["TAG NO LOGIN Login error or password error"]
        state["in"] = True
        return ["TAG OK LOGIN completed"]

    def on_id(self, command, state):
        self.ids += 1
        return super().on_id(command, state)

    def on_list(self, command, state):
        if not state["id"]:
            self.sins.append("LIST before ID")
        return super().on_list(command, state)

    def on_examine(self, command, state):
        if self.unsafe == "bye":
            return ["* BYE Unsafe Login. Please contact kefu@188.com for help", "* BYE"]
        if not state["id"] or self.unsafe:
            return [f"TAG NO {UNSAFE}"]
        state["inbox"] = "INBOX" in command.upper()
        count = len(self._visible(state))
        flags = "(\\Answered \\Seen \\Deleted \\Draft \\Flagged)"
        return [
            f"* {count} EXISTS", "* 0 RECENT", "* OK [UIDVALIDITY 1] UIDs valid",
            f"* FLAGS {flags}", f"* OK [PERMANENTFLAGS {flags}] Limited",
            "TAG OK [READ-ONLY] EXAMINE completed",
        ]  # fmt: skip

    on_select = on_examine

    def on_uid_search(self, command, state):
        """SINCE and UID work; what is searched for in the text is answered wrongly (§1.6)."""
        asked = command.upper().removeprefix("UID SEARCH ").strip()
        shown = self._visible(state)
        if any(word in asked for word in ("TEXT", "FROM", "SUBJECT", "BODY", "CHARSET", "(")):
            self.sins.append(command)
            shown = []
        if asked.startswith("SINCE "):
            day = asked.partition(" ")[2].strip('"')
            shown = [m for m in shown if m.received.astimezone(CHINA).date() >= _day(day)]
        uids = " ".join(str(mail.uid) for mail in shown)
        return [f"* SEARCH {uids}".rstrip(), "TAG OK SEARCH completed"]

    def on_uid_fetch(self, command, state):
        """Break a structure that is asked for, as captured (§1.7)."""
        asked = command.upper().replace("BODY.PEEK[", "")
        if any(word in asked for word in FORBIDDEN):
            self.sins.append(command)
            broken = b'* 1 FETCH (UID 1 BODYSTRUCTURE (("TEXT" "PLAIN" ("NAME" """")))'
            return [broken, "TAG OK FETCH completed"]
        return super().on_uid_fetch(command, state)

    def on_uid_store(self, command, _state):
        if "KEYWORD" in command.upper() or "$" in command:
            return ["TAG NO STORE no such flag"]
        return ["TAG OK STORE completed"]

    def on_other(self, command, state):
        self.sins.append(command)  # IDLE, MOVE, UNSELECT, ENABLE, NAMESPACE … are not there
        return super().on_other(command, state)

    def on_noop(self, _command, _state):
        return ["TAG OK NOOP completed"]

    def _visible(self, state):
        if not state.get("inbox"):
            return []
        oldest = self.now() - self.window if self.window else None
        return [mail for mail in self.mails if oldest is None or mail.received >= oldest]


class NetEaseSmtp(ScriptedSmtp):
    """Takes letters from who logged in, within limits; unknown recipients bounce `later`.

    `accepted` pairs each letter with its time, `bounces` what is to be delivered and when.
    """

    per_quarter, per_day, per_session, same_text = 60, 300, 25, 8
    greeting_host = "126.com"

    def __init__(self, now, login, *, password="invented-code", gone=(), unknown=(), **script):
        super().__init__(**script)
        self.now, self.login, self.password = now, login, password
        self.gone, self.unknown = set(gone), set(unknown)
        self.accepted, self.bounces = [], []
        self.texts = deque(maxlen=100)
        self.banned = ""

    def _next(self, moment):
        answer = self._scripted(moment)
        return answer if answer is not None else super()._next(moment)

    def _scripted(self, moment):
        """Answer by the provider's rules where nothing is scripted."""
        if self._script.get(moment):
            return None
        said = self.commands[-1] if self.commands else ""
        if moment == "AUTH" and not self._knows(said):
            return ("535 Error: authentication failed", CLOSE)
        if moment == "MAIL":
            return self._sender(said)
        if moment == "RCPT" and _address(said) in self.unknown:
            return f"550 User not found: {_address(said)}"
        return None

    def _knows(self, said):
        try:
            plain = base64.b64decode(said.split(" ")[2]).split(b"\0")
        except (IndexError, ValueError):
            return False
        return plain[1:] == [self.login.encode(), self.password.encode()]

    def _sender(self, said):
        if self.banned:
            return self.banned
        if _address(said) != self.login:
            return "553 Mail from must equal authorized user"
        if self._since(timedelta(days=1)) >= self.per_day:
            return f"554 MI:STC {self.greeting_host} smtp1,invented"
        if self._since(timedelta(minutes=15)) >= self.per_quarter:
            return f"451 MI:SFQ {self.greeting_host} smtp1,invented"
        return None

    def _since(self, span):
        return sum(at > self.now() - span for at, _ in self.accepted)

    def judged(self, letter):
        """Return the refusal of a letter's text, or None (§3.2, §3.4)."""
        message = message_from_bytes(letter.raw, policy=default)
        if [a.addr_spec for a in message["From"].addresses] != [self.login]:
            return "554 DT:SUM"
        if not (message["To"] and message["Subject"]):
            return "554 DT:SPM"
        text = hashlib.sha256(letter.raw.partition(b"\r\n\r\n")[2]).hexdigest()
        self.texts.append(text)
        return "554 DT:SPM" if self.texts.count(text) > self.same_text else None

    def taken(self, letter):
        """Keep a letter, and plan the bounce of an address that is gone."""
        self.accepted.append((self.now(), letter))
        for recipient in letter.recipients:
            if recipient in self.gone:
                at = self.now() + timedelta(minutes=3)
                self.bounces.append((at, self.bounce(recipient, letter)))

    def bounce(self, recipient, letter):
        """Write 系统退信, a proper report (§6.2)."""
        return netease_bounce(recipient, letter.raw, self.login, self.now())

    def deliver_bounces(self, imap):
        """Put the bounces whose time has come into the mailbox."""
        due = [one for one in self.bounces if one[0] <= self.now()]
        self.bounces = [one for one in self.bounces if one not in due]
        for _, raw in due:
            imap.put(raw)


def netease_bounce(recipient, returned, mailbox, now):
    original = base64.b64encode(returned).decode()
    text = base64.b64encode("抱歉，您的邮件被退回来了……\r\n退信原因：用户不存在".encode("gb2312"))
    date = now.strftime("%a, %d %b %Y %H:%M:%S +0000")
    stamp = now.timestamp()
    return f"""From: Postmaster@126.com\r
To: {mailbox}\r
Subject: =?gb2312?B?z7XNs83L0MU=?=\r
Date: {date}\r
Message-ID: <bounce.{stamp}.{recipient}>\r
X-Mailer: Coremail MTA server\r
MIME-Version: 1.0\r
Content-Type: Multipart/report; report-type=delivery-status;\r
\tboundary="==Part"\r
\r
--==Part\r
Content-Type: text/plain; charset=gb2312\r
Content-Transfer-Encoding: base64\r
\r
{text.decode()}\r
--==Part\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; 126.com\r
\r
Final-Recipient: rfc822; {recipient}\r
Action: failed\r
Status: 5.0.0\r
Diagnostic-Code: smtp; 550 User not found\r
\r
--==Part\r
Content-Type: message/rfc822\r
Content-Transfer-Encoding: base64\r
\r
{original}\r
--==Part--\r
""".encode()


def _day(text):
    from datetime import datetime

    return datetime.strptime(text, "%d-%b-%Y").replace(tzinfo=CHINA).date()


def _address(line):
    return line.partition("<")[2].partition(">")[0]
