"""`shoubiao notice`: a notice becomes the draft of a campaign folder."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from bot.commands.drafts import document_of, open_file, write_new
from bot.commands.screen import screen
from bot.commands.trouble import wrong
from bot.progress import busy
from parsers.charsets import decode_raw
from parsers.names import clean
from rules.folder.load import load_campaign
from rules.folder.problem import CampaignError
from rules.notice import notice_json, read_notice
from rules.notice.beside import Annex
from rules.notice.draft import draft_folder
from templates.broken import tell_problem
from templates.drafts import say
from templates.rosters import roster_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rules.folder.problem import CampaignProblem
    from rules.notice import Notice

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
TEXT = frozenset({"text", "csv"})


def draft_notice(
    file: Path, folder: Path | None, annexes: Sequence[Path] = (), *, as_json: bool
) -> int:
    """Draft the folder and say what was found; 1 when nothing to hand in was found."""
    name = folder.resolve().name if folder else ""
    if folder is not None and ID.fullmatch(name) is None:
        raise wrong("init-name", folder)
    with busy("reading-notice"):
        notice, files_of = drafted(file, annexes)
    if folder is not None:
        write_new({folder / path: content for path, content in files_of(name).items()})
    if as_json:
        print(json.dumps(notice_json(notice, say), ensure_ascii=False))  # noqa: T201 - the contract
    else:
        show_draft(notice, folder)
    return 0 if notice.requirements else 1


def drafted(
    file: Path, annexes: Sequence[Path] = ()
) -> tuple[Notice, Callable[[str], Mapping[str, bytes]]]:
    """Read a notice and the files beside it; return it, and what makes a campaign's files of it."""
    data, kind = open_file(file)
    text = clean(decode_raw(data)) if kind in TEXT else None
    beside = tuple(map(_annex, annexes))
    notice = read_notice(text if text is not None else document_of(file, data, kind), beside)

    def files_of(name: str) -> Mapping[str, bytes]:
        return draft_folder(notice, name, data, kind, say, roster_words(), beside).files

    return notice, files_of


def _annex(file: Path) -> Annex:
    data, kind = open_file(file)
    return Annex(file.name, data, kind, document_of(file, data, kind))


def show_draft(notice: Notice, folder: Path | None) -> None:
    """Print what a notice says, what is open, and what a person has to fill in."""
    console = screen()
    for line in _lines(notice):
        console.print(line, markup=False)
    for question in notice.open:
        console.print(f"? {question.told(say)}", markup=False)
    for problem in _problems(folder) if folder else ():
        console.print(f"! {say('shown-next', {'problem': tell_problem(problem)})}", markup=False)


def _lines(notice: Notice) -> Iterator[str]:
    unknown = say("shown-unknown", {})
    yield f"{notice.title or unknown}  {notice.document}".rstrip()
    yield say("shown-mailboxes", {"addresses": "、".join(notice.mailboxes) or unknown})
    if notice.window:
        first, last = notice.window.first.isoformat(), notice.window.last.isoformat()
        yield say("shown-window", {"first": first, "last": last})
    quoted = ""
    for owed in notice.requirements:
        if owed.quote != quoted:
            quoted = owed.quote
            yield f"  {quoted}"
        clock = f" {owed.due.at:%H:%M}" if owed.due.at else ""
        part = f"（{owed.part}）" if owed.part else ""
        kind = say(f"kind-{owed.kind}", {})
        yield f"    {owed.due.day or '????-??-??'}{clock}  {owed.title}{part} [{kind}]"
    for person in notice.contacts:
        yield say("shown-contact", {"name": person.name, "phone": person.phone})
    for form in notice.forms:
        count = str(len(form.draft.form.fields))
        yield say("shown-form", {"title": form.draft.form.title, "count": count})


def _problems(folder: Path) -> tuple[CampaignProblem, ...]:
    """Return what a person has to fill in before the folder loads."""
    try:
        load_campaign(folder)
    except CampaignError as error:
        return error.problems
    return ()
