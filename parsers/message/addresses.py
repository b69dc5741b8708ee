"""Who a mail is from and to: one usable From, or none (facts/mail.md §7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parsers.mail import Party
from parsers.message.words import decode_words
from parsers.names import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.message.headers import Headers

MAX_PARTIES = 500

# no `?`: an address may be copied into a header, where `=?…?=` would be decoded
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=^_`{|}~-]+(?:\.+[A-Za-z0-9!#$%&'*+/=^_`{|}~-]+)*\.?"
_DOMAIN = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}))*"
ADDRESS = re.compile(rf"{_LOCAL}@{_DOMAIN}")
_IN_PHRASE = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_COMMENT = re.compile(r"\([^()]*\)")


class Sender(NamedTuple):
    """The sender, if there is exactly one, and what was odd about the From field."""

    party: Party | None
    flags: frozenset[str]


def read_parties(headers: Headers, name: str) -> tuple[Party, ...]:
    """Every usable address of an address field, in order, each once."""
    found: dict[str, Party] = {}
    for value in headers.values(name):
        for party in _parties(value):
            found.setdefault(party.address, party)
    return tuple(found.values())[:MAX_PARTIES]


def read_sender(headers: Headers) -> Sender:
    """Return the one From, or None with "no-sender" or "several-senders".

    "sender-phrase-differs" says that the display name shows another address.
    """
    values = headers.values("from")
    parties = [party for value in values for party in _parties(value)]
    if len(values) > 1 or len(parties) > 1:
        return Sender(None, frozenset({"several-senders"}))
    if not parties:
        return Sender(None, frozenset({"no-sender"}))
    shown = {match.lower() for match in _IN_PHRASE.findall(parties[0].name)}
    differs = bool(shown - {parties[0].address})
    return Sender(parties[0], frozenset({"sender-phrase-differs"} if differs else ()))


def is_address(text: str) -> bool:
    """Whether text is one bare address that can be written into an envelope."""
    return len(text) <= 254 and ADDRESS.fullmatch(text) is not None


def _parties(value: str) -> Iterator[Party]:
    for item in _items(value):
        party = _party(item)
        if party:
            yield party


def _party(item: str) -> Party | None:
    """`phrase <address>`, of which only the brackets count, or a bare address."""
    phrase, bracket, rest = _at_bracket(item)
    if not bracket:
        phrase, rest = "", _COMMENT.sub(" ", item)
    address = rest.partition(">")[0].strip().strip("\"'").lower()
    if not is_address(address):
        return None
    return Party(_phrase(phrase), address)


def _phrase(raw: str) -> str:
    """Return the display name; QQ quotes encoded words, so quotes come off before and after."""
    unquoted = re.sub(r"\\(.)", r"\1", raw.strip().strip('"'))
    return one_line(decode_words(unquoted)).strip("\"' ")[:200]


def _at_bracket(item: str) -> tuple[str, str, str]:
    """Split at the first `<` outside quotes; inside them it is part of the name."""
    quoted, escaped = False, False
    for position, character in enumerate(item):
        if escaped:
            escaped = False
        elif character == "\\" and quoted:
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif character == "<" and not quoted:
            return item[:position], "<", item[position + 1 :]
    return item.rpartition("<") if quoted else (item, "", "")


def _items(value: str) -> Iterator[str]:
    """Mailboxes between commas or semicolons; a name cut by its own comma is put together."""
    held = ""
    for piece in _pieces(value):
        if "@" in piece or "<" in piece:
            yield held + piece
            held = ""
        else:
            held = f"{held}{piece}," if len(held) < 1_000 else ""


def _pieces(value: str) -> Iterator[str]:
    start, quoted, escaped, angle = 0, False, False, False
    for position, character in enumerate(value):
        if escaped:
            escaped = False
        elif character == "\\" and quoted:
            escaped = True
        elif character == '"' and not angle:
            quoted = not quoted
        elif character in "<>" and not quoted:
            angle = character == "<"
        elif character in ",;" and not quoted and not angle:
            yield value[start:position]
            start = position + 1
    yield value[start:]
