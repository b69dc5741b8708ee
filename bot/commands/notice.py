"""`shoubiao notice`: a notice becomes the draft of a campaign folder."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from bot.commands.drafts import document_of, open_file, write_new
from bot.commands.screen import screen
from bot.commands.trouble import Trouble
from parsers.charsets import decode_raw
from parsers.names import clean
from rules.load import load_campaign
from rules.notice import notice_json, read_notice
from rules.notice.draft import draft_folder
from rules.problem import CampaignError

if TYPE_CHECKING:
    from pathlib import Path

    from rules.notice import Notice

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
TEXT = frozenset({"text", "csv"})


def draft_notice(file: Path, folder: Path | None, *, as_json: bool) -> int:
    """Draft the folder and say what was found; 1 when nothing to hand in was found."""
    name = folder.resolve().name if folder else ""
    if folder is not None and ID.fullmatch(name) is None:
        raise Trouble(f"{folder}: call it by lower case letters, digits and hyphens: 2024-taiyuan")
    data, kind = open_file(file)
    text = clean(decode_raw(data)) if kind in TEXT else None
    notice = read_notice(text if text is not None else document_of(file, data, kind))
    if folder is not None:
        drafted = draft_folder(notice, name, data, kind)
        write_new({folder / path: content for path, content in drafted.files.items()})
    if as_json:
        print(json.dumps(notice_json(notice), ensure_ascii=False))  # noqa: T201 - the contract
    else:
        _show(notice, folder)
    return 0 if notice.requirements else 1


def _show(notice: Notice, folder: Path | None) -> None:
    console = screen()

    def say(line: str) -> None:
        console.print(line, markup=False)

    say(f"{notice.title or '?'}  {notice.document}".rstrip())
    say(f"mailboxes: {', '.join(notice.mailboxes) or '?'}")
    for owed in notice.requirements:
        clock = f" {owed.due.at:%H:%M}" if owed.due.at else ""
        say(f"  {owed.due.day or '????-??-??'}{clock}  {owed.title} ({owed.kind})")
        say(f"      {owed.quote}")
    for form in notice.forms:
        say(f"form {form.draft.form.title}: {len(form.draft.form.fields)} fields")
    for question in notice.open:
        say(f"? {question}")
    for problem in _problems(folder) if folder else ():
        say(f"! {problem}")


def _problems(folder: Path) -> tuple[str, ...]:
    """Return what a person has to fill in before the folder loads."""
    try:
        load_campaign(folder)
    except CampaignError as error:
        return tuple(str(problem) for problem in error.problems)
    return ()
