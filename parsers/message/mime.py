"""How the raw bytes of one message become a Mail: never an exception for what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.mail import Mail
from parsers.message.addresses import read_parties, read_sender
from parsers.message.automatic import read_automatic, subject_hints
from parsers.message.body import read_body
from parsers.message.bounces import Returned, read_bounce
from parsers.message.cloud_links import read_cloud_links
from parsers.message.dates import read_date, received_date
from parsers.message.files import find_blob, read_file, read_files
from parsers.message.structure import read_structure
from parsers.names import message_ids, one_line

if TYPE_CHECKING:
    from parsers.message.headers import Headers

__all__ = ["find_file", "read_file", "read_mail"]

MAX_SUBJECT = 500
MAX_REFERENCES = 100
_NOTHING = Returned((), ())


def read_mail(raw: bytes) -> Mail:
    """Read a message; an exception means a fault of ours in a reader, not of the mail."""
    root, cuts = read_structure(raw)
    headers = root.headers
    sender, oddities = read_sender(headers)
    subject = one_line(headers.text("subject"))[:MAX_SUBJECT]
    body = read_body(root)
    automatic = read_automatic(root, sender, subject, body.text)
    returned = read_bounce(root, body.text) if automatic == "bounce" else _NOTHING
    hints = {"automatic-subject"} if subject_hints(subject) else set()
    return Mail(
        message_id=next(iter(message_ids(headers.get("message-id"))), None),
        subject=subject,
        sender=sender,
        to=read_parties(headers, "to"),
        cc=read_parties(headers, "cc"),
        reply_to=read_parties(headers, "reply-to"),
        in_reply_to=_ids(headers, "in-reply-to"),
        references=_ids(headers, "references"),
        date=read_date(headers.get("date")),
        received_at=received_date(headers.get("received")),
        automatic=automatic,
        text=body.text,
        html=body.html,
        files=read_files(root, body.html),
        links=read_cloud_links(body.html, body.text, subject),
        body=body.document,
        bounced=returned.recipients,
        returned_ids=returned.ids,
        flags=cuts | oddities | hints,
    )


def find_file(raw_mail: bytes, sha256: str) -> tuple[str, bytes] | None:
    """Return the label and the bytes of the file with this hash, or None."""
    return find_blob(read_structure(raw_mail)[0], sha256)


def _ids(headers: Headers, name: str) -> tuple[str, ...]:
    """Ids in a field; of very many the first and the latest, which are what threads need."""
    found = [identifier for value in headers.values(name) for identifier in message_ids(value)]
    if len(found) > MAX_REFERENCES:
        found = [found[0], *found[1 - MAX_REFERENCES :]]
    return tuple(dict.fromkeys(found))
