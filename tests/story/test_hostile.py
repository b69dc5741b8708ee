"""A mailbox of attacks, worked through by the real process: nothing gets out of its place (T9)."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import unicodedata
import zipfile
from email import message_from_bytes
from email.header import decode_header
from email.policy import default
from pathlib import Path

import lxml.html
import pytest

from tests.servers.dovecot import USERS
from tests.story.hostile_mails import CANARY, SCRIPT, VICTIM, Forge
from tests.story.mailbag import Writer
from tests.story.stage import check_ledger, on_stage

COORDINATOR = "zhuren@kepu.example.cn"
SETTINGS = "[reading]\nwall_seconds = 10\nchildren = 2\n[first_contact]\nanswer_max_age_days = 30\n"
HEADERS = {
    "from", "to", "subject", "date", "message-id", "in-reply-to", "references", "auto-submitted",
    "x-auto-response-suppress", "x-shoubiao-loop", "content-language", "mime-version",
    "content-type",
}  # fmt: skip
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "table", "tbody", "tr", "td", "th", "p",
    "span", "br", "a", "div", "b", "h1", "h2", "h3", "ul", "ol", "li", "strong", "em", "thead",
    "font",
}  # fmt: skip
ATTRIBUTES = {
    "style", "class", "role", "width", "href", "lang", "charset", "name", "content", "align",
    "colspan", "cellpadding", "cellspacing", "border", "valign", "bgcolor", "height", "size",
}  # fmt: skip
FORMULA = re.compile(r"<(?:\w+:)?f(?: [^>]*)?>([^<]*)<")
OURS = re.compile(
    r"(?:(?:SUM|SUMIF|COUNT|ROUND)\(|[-+*/(),.\d]|(?:'[^'\[\]]+'!)?\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)+"
)
"""Totals over cells of the same workbook: no other function, file, name or text."""
PEOPLE = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\b(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8})\b")


class Aftermath:
    """What a round over the attacks left behind."""

    def __init__(self, stage, attacks, honest):
        self.stage, self.attacks, self.honest = stage, attacks, honest
        self.letters = stage.sink.accepted
        self.messages = [message_from_bytes(one.raw, policy=default) for one in self.letters]
        self.log = (stage.bot.folder / "log").read_text(encoding="utf-8")

    def mails(self):
        return self.stage.bot.rows("SELECT * FROM mails")

    def attachments(self):
        for message in self.messages:
            for part in message.iter_attachments():
                yield part.get_filename() or "", part.get_content()


@pytest.fixture(scope="module")
def after(tmp_path_factory):
    digest = {"digest_to": f"[{COORDINATOR}]", "at": "00:00"}
    with on_stage(tmp_path_factory.mktemp("hostile") / "bot", SETTINGS, **digest) as stage:
        before = files_outside(stage)
        attacks = Forge(stage.campaign, USERS[0], COORDINATOR).everything()
        for attack in attacks:
            stage._deliver(USERS[0], attack.raw)
        writer = Writer(stage.campaign, USERS[0], 1)
        honest = [writer.statistics(number) for number in range(900, 904)]
        stage.post(*honest)
        assert stage.bot.once(timeout=580) == 0
        left = Aftermath(stage, attacks, honest)
        left.outside = files_outside(stage) - before
        yield left


def files_outside(stage):
    """Return what stands where only an escaped name would put it, and the campaigns as they are."""
    root = stage.bot.folder
    near = {p for place in (root.parent, root, Path("/tmp"), Path.cwd()) for p in place.glob("*")}
    kept = {
        (path, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in (root / "campaigns").rglob("*")
        if path.is_file()
    }
    return {p for p in near if CANARY in p.name or "passwd" in p.name} | kept


def test_at_least_sixty_attacks_of_every_sort_are_tried(after):
    sorts = {attack.sort.partition(":")[0] for attack in after.attacks}
    assert len(after.attacks) >= 60
    assert len({attack.sort for attack in after.attacks}) == len(after.attacks)
    assert sorts == {
        "subject", "id", "references", "in-reply-to", "reply-to", "return-receipt", "received",
        "from", "name", "formula", "page", "bomb", "admin", "charset",
    }  # fmt: skip


def test_every_attack_is_a_mail_that_was_decided(after):
    rows = after.mails()
    assert len(rows) == len(after.attacks) + len(after.honest)
    assert [row["id"] for row in rows if row["outcome"] is None] == []
    assert all(equation["holds"] for equation in after.stage.bot.equations().values())
    check_ledger(after.stage)


def test_no_attack_keeps_an_honest_mail_from_its_receipt(after):
    answered = {str(letter.headers["In-Reply-To"]) for letter in after.letters}
    assert {mail.message_id for mail in after.honest} <= answered


def test_most_attacks_were_answered_so_that_what_they_try_had_its_chance(after):
    assert len(after.letters) >= 50
    assert {letter.kind for letter in after.letters} >= {"receipt", "correction", "digest"}


def test_nobody_is_written_to_but_senders_of_the_roster_and_coordinators(after):
    listed = {a for unit in after.stage.campaign.roster.units for a in unit.addresses}
    for letter in after.letters:
        assert set(letter.recipients) <= listed | {COORDINATOR}, letter.recipients
        assert VICTIM not in letter.recipients


def test_no_letter_has_a_header_that_we_did_not_write(after):
    for letter in after.letters:
        head = letter.raw.partition(b"\r\n\r\n")[0]
        assert head.isascii()
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)|\0", head)
        names = re.findall(rb"(?m)^([^\s:]+):", head)
        lowered = [name.decode().lower() for name in names]
        assert set(lowered) <= HEADERS
        assert len(set(lowered)) == len(lowered)


def test_no_header_grows_a_line_in_whoever_parses_and_writes_it_again(after):
    """Python 3.11 before 3.11.10 wrote such lines (CVE-2024-6923); others may still."""
    for letter, message in zip(after.letters, after.messages, strict=True):
        for part in message_from_bytes(letter.raw).walk():
            for name, value in part.items():
                once = decoded(re.sub(r"\r\n(?=[ \t])", "", value))
                assert not controls(once), (name, once)
                assert not controls(decoded(once)), (name, once)
        again = message_from_bytes(message.as_bytes(policy=default), policy=default)
        assert {name.lower() for name in again} <= HEADERS
        assert again["Bcc"] is None


def test_every_page_holds_only_our_elements_and_no_way_out(after):
    for message in after.messages:
        html = message.get_body(("html",)).get_content()
        page = lxml.html.document_fromstring(html)
        for element in page.iter():
            if not isinstance(element.tag, str):
                assert CANARY not in lxml.html.tostring(
                    element, encoding="unicode", with_tail=False
                )
                continue
            assert element.tag in ELEMENTS, element.tag
            assert set(element.attrib) <= ATTRIBUTES, element.attrib
            assert CANARY not in str(dict(element.attrib))
            assert element.get("href", "mailto:").startswith(("mailto:", "#"))
        styles = "".join(element.text or "" for element in page.iter("style"))
        assert "url(" not in styles + "".join(e.get("style") or "" for e in page.iter())
        assert "evil.example" not in styles


def test_what_was_tried_is_told_as_the_text_it_is(after):
    digest = next(m for m in after.messages if m["Message-ID"].startswith("<digest"))
    corrections = "".join(
        m.get_body(("html",)).get_content()
        for m in after.messages
        if m["Message-ID"].startswith("<correction")
    )
    assert "&lt;script&gt;" in corrections + digest.get_body(("html",)).get_content()
    for message in after.messages:
        assert "60481729" not in message.get_body(("plain",)).get_content()


def test_no_letter_shows_a_control_or_turns_text_round(after):
    for message in after.messages:
        for kind in ("plain", "html"):
            text = message.get_body((kind,)).get_content()
            assert not controls(text.replace("\n", "").replace("\r", "").replace("\t", ""))


def test_no_workbook_holds_a_formula_of_a_sender_or_a_link_out(after, tmp_path):
    out = tmp_path / "rollup.xlsx"
    process = after.stage.bot.start("export", "2023-neimenggu", "-o", str(out))
    assert process.wait(240) == 0
    books = [data for name, data in after.attachments() if name.endswith(".xlsx")]
    assert books
    for data in (*books, out.read_bytes()):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                part = package.read(name).decode("utf-8")
                assert not re.search(r"<ddeLink|externalLink", part), name
                written = (html.unescape(one) for one in FORMULA.findall(part))
                assert [one for one in written if not OURS.fullmatch(one)] == [], name
                if name.endswith(".rels"):
                    assert "evil.example" not in part
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as package:
        assert CANARY in "".join(package.read(name).decode() for name in package.namelist())


def test_no_attached_name_is_a_path_or_hides_what_it_is(after):
    names = [name for name, _ in after.attachments()]
    assert names
    for name in names:
        assert not re.search(r"[/\\\0\r\n<>|:\"]|\.\.", name), name
        assert not controls(name)
        assert name.endswith((".docx", ".xlsx")), name
        assert len(name.encode()) < 255


def test_nothing_was_written_outside_the_data_folder_nor_into_a_campaign(after):
    assert after.outside == set()
    names = {p.name for p in (after.stage.bot.folder / "data").rglob("*") if p.is_file()}
    allowed = (
        r"[0-9a-f]{64}|ledger\.db(-wal|-shm)?|breakers\.json|[\w.-]+\.zip|"
        r"[\w.-]+\.outline\.json|[\w.-]+\.lock|command-key"
    )
    assert [name for name in names if not re.fullmatch(allowed, name)] == []


def test_nobody_became_an_admin(after):
    assert after.stage.bot.rows("SELECT * FROM audits") == []
    assert after.stage.bot.rows("SELECT * FROM recipients WHERE bounced_at IS NOT NULL") == []
    spoofed = after.stage.bot.rows(
        "SELECT * FROM mails WHERE sender_address = ? AND outcome IN ('accepted', 'returned')",
        COORDINATOR,
    )
    assert spoofed == []


def test_the_ledger_holds_no_text_that_a_terminal_or_page_would_act_on(after):
    for table, columns in (
        ("mails", ("subject", "sender_name", "message_id")),
        ("files", ("name",)),
    ):
        for row in after.stage.bot.rows(f"SELECT {', '.join(columns)} FROM {table}"):
            for column in columns:
                assert not controls(row[column] or ""), (table, column, row[column])


def test_every_line_of_the_log_is_one_fact_without_people(after):
    people = {
        word
        for unit in after.stage.campaign.roster.units
        for word in (unit.contact, unit.phone, *unit.addresses)
        if word
    }
    lines = after.log.splitlines()
    assert len(lines) > len(after.attacks)
    for line in lines:
        told = json.loads(line)
        assert {"event", "level", "timestamp"} <= set(told)
        assert not controls(line), line
        assert not PEOPLE.search(line), line
        assert not any(word in line for word in people), line
        assert CANARY not in line
        assert SCRIPT not in line
    assert {"arrived", "decided", "letter"} <= {json.loads(line)["event"] for line in lines}


def test_commands_show_what_is_held_without_letting_it_act_on_the_terminal(after):
    status, rows = after.stage.bot.says("held")
    assert status == 1
    assert rows
    for row in rows:
        assert not controls(json.dumps(row, ensure_ascii=False))


def decoded(value):
    """Return what a header's encoded words say, as Python reads them."""
    pieces = decode_header(value)
    return "".join(
        piece.decode(charset or "ascii", "replace") if isinstance(piece, bytes) else piece
        for piece, charset in pieces
    )


def controls(text):
    """Return the characters that a terminal, parser or reader would act on."""
    bad = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return [hex(ord(c)) for c in text if unicodedata.category(c) in bad and c != "\u00ad"]
