"""T3: whatever an SMTP server says, and wherever it falls silent, letters leave once or wait."""

from __future__ import annotations

from collections import Counter
from itertools import product

from tests.faults.desk import ADMIN, account, desk
from tests.faults.silence import SilentSmtp, silence_passes
from tests.servers.smtp_script import CLOSE, LOSE, STALL, STALL_AND_LOSE

CODES = (421, 451, 452, 535, 550, 552, 554)
SOME_CODES = (451, 550)
SOME_STAYING = (("greeting", 421), ("AUTH", 535))
PHASES = ("greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "dot")
TOKENS = (
    "421 HL:REP", "421 HL:ICC", "421 HL:IFC", "421 HL:MEP", "450 MI:CEL", "451 MI:DMC",
    "451 MI:CCL", "450 RP:DRC", "451 RP:CCL", "451 DT:SPM please try again", "451 MI:SFQ",
    "451 RP:QRC", "535 Error: authentication failed", "550 User has no permission", "550 MI:STC",
    "550 RP:TRC", "554 MI:STC", "550 RP:RCL", "550 DT:SPM", "554 DT:SPM", "554 DT:SUM",
    "550 MI:IMF", "550 MI:SPF", "550 MI:DMA", "550 MI:NHD", "550 RP:FRL", "550 Invalid User",
    "550 User suspended", "550 User not found", "552 Illegal Attachment",
    "552 Requested mail action aborted: exceeded mailsize limit",
    "553 Mail from must equal authorized user", "553 NULL sender is not allowed",
    "553 authentication is required", "553 Local user only", "554 HL:IHU", "554 HL:IPB",
    "554 MI:SPB", "554 IP in blacklist", "554 smtp auth error limit exceed",
    "501 mail from address must be same as authorization user",
    "550 Ip frequency limited", "550 Connection frequency limited", "550 DMARC check failed.",
    "526 Authentication failure", "454 Transient reject by behaviour spam at Mail-From stage",
)  # fmt: skip
SILENCES = (CLOSE, LOSE, STALL, STALL_AND_LOSE)
DEAD_DAYS = 1  # how long a fault that stays is watched
MOST_CONNECTIONS = 60  # in that time: one each half an hour, and a few at first


def run(tally, full):
    """Try each reply once at each phase, then each as a fault that stays for days."""
    with silence_passes():
        for phase, code in product(PHASES, CODES if full else SOME_CODES):
            _once(tally, phase, f"{code} what it means is told by digits alone")
        for phase, silence in product((*PHASES, "QUIT") if full else ("dot", "QUIT"), SILENCES):
            _once(tally, phase, silence)
        for phase, token in product(
            ("MAIL", "RCPT", "DATA", "dot") if full else ("dot",), TOKENS[:: 1 if full else 6]
        ):
            _once(tally, phase, f"{token} 126 smtp1,invented")
        for phase in (*PHASES, "QUIT") if full else ("dot",):
            _once(tally, phase, b"\x00\xff no reply at all\r\n")
            _once(tally, phase, "250 which is no answer to that" if phase != "dot" else "354 more")
        for phase, code in product(PHASES, CODES) if full else SOME_STAYING:
            _staying(tally, phase, f"{code} it stays so")
        for phase, silence in product(PHASES, (CLOSE, STALL)) if full else ():
            _staying(tally, phase, silence)
        _starttls(tally)
        _one_of_three(tally)


def _once(tally, phase, reply):
    """Let it happen once: every letter leaves once, or a person can see why not."""
    with (
        tally.point(f"{phase} {reply!r}"),
        SilentSmtp(**{phase: [reply]}) as server,
        _open(server) as opened,
    ):
        names = [opened.queue("a"), opened.queue("b", "reminder"), opened.queue("c")]
        opened.send_for(30, 15)
        _check(opened, server, names)
        lost = [
            name for name in names if opened.states()[name] not in {"sent", "refused", "uncertain"}
        ]
        assert not lost, f"still {[opened.states()[name] for name in lost]} after 30 hours"
        if not _is_final(phase, reply):
            _check_all_sent(opened, names, phase)


def _check(opened, server, names):
    """One Message-ID a letter, equal bytes, two copies only where the first was uncertain."""
    _check_alerts(server)
    copies = Counter(letter.raw for letter in server.letters if letter.recipients[0] != ADMIN)
    assert len(copies) <= len(names)
    for raw, count in copies.items():
        name = _name(raw)
        uncertain = opened.log_of(name).count("uncertain")
        assert count <= 1 + uncertain <= 3, f"{count} copies, {uncertain} uncertain"
        assert opened.states()[name] in {"sent", "uncertain"}, opened.states()[name]
    sent = {name for name in names if opened.states()[name] == "sent"}
    assert sent <= {_name(raw) for raw in copies}, "called sent, never taken"


def _check_alerts(server):
    """See that the operator hears of a trouble once, and once that it is over."""
    raws = [letter.raw for letter in server.letters if letter.recipients[0] == ADMIN]
    told = Counter(raw.partition(b"Message-ID: <")[2].partition(b".")[0] for raw in raws)
    assert told[b"alert"] <= 1
    assert told[b"alert-over"] <= told[b"alert"]


def _name(raw):
    return raw.partition(b"\r\n")[0].removeprefix(b"Message-ID: ").decode()


def _check_all_sent(opened, names, phase):
    """See every letter sent after a fault that passes; a reminder may stay uncertain."""
    for name in names:
        state, tries = opened.states()[name], opened.log_of(name)
        doubtful = "uncertain" in tries and name.startswith("<reminder")
        assert state == "sent" or doubtful, f"{state} after {tries}"
        if "uncertain" in tries:
            assert phase == "dot", tries


def _is_final(phase, reply):
    """Whether a 5xx after the login may be a person's matter."""
    return (
        isinstance(reply, str)
        and reply[:1] == "5"
        and phase in {"AUTH", "MAIL", "RCPT", "DATA", "dot"}
    )


def _staying(tally, phase, reply):
    """Let it stay: the server is left in peace, nothing is given up that may yet leave."""
    with (
        tally.point(f"{phase} {reply!r} for days"),
        SilentSmtp(**{phase: reply}) as server,
        _open(server) as opened,
    ):
        names = [opened.queue(f"n{number}") for number in range(30)]
        opened.send_for(24 * DEAD_DAYS, 3)
        letters = phase in {"RCPT", "DATA", "dot"}  # here a refusal may be each letter's own
        most = MOST_CONNECTIONS + letters * 12 * len(names)
        assert server.connections <= most, f"{server.connections} connections"
        if phase == "AUTH":
            assert len(server.logins) <= MOST_CONNECTIONS, len(server.logins)
        _check(opened, server, names)
        server._script.clear()
        opened.send_for(30, 15)
        _check(opened, server, names)
        ended = Counter(opened.states()[name] for name in names)
        assert not {"queued", "sending", "deferred"} & set(ended), ended
        if phase in {"greeting", "EHLO", "AUTH"} or (
            reply[:1] == "4" or reply == CLOSE != phase == "dot"
        ):
            assert ended["sent"] == len(names) or phase == "dot", ended


def _starttls(tally):
    """Where STARTTLS is demanded and refused, no password is told and the letters wait."""
    offer = "250-smtp.example.cn\r\n250-STARTTLS\r\n250 AUTH LOGIN PLAIN"
    for reply in (
        *(f"{code} no TLS today" for code in (421, 454, 501, 550)),
        CLOSE,
        STALL,
        "220 go",
    ):
        with tally.point(f"STARTTLS {reply!r}"), SilentSmtp(EHLO=offer, STARTTLS=reply) as server:
            how = {"host": "127.0.0.1", "port": server.port, "tls": "starttls"}
            with desk(_with(server, how)) as opened:
                opened.queue("a")
                opened.send_for(6, 10)
                assert not server.logins
                assert not server.letters
                assert set(opened.states().values()) == {"queued"}  # so is an alert's
                assert server.connections <= MOST_CONNECTIONS


def _one_of_three(tally):
    """One recipient of three is refused: the others get the letter once, the refusal is kept."""
    for code in CODES:
        refusal = f"{code} not this one"
        with (
            tally.point(f"RCPT 2 of 3 {code}"),
            SilentSmtp(RCPT=["250 ok", refusal]) as server,
            _open(server) as opened,
        ):
            name = opened.queue("a", to=("x@example.cn", "y@example.cn", "z@example.cn"))
            opened.send_for(30, 15)
            _check(opened, server, [name])
            assert opened.states()[name] == "sent"


def _with(server, how):
    given = account(smtp=server.port)
    return given.model_copy(update={"smtp": given.smtp.model_validate(how)})


def _open(server):
    return desk(account(smtp=server.port))
