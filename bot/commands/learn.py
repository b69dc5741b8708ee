"""`shoubiao learn`: a blank becomes the draft of a form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.commands.drafts import document_of, open_file, write_new
from bot.commands.screen import screen
from bot.commands.trouble import wrong
from bot.progress import busy
from parsers.writing.blank_docx import write_blank_docx
from rules.learn import learn, write_form
from templates.drafts import say

if TYPE_CHECKING:
    from pathlib import Path

ID = re.compile(r"[a-z][a-z0-9_-]*")


def learn_blank(blank: Path, output: Path) -> int:
    """Write the proposal and, beside it, the blank as .docx; 1 when it asks for nothing."""
    if ID.fullmatch(output.stem) is None or output.suffix != ".yaml":
        raise wrong("form-name", output)
    data, kind = open_file(blank)
    with busy("reading-blank"):
        document = document_of(blank, data, kind)
        draft = learn(document, output.stem)
    files = {output: write_form(draft, say, blank.name).encode()}
    beside = output.with_suffix(".docx")
    if beside.resolve() != blank.resolve():
        drawn = data if kind == "docx" else write_blank_docx(document, draft.form.title)
        files[beside] = drawn
    write_new(files)
    console = screen()
    count = str(len(draft.form.fields))
    told = {"file": str(output), "title": draft.form.title, "count": count}
    console.print(say("shown-learned", told), markup=False)
    for doubt in draft.doubts:
        console.print(f"  ? {say(doubt.code, doubt.values)}", markup=False)
    return 0 if draft.form.fields else 1
