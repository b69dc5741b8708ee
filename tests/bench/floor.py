"""The floor: one process, one mail at a time, and nothing but what every mail must cost.

Fetch by imapclient, MIME by the standard library, unzip, parse the main part by lxml, commit one
row to SQLite (WAL, synchronous=FULL), answer by smtplib on one connection.
Run as `python -m tests.bench.floor DATABASE IMAP_PORT SMTP_PORT ADDRESS PASSWORD`.
"""

from __future__ import annotations

import contextlib
import email
import io
import smtplib
import sqlite3
import sys
import zipfile
from email.message import EmailMessage
from email.policy import default

from imapclient import IMAPClient
from lxml import etree

HOST = "127.0.0.1"
PARTS = {
    "docx": ("word/document.xml", "{*}tc"),
    "xlsx": ("xl/worksheets/sheet1.xml", "{*}c"),
}


def work(database, imap_port, smtp_port, address, password):
    """Answer every mail of the inbox."""
    ledger = sqlite3.connect(database, isolation_level=None)
    ledger.execute("PRAGMA journal_mode = WAL")
    ledger.execute("PRAGMA synchronous = FULL")
    ledger.execute("CREATE TABLE mails (uid INTEGER, name TEXT, cells INTEGER, raw BLOB)")
    with IMAPClient(HOST, imap_port, ssl=False) as box, smtplib.SMTP(HOST, smtp_port) as post:
        box.login(address, password)
        post.login(address, password)
        box.select_folder("INBOX", readonly=True)
        for uid in box.search():
            raw = box.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]
            mail = email.message_from_bytes(raw, policy=default)
            with contextlib.suppress(Exception):  # a hostile mail is left out: it has no guards
                name, count = read(mail)
                ledger.execute("INSERT INTO mails VALUES (?, ?, ?, ?)", (uid, name, count, raw))
                answer(post, address, mail, count)


def read(mail):
    """Return the name of the mail's document and how many cells it has, 0 of what is no zip."""
    for part in mail.iter_attachments():
        name = part.get_filename() or ""
        if name.endswith((".docx", ".xlsx")):
            return name, cells(part.get_content(), name)
    return "", 0


def cells(data, name):
    """Return how many cells a Word or Excel file has."""
    part, tag = PARTS[name[-4:]]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read(part))
    return sum(1 for _ in root.iter(tag))


def answer(post, address, mail, count):
    """Send a short answer."""
    reply = EmailMessage()
    reply["From"], reply["To"] = address, mail["From"]
    reply["Subject"] = f"Re: {mail['Subject']}"
    reply["In-Reply-To"] = str(mail["Message-ID"])
    reply.set_content(f"received, {count} cells\n")
    post.send_message(reply)


if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5])
