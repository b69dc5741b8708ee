"""How campaign.yaml is drafted: every fact under its sentence, every gap a line to fill in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.learn import Say
from rules.learn.write import scalar
from rules.notice.forms import free_key
from rules.notice.model import Notice
from rules.reader.titles import read_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.notice.model import Owed

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
# what is written at some length, even where a notice does not say at what
_LONG = ("总结", "报告", "方案", "案例", "论文", "征文", "文章", "汇报", "事迹", "材料", "计划")
_LEAST_WORD = 2  # letters of a word by which a list is known
_PIECES = re.compile(r"[!-~]+|[^!-~]")
WRAP = 60  # characters of a comment line, mostly Chinese


def campaign_yaml(notice: Notice, name: str, say: Say) -> str:
    """Return campaign.yaml; what is not known is a comment that says what to write."""
    return "\n".join(_Text(notice, say).lines(name)) + "\n"


def titles_of(notice: Notice) -> tuple[str, ...]:
    """Return the title of every requirement, each of its own."""
    taken: set[str] = set()
    return tuple(_title(owed, taken) for owed in notice.requirements)


def keys_of(notice: Notice) -> tuple[str, ...]:
    """Return the key of every requirement, each of its own."""
    taken: set[str] = set()
    return tuple(_key(notice, owed, taken) for owed in notice.requirements)


@dataclass(frozen=True, slots=True)
class _Text:
    """One notice, and how its gaps are said."""

    notice: Notice
    say: Say

    def lines(self, name: str) -> Iterator[str]:
        notice = self.notice
        yield self._hint("campaign-head")
        if notice.open:
            yield self._hint("settle")
            for question in notice.open:
                yield from _comment(f"- {question.told(self.say)}", "#   ")
        yield ""
        yield f"id: {scalar(name)}"
        yield f"title: {scalar(_campaign_title(notice))}"
        yield (
            f"document: {scalar(notice.document)}"
            if notice.document
            else self._hint("document-line")
        )
        yield from self._mailboxes()
        yield from self._window()
        yield ""
        yield "requirements:" if notice.requirements else "requirements: []"
        named = zip(notice.requirements, titles_of(notice), keys_of(notice), strict=True)
        for owed, title, key in named:
            yield from self._requirement(owed, title, key)
        yield from self._contacts()

    def _hint(self, code: str, indent: str = "") -> str:
        return f"{indent}# {self.say(code, {})}"

    def _mailboxes(self) -> Iterator[str]:
        for address in self.notice.mailboxes:
            yield from _comment(self.notice.quotes.get(address, ""), "# ")
        yield f"mailboxes: [{', '.join(map(scalar, self.notice.mailboxes))}]"

    def _window(self) -> Iterator[str]:
        window = self.notice.window
        if window is None:
            yield self._hint("window-line")
            return
        yield from _comment(window.quote, "# ")
        yield f"window: {{from: {window.first.isoformat()}, to: {window.last.isoformat()}}}"

    def _requirement(self, owed: Owed, title: str, key: str) -> Iterator[str]:
        yield from _comment(owed.quote, "  # ")
        yield f"  - key: {key}"
        yield f"    title: {scalar(title)}"
        yield from self._kind(owed)
        if owed.due.day is not None:
            yield f"    due: {owed.due.day.isoformat()}"
        else:
            yield self._hint("due-line", "    ")
        if owed.due.at is not None:
            yield f'    due_time: "{owed.due.at:%H:%M}"'
        if owed.units:
            yield f"    required: false # {self.say('optional-line', {})}"
        yield from self._many(owed)
        if note := "；".join(filter(None, (owed.note, self._sent_to(owed), self.notice.subject))):
            yield f"    note: {scalar(note)}"
        if self.notice.nil:
            yield f"    nil: true # {self.say('nil-line', {})}"

    def _many(self, owed: Owed) -> Iterator[str]:
        """Ask for many of a list's rows; say that it can be done where copies can be told apart."""
        draft = self.notice.forms[owed.form].draft if owed.form is not None else None
        if draft is None or not draft.form.identified_by:
            return
        rows = any(doubt.code == "rows-repeat" for doubt in draft.doubts)
        yield "    per_unit: many" if rows else self._hint("many-line", "    ")

    def _kind(self, owed: Owed) -> Iterator[str]:
        if owed.form is not None:
            yield f"    form: {self.notice.forms[owed.form].draft.form.id}"
        elif owed.kind == "form":
            yield self._hint("blank-line", "    ")
        elif owed.kind == "report":
            yield self._report(owed)
        elif owed.kind == "list":
            yield "    report: {min_characters: 20, named: true}"
        elif owed.kind == "video":
            yield f"    video: {{{', '.join(_limits(owed))}}}"
            if "影像" in owed.title:
                yield f"    photos: true # {self.say('images-line', {})}"
        else:
            yield f"    {owed.kind}: true"
        words = _keywords(owed)
        yield from [f"    keywords: {scalar(words)}"] if words else []

    def _sent_to(self, owed: Owed) -> str:
        """Say which of several mailboxes a thing goes to, as its sentence does."""
        if not owed.mailbox or len(self.notice.mailboxes) < 2:
            return ""
        return self.say("sent-to", {"address": owed.mailbox})

    def _report(self, owed: Owed) -> str:
        """Return how long it must be; a letter or a note of which nothing is said may be short."""
        if owed.characters:
            return f"    report: {{min_characters: {owed.characters}}}"
        if not any(word in owed.title for word in _LONG):
            return "    report: {min_characters: 20, named: true}"
        return f"    report: {{min_characters: 300}} # {self.say('length-line', {})}"

    def _contacts(self) -> Iterator[str]:
        yield ""
        if not self.notice.contacts:
            yield self._hint("contacts-line")
            return
        yield from _comment(self.notice.contacts[0].quote, "# ")
        yield "contacts:"
        for person in self.notice.contacts:
            yield f"  - {{name: {scalar(person.name or '?')}, phone: {scalar(person.phone)}}}"


def _campaign_title(notice: Notice) -> str:
    """Return what the notice is about: 关于举办X的通知 is X."""
    about = re.search(
        r"关于(?:举办|开展|组织开展|组织|做好|申报|征集|报送|召开)?(.+?)的"
        r"(?:紧急|补充|特急|再次)?(?:预?通知|函|公告)",
        notice.title,
    )
    named = (about[1] if about else notice.title) or notice.document or "notice"
    form = re.fullmatch(r"《([^《》]+)》", named)  # 关于报送《统计表》的通知
    return form[1] if form else named


def _key(notice: Notice, owed: Owed, taken: set[str]) -> str:
    form = notice.forms[owed.form].draft.form.id if owed.form is not None else ""
    return free_key(form or _KEYS[owed.kind], taken)


def _title(owed: Owed, taken: set[str]) -> str:
    """Return a title no other requirement has."""
    title = owed.title
    if owed.part:
        title = f"{title}（{owed.part}）"
    if title in taken and owed.due.day is not None:
        title = f"{title}（{owed.due.day.isoformat()}）"
    taken.add(title)
    return title


def _keywords(owed: Owed) -> list[str]:
    """Return words by which a file's name or title tells what it is; forms tell it themselves."""
    if owed.kind == "list":
        return [word for word in re.split(r"[、,;和及与]", owed.title) if len(word) >= _LEAST_WORD]
    if owed.kind == "report":
        bare = read_title(owed.title).bare
        return [bare, *(word for word in _REPORT_WORDS if word in bare and word != bare)]
    return _WORDS.get(owed.kind, [])


def _limits(owed: Owed) -> Iterator[str]:
    stated = owed.video.model_dump(mode="json", exclude_defaults=True) if owed.video else {}
    for key, value in stated.items():
        yield f"{key}: {scalar(value)}"


def _comment(text: str, lead: str) -> Iterator[str]:
    """Cut a text into lines, never inside an address or a number."""
    line = ""
    for piece in _PIECES.findall(" ".join(text.split())):
        if line and len(line) + len(piece) > WRAP:
            yield lead + line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    if line:
        yield lead + line
