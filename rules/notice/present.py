"""How a notice as read is shown to programs: the JSON of `shoubiao notice`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rules.learn import Say
    from rules.notice.model import Notice, NoticeForm, Owed


def notice_json(notice: Notice, say: Say) -> dict[str, Any]:
    """Return what DESIGN §7 promises; days ISO, times HH:MM, None where the notice is silent.

    `say` puts a question into words.
    """
    return {
        "title": notice.title,
        "document": notice.document,
        "mailboxes": list(notice.mailboxes),
        "requirements": [_requirement(owed) for owed in notice.requirements],
        "contacts": [{"name": one.name, "phone": one.phone} for one in notice.contacts],
        "forms": [_form(form) for form in notice.forms],
        "window": _window(notice),
        "open": [question.told(say) for question in notice.open],
    }


def _requirement(owed: Owed) -> dict[str, Any]:
    limits = owed.video.model_dump(mode="json", exclude_defaults=True) if owed.video else {}
    return {
        "title": owed.title,
        "kind": owed.kind,
        "due": owed.due.day.isoformat() if owed.due.day else None,
        "time": owed.due.at.strftime("%H:%M") if owed.due.at else None,
        "video": limits,
        "quote": owed.quote,
    }


def _window(notice: Notice) -> dict[str, str] | None:
    window = notice.window
    return {"from": window.first.isoformat(), "to": window.last.isoformat()} if window else None


def _form(form: NoticeForm) -> dict[str, Any]:
    fields = [{"label": one.label, "unit": one.unit} for one in form.draft.form.fields]
    return {"title": form.draft.form.title, "fields": fields}
