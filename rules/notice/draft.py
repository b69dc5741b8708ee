"""How a notice as read becomes a campaign folder's files, every fact beside its sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.blank_docx import write_blank_docx
from parsers.cutting import cut_docx
from parsers.workbook import Sheet, SheetCell, write_workbook
from rules.learn.write import scalar, write_form
from rules.reader.titles import read_title
from rules.roster_headings import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.notice.model import Notice, NoticeForm, Owed

_KEYS = {
    "report": "report",
    "video": "media",
    "photos": "photos",
    "press": "press",
    "list": "list",
    "form": "form",
}
_WORDS = {
    "video": ["影像", "视频", "录像"],
    "photos": ["照片", "图片"],
    "press": ["媒体", "报道", "新闻"],
}
_REPORT_WORDS = (
    "总结",
    "方案",
    "计划",
    "案例",
    "论文",
    "摘要",
    "说明",
    "名单",
    "清单",
    "意见",
    "推荐",
)
_WIDTHS = (14.0, 32.0, 40.0, 26.0, 12.0, 10.0, 32.0, 14.0, 30.0, 18.0, 24.0, 24.0)
WRAP = 60  # characters of a comment line, mostly Chinese


@dataclass(frozen=True, slots=True)
class DraftFolder:
    """The files of a campaign folder, by their path in it."""

    files: Mapping[str, bytes]


def draft_folder(notice: Notice, name: str, original: bytes, kind: str) -> DraftFolder:
    """Return the draft of the campaign `name`; blanks are cut out of a .docx, else drawn."""
    files: dict[str, bytes] = {"campaign.yaml": campaign_yaml(notice, name).encode()}
    for form in notice.forms:
        yaml = write_form(form.draft, f"the annex of {notice.document or notice.title}")
        files[f"forms/{form.draft.form.id}.yaml"] = yaml.encode()
        files[f"forms/{form.draft.form.blank}"] = _blank(form, original, kind)
    files["roster.xlsx"] = _roster(notice)
    return DraftFolder(files)


def _blank(form: NoticeForm, original: bytes, kind: str) -> bytes:
    if kind in ("docx", "docm"):
        return cut_docx(original, *form.blocks)
    return write_blank_docx(form.document, form.draft.form.title)


def campaign_yaml(notice: Notice, name: str) -> str:
    """Return campaign.yaml; what is not known is a comment that says what to write."""
    return "\n".join(_lines(notice, name)) + "\n"


def _lines(notice: Notice, name: str) -> Iterator[str]:
    yield "# Drafted from the notice; each fact stands under the sentence it was read from."
    if notice.open:
        yield "# To settle:"
        for question in notice.open:
            yield from _comment(f"- {question}", "#   ")
    yield ""
    yield f"id: {scalar(name)}"
    yield f"title: {scalar(_campaign_title(notice))}"
    yield (
        f"document: {scalar(notice.document)}" if notice.document else '# document: "…〔2024〕1号"'
    )
    for address in notice.mailboxes:
        yield from _comment(notice.quotes.get(address, ""), "# ")
    listed = ", ".join(scalar(address) for address in notice.mailboxes)
    yield f"mailboxes: [{listed}]"
    yield from _window(notice)
    yield ""
    yield "requirements:" if notice.requirements else "requirements: []"
    taken: set[str] = set()
    for owed in notice.requirements:
        yield from _requirement(notice, owed, taken)
    yield from _contacts(notice)


def _campaign_title(notice: Notice) -> str:
    """Return what the notice is about: 关于举办X的通知 is X."""
    about = re.search(
        r"关于(?:举办|开展|组织开展|组织|做好|申报|征集|报送|召开)?(.+?)的(?:预?通知|函|公告)",
        notice.title,
    )
    return (about[1] if about else notice.title) or notice.document or "notice"


def _window(notice: Notice) -> Iterator[str]:
    if notice.window is None:
        yield "# window: {from: 2024-05-20, to: 2024-05-31}"
        return
    yield from _comment(notice.window.quote, "# ")
    first, last = notice.window.first.isoformat(), notice.window.last.isoformat()
    yield f"window: {{from: {first}, to: {last}}}"


def _requirement(notice: Notice, owed: Owed, taken: set[str]) -> Iterator[str]:
    yield from _comment(owed.quote, "  # ")
    yield f"  - key: {_key(notice, owed, taken)}"
    yield f"    title: {scalar(_title(owed, taken))}"
    yield from _kind(notice, owed)
    if owed.due.day is not None:
        yield f"    due: {owed.due.day.isoformat()}"
    else:
        yield "    # due: the notice gives no day; write it as 2024-06-15"
    if owed.due.at is not None:
        yield f'    due_time: "{owed.due.at:%H:%M}"'
    if owed.form is not None and notice.forms[owed.form].draft.form.identified_by:
        yield "    # per_unit: many    (if one unit may send several)"


def _key(notice: Notice, owed: Owed, taken: set[str]) -> str:
    form = notice.forms[owed.form].draft.form.id if owed.form is not None else ""
    name = form or _KEYS[owed.kind]
    key, count = name, 1
    while key in taken:
        count += 1
        key = f"{name}-{count}"
    taken.add(key)
    return key


def _title(owed: Owed, taken: set[str]) -> str:
    """Return a title no other requirement has."""
    title = owed.title
    if title in taken and owed.due.day is not None:
        title = f"{title} ({owed.due.day.isoformat()})"
    taken.add(title)
    return title


def _kind(notice: Notice, owed: Owed) -> Iterator[str]:
    if owed.form is not None:
        yield f"    form: {notice.forms[owed.form].draft.form.id}"
    elif owed.kind == "form":
        yield "    # form: put its blank into forms/ and run `shoubiao learn` on it"
    elif owed.kind in ("report", "list"):
        least = owed.characters or (300 if owed.kind == "report" else 1)
        yield f"    report: {{min_characters: {least}}}"
    elif owed.kind == "video":
        yield f"    video: {{{', '.join(_limits(owed))}}}"
        if "影像" in owed.title:
            yield "    photos: true # 影像 are pictures too"
    else:
        yield f"    {owed.kind}: true"
    words = _keywords(owed)
    yield from [f"    keywords: {scalar(words)}"] if words else []


def _keywords(owed: Owed) -> list[str]:
    """Return words by which a file's name or title tells what it is; forms tell it themselves."""
    if owed.kind in ("report", "list"):
        bare = read_title(owed.title).bare
        return [bare, *(word for word in _REPORT_WORDS if word in bare and word != bare)]
    return _WORDS.get(owed.kind, [])


def _limits(owed: Owed) -> Iterator[str]:
    stated = owed.video.model_dump(mode="json", exclude_defaults=True) if owed.video else {}
    for key, value in stated.items():
        yield f"{key}: {scalar(value)}"


def _contacts(notice: Notice) -> Iterator[str]:
    yield ""
    if not notice.contacts:
        yield "# contacts: [{name: …, phone: …}]"
        return
    yield from _comment(notice.contacts[0].quote, "# ")
    yield "contacts:"
    for person in notice.contacts:
        yield f"  - {{name: {scalar(person.name or '?')}, phone: {scalar(person.phone)}}}"


def _comment(text: str, lead: str) -> Iterator[str]:
    flat = " ".join(text.split())
    yield from (lead + flat[at : at + WRAP] for at in range(0, len(flat), WRAP))


def _roster(notice: Notice) -> bytes:
    """Return a roster with its headings, and a row for each unit the notice names."""
    names = tuple(HEADINGS)
    rows = [tuple(SheetCell(name, "header") for name in names)]
    for number, unit in enumerate(notice.units, start=1):
        known = {"编号": f"unit-{number}", "单位": unit}
        rows.append(tuple(SheetCell(known.get(name, ""), "text") for name in names))
    return write_workbook([Sheet("应报名单", tuple(rows), _WIDTHS, "C2")])
