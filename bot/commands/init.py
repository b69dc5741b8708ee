"""`shoubiao init`: a folder from which the bot can run, and what is left to a person."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.drafts import write_new
from bot.commands.renew import name_of, sources
from bot.commands.screen import screen
from bot.mailboxes.providers import OWN, PROVIDERS, provider_of
from bot.settings import FILE_NAME, SettingsError
from bot.settings.mistakes import Mistake
from rules.folder.load import CAMPAIGN_FILE, SHIPPED, load_campaign
from rules.notice import Notice
from rules.renew import renew, year_of
from templates.deployment import Deployment, next_steps, settings_text

if TYPE_CHECKING:
    from datetime import date

    from rules.campaign import Campaign

SECRET = "authorisation-code"  # noqa: S105 - the name of the file
_PORTS = {"imap": 993, "smtp": 465}
_STARTTLS = frozenset({143, 587, 25})
_HOST = re.compile(r"(?P<host>[\w.-]+|\[[0-9a-fA-F:]+\])(?::(?P<port>\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; "" and None where nothing was said."""

    folder: Path
    address: str = ""
    provider: str = ""
    imap: str = ""
    smtp: str = ""
    campaign: str = ""
    notice: Path | None = None
    people: tuple[str, ...] = ()
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class Example:
    """The campaign to begin with: its id, its files, the mailboxes that it prints."""

    id: str
    files: Mapping[str, bytes]
    boxes: tuple[str, ...]
    notice: Notice | None = None


def init(wanted: Wanted, example: Example) -> int:
    """Write the settings, an empty file for the secret, and one campaign to edit."""
    folder, deployment = wanted.folder, _deployment(wanted, example)
    campaign = folder / "campaigns" / example.id
    secret = folder / SECRET
    settings = settings_text(deployment, wanted.language).encode()
    files = {campaign / path: content for path, content in example.files.items()}
    write_new({folder / FILE_NAME: settings, secret: b"", **files})
    secret.chmod(0o600)
    (folder / "data").mkdir(mode=0o700, exist_ok=True)
    if example.notice is not None:
        from bot.commands.notice import show_draft

        show_draft(example.notice, campaign)
    steps = next_steps(deployment, str(folder), _called(), wanted.language)
    screen().print(steps, markup=False, end="")
    return 0


def _called() -> str:
    """Return how this program is called from here: by its name, or by where it lies."""
    program = Path(sys.argv[0])
    if program.name == "__main__.py":
        return f"{sys.executable} -m bot"
    return program.name if shutil.which(program.name) else str(program)


def example_of(wanted: Wanted, today: date) -> Example:
    """Return the shipped campaign that is named, of a season to come, or a draft from a notice."""
    if wanted.notice is not None:
        return _drafted(wanted.notice, wanted.campaign, wanted.address)
    name = wanted.campaign or "2023-neimenggu"
    source = SHIPPED / name
    if not source.is_dir():
        known = ", ".join(sorted(one.name for one in SHIPPED.iterdir() if one.is_dir()))
        raise _wrong("init-campaign", name, known=known)
    campaign = load_campaign(source)
    year = _season(campaign, today)
    if year == year_of(campaign):
        paths = (path for path in sorted(source.rglob("*")) if path.is_file())
        files_of = {path.relative_to(source).as_posix(): path.read_bytes() for path in paths}
    else:
        name = name_of(campaign, year)
        files_of = dict(renew(campaign, sources(source, campaign), name, year, {}).files)
        files_of[CAMPAIGN_FILE] = _open_from(today, files_of[CAMPAIGN_FILE])
    files_of[CAMPAIGN_FILE] = _without_people(files_of[CAMPAIGN_FILE])
    return Example(name, files_of, campaign.file.boxes)


def _season(campaign: Campaign, today: date) -> int:
    """Return the year in which what is owed is due next: mail for a season past is ignored."""
    last = max(requirement.due for requirement in campaign.file.requirements)
    year = today.year + ((last.month, last.day) < (today.month, today.day))
    return max(year, year_of(campaign))


def _open_from(today: date, text: bytes) -> bytes:
    """Let an example take mail from today on, so that a first trial is answered."""
    return re.sub(rb"(?m)^(opens:\s*)[\d-]+", rb"\g<1>" + today.isoformat().encode(), text)


def _without_people(text: bytes) -> bytes:
    """Leave the digest to those whom the settings name: an example's coordinators are invented."""
    return re.sub(rb"(?m)^((?:  to|coordinators):) \[.*\].*$", rb"\1 []", text)


def _drafted(file: Path, name: str, address: str) -> Example:
    from bot.commands.notice import ID, drafted

    notice, files_of = drafted(file)
    box = next((one for one in (address, *notice.mailboxes) if one), "campaign")
    days = [owed.due.day for owed in notice.requirements if owed.due.day]
    word = re.sub(r"[^a-z0-9]+", "-", box.partition("@")[0].lower()).strip("-") or "campaign"
    name = name or f"{max(days).year}-{word}" if days else name or word
    if ID.fullmatch(name) is None:
        raise _wrong("init-name", name)
    return Example(name, files_of(name), tuple(m.lower() for m in notice.mailboxes), notice)


def _deployment(wanted: Wanted, example: Example) -> Deployment:
    """Say whose mailbox it is: the one given, else the one that the campaign's notice prints."""
    box = (wanted.address or next(iter(example.boxes), "")).strip().lower()
    if "@" not in box:
        raise _wrong("init-mailbox", campaign=example.id)
    servers = _servers(box, wanted)
    return Deployment(
        address=box,
        provider=wanted.provider,
        servers=servers,
        coordinators=wanted.people,
        admins=wanted.people,
        password_file=SECRET,
        example=example.id,
        drafted=example.notice is not None,
        printed=box in example.boxes,
        providers=PROVIDERS,
    )


def _wrong(code: str, about: str = "", **facts: object) -> SettingsError:
    """Return what is said of an answer that `init` cannot use."""
    return SettingsError(Mistake(code, facts, file=about))


def _servers(box: str, wanted: Wanted) -> tuple[tuple[str, str, int, str], ...]:
    """Return (imap or smtp, host, port, tls) where no preset has them; SettingsError if unknown."""
    given = {"imap": wanted.imap, "smtp": wanted.smtp}
    preset = provider_of(box, wanted.provider or None)
    if preset is None and wanted.provider not in OWN and not all(given.values()):
        names = "|".join((*(one.name for one in PROVIDERS), *OWN))
        raise _wrong("init-servers", box, known=names)
    domain = box.rpartition("@")[2]
    return tuple(
        (kind, *_endpoint(kind, said or f"{kind}.{domain}"))
        for kind, said in given.items()
        if said or preset is None
    )


def _endpoint(kind: str, said: str) -> tuple[str, int, str]:
    """Read HOST or HOST:PORT; the port tells whether TLS begins at once."""
    match = _HOST.fullmatch(said.strip())
    if match is None:
        raise _wrong("init-endpoint", f"--{kind} {said}")
    port = int(match["port"] or _PORTS[kind])
    home = match["host"] in {"127.0.0.1", "localhost"} and port not in _PORTS.values()
    return match["host"], port, "plain" if home else "starttls" if port in _STARTTLS else "tls"
