"""2023-taiyuan: 统计表, 总结报告 and a film of at most three minutes by 10 June, a Saturday."""

from __future__ import annotations

from bot.demo.papers import Filled, Film, Link, Packed, Photo
from bot.demo.script import PHOTO, REPORT, STATISTICS, Script, Told, on

FILM, LONG = Film(150), Film(245)
SLIPS = {"central": "十余万", "reports": "30多家", "county": ""}
CLOUD = Link("杏花岭区科技活动周.mp4", "812.5M")

t = Told("2023-taiyuan")
TAIYUAN = Script(
    "2023-taiyuan",
    (
        *t.everyone(on(6, 1, 10, 30), "xiaodian wanbailin qingxu yangqu education health "
                    "agriculture ecology planning weather youth", 2, REPORT, PHOTO),
        t.mail(on(6, 5, 15), "yingze", "sends a film that is too long", STATISTICS, REPORT, LONG,
               again=(FILM,)),
        t.mail(on(6, 6, 15), "jiancaoping", "packs everything",
               Packed((STATISTICS, REPORT, PHOTO, Photo(2)))),
        t.mail(on(6, 7, 9), "xinghualing", "sends its film as a link", STATISTICS, REPORT, CLOUD),
        t.mail(on(6, 8, 11), "xinghualing", "sends pictures instead", PHOTO, Photo(2)),
        t.mail(on(6, 8, 11), "jinyuan", "sends words for numbers", Filled(slips=SLIPS), REPORT,
               PHOTO, again=(STATISTICS,)),
        t.mail(on(6, 10, 23), "women", "sends an hour before Saturday ends", STATISTICS, REPORT,
               PHOTO),
        t.mail(on(6, 12, 15), "gujiao", "sends late", STATISTICS, REPORT, PHOTO),
    ),
    on_holiday=frozenset({"emergency"}),
    gone=frozenset({"unions"}),
)  # fmt: skip
