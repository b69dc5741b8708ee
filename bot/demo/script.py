"""The season's script: who mails what, when; one table a reader can follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from bot.demo.people import Attached, Person, envelope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ZONE = ZoneInfo("Asia/Shanghai")
TONGLIAO_SLIPS = {
    "participants": "2,100",
    "scientists": "3600人",
    "public": "500-600",
    "leaflets": "",
}
BAOTOU_SLIPS = {"phone": "1390000", "period": "2023年7月1日", "participants": ""}


class Stage(Protocol):
    """What acts need: the people, and the post office's counter."""

    people: Mapping[str, Person]

    def post(self, sender: str, raw: bytes) -> None:
        """Hand a mail in over SMTP."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something somebody does at an hour of the season; `note` tells it in a line."""

    at: datetime
    note: str
    play: Callable[[Stage], None]


def on(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """Return an hour of the season."""
    return datetime(2023, month, day, hour, minute, tzinfo=ZONE)


def _mail(unit: str, at: datetime, note: str, subject: str, *what: str) -> Act:
    def play(stage: Stage) -> None:
        person = stage.people[unit]
        files = [_attach(person, word) for word in what]
        text = (
            "您好，请查收附件。"
            if files
            else "您好，请问情况统计表中“公众参与”按人次还是按人数填？"
        )
        stage.post(person.address, person.mail(at, subject, text, files))

    return Act(at, note, play)


def _attach(person: Person, word: str) -> Attached:
    made: dict[str, Callable[[], Attached]] = {
        "project": person.project,
        "project2": lambda: person.project(2),
        "project-slips": lambda: person.project(1, BAOTOU_SLIPS),
        "statistics": person.statistics,
        "statistics-slips": lambda: person.statistics(TONGLIAO_SLIPS),
        "statistics-revised": lambda: person.statistics({"public": "18,500", "boards": "64"}),
        "statistics-sheet": person.statistics_sheet,
        "report": person.report,
        "photo": person.photo,
        "encrypted": lambda: ("情况统计表.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        "blank": lambda: ("情况统计表.docx", person.campaign.blanks["statistics"]),
    }
    return made[word]()


def _stranger(at: datetime) -> Act:
    def play(stage: Stage) -> None:
        mailbox = next(iter(stage.people.values())).mailbox
        message = envelope("offers@shop.example.cn", mailbox, "特价会议用品，量大从优", at)
        message.set_content("欢迎来电洽谈。", cte="base64")
        stage.post("offers@shop.example.cn", message.as_bytes())

    return Act(at, "a stranger advertises", play)


def _unknown_school(at: datetime) -> Act:
    def play(stage: Stage) -> None:
        person = stage.people["imnu"]
        name, data = person.statistics({"reporter": "青城第三实验学校"})
        message = envelope("teacher@school.example.cn", person.mailbox, "科技活动周统计表", at)
        message.set_content("请查收。", cte="base64")
        message.add_attachment(data, "application", "octet-stream", filename=name)
        stage.post("teacher@school.example.cn", message.as_bytes())

    return Act(at, "a school that is not on the roster sends a form", play)


def acts() -> Iterator[Act]:
    """Yield the whole season, in no particular order."""
    early = ("hohhot", "hulunbuir", "tongliao", "agriculture", "museum", "imau", "imnu", "ecology")
    for number, unit in enumerate(early):
        yield _mail(
            unit,
            on(5, 9 + number % 3, 9 + number, 20),
            f"{unit} files its project",
            "重点项目备案表",
            "project",
        )
    yield _mail(
        "chifeng",
        on(5, 10, 15),
        "chifeng files two projects in one mail",
        "赤峰市备案表两份",
        "project",
        "project2",
    )
    yield _mail(
        "baotou",
        on(5, 11, 11),
        "baotou files a project with slips",
        "包头市备案表",
        "project-slips",
    )
    yield _mail("imut", on(5, 12, 16), "imut files on the last day", "备案表", "project")
    yield _mail("imu", on(5, 13, 9), "imu files a day late", "内蒙古大学备案表", "project")
    yield _mail("ordos", on(5, 15, 10), "ordos files late, after a reminder", "备案表", "project")
    yield _stranger(on(5, 16, 14))
    yield _mail("immu", on(5, 22, 10), "immu asks a question", "咨询")
    for number, unit in enumerate(("hohhot", "hulunbuir", "xingan", "bayannur", "alxa")):
        yield _mail(
            unit,
            on(6, 5 + number, 10, 30),
            f"{unit} sends everything",
            "科技活动周材料",
            "statistics",
            "report",
            "photo",
        )
    yield _mail(
        "tongliao",
        on(6, 6, 15),
        "tongliao sends a 统计表 with slips",
        "通辽市统计表",
        "statistics-slips",
        "report",
    )
    yield _mail(
        "ordos", on(6, 7, 9), "ordos sends an Excel copy", "鄂尔多斯统计表", "statistics-sheet"
    )
    yield _unknown_school(on(6, 8, 9))
    yield _mail(
        "manzhouli",
        on(6, 8, 11),
        "manzhouli sends everything",
        "满洲里材料",
        "statistics",
        "report",
        "photo",
    )
    yield _mail(
        "manzhouli",
        on(6, 9, 11),
        "manzhouli corrects two numbers of its own accord",
        "满洲里统计表（以此为准）",
        "statistics-revised",
    )
    yield _mail(
        "xilingol",
        on(6, 12, 9),
        "xilingol sends a file that cannot be opened",
        "锡盟统计表",
        "encrypted",
    )
    yield _mail(
        "xilingol",
        on(6, 13, 9),
        "xilingol sends it again",
        "锡盟统计表",
        "statistics",
        "report",
        "photo",
    )
    yield _mail(
        "chifeng",
        on(6, 14, 16),
        "chifeng sends the blank by mistake",
        "赤峰统计表",
        "blank",
        "report",
    )
    yield _mail(
        "chifeng",
        on(6, 15, 10),
        "chifeng sends the filled form",
        "赤峰统计表",
        "statistics",
        "photo",
    )
    yield _mail(
        "baotou",
        on(6, 15, 17),
        "baotou sends everything on the last day",
        "包头材料",
        "statistics",
        "report",
        "photo",
    )
    yield _mail(
        "wuhai",
        on(6, 17, 9),
        "wuhai sends everything late",
        "乌海材料",
        "statistics",
        "report",
        "photo",
    )
