"""How the bot's own troubles are laid out for its operator: what, since when, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from templates import words

if TYPE_CHECKING:
    from templates.views import AlertView


def alert_page(view: AlertView) -> dict[str, Any]:
    """Lay out the letter about a trouble, or about its end."""
    said = words.load("alerts.yaml")
    kinds, reasons = said["kinds"], said["reasons"]
    channel, _, about = view.subject.rpartition(":")
    lasted = (view.until - view.since).total_seconds() if view.until else 0.0
    return {
        "view": view,
        **kinds.get(view.kind, kinds["other"]),
        "about": about,
        "channel": said["channels"].get(channel, ""),
        "why": reasons.get(view.reason, ""),
        "lasted": _long(lasted),
        "attachments": (),
    }


def _long(seconds: float) -> str:
    """Say a length of time roughly: 45秒, 12分钟, 3小时20分钟, 2天3小时."""
    minutes = round(seconds / 60)
    if minutes < 60:
        return words.duration(seconds) if minutes < 1 else f"{minutes}分钟"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours}小时{minutes}分钟" if minutes else f"{hours}小时"
    days, hours = divmod(hours, 24)
    return f"{days}天{hours}小时" if hours else f"{days}天"
