"""2023-xinjiang: report, table, pictures, press and a film in broadcast quality by 15 June."""

from __future__ import annotations

from bot.demo.papers import Filled, Film, Link, Packed, Photo, Written
from bot.demo.script import PHOTO, REPORT, STATISTICS, Script, Told, on

PRESS = Written("press")
BROADCAST, PHONE_FILM, CLOUD = Film(0.2, as_asked=True), Film(90), Link()
SLIPS = {"held": "", "offline": "1.2-1.5万", "province": "待定"}

x = Told("2023-xinjiang")
XINJIANG = Script(
    "2023-xinjiang",
    (
        x.mail(on(6, 5, 10, 30), "urumqi", "sends all five as asked", STATISTICS, REPORT, PHOTO,
               Photo(2), PRESS, BROADCAST),
        x.mail(on(6, 6, 10, 30), "karamay", "sends its film as a link", STATISTICS, REPORT, PHOTO,
               PRESS, CLOUD),
        *x.everyone(on(6, 7, 10, 30), "turpan hami aksu kashgar bortala", 2, REPORT, PHOTO, PRESS,
                    PHONE_FILM),
        x.mail(on(6, 8, 15), "changji", "packs everything",
               Packed((STATISTICS, REPORT, PHOTO, PRESS, PHONE_FILM))),
        x.mail(on(6, 9, 15), "bayingolin", "leaves out what matters", Filled(slips=SLIPS), REPORT,
               PHOTO, again=(STATISTICS, PRESS, PHONE_FILM)),
        x.mail(on(6, 12, 11), "ili", "fills in the national table", Filled(of="2023-national"),
               REPORT, PHOTO, PRESS, again=(STATISTICS,)),
        x.mail(on(6, 14, 11), "xpcc", "writes too short a report", STATISTICS,
               Written(most=2), PHOTO, PRESS, PHONE_FILM, again=(REPORT,)),
        x.mail(on(6, 16, 11), "altay", "is late for all but its extension", STATISTICS, REPORT,
               PHOTO, PRESS, PHONE_FILM),
        x.mail(on(6, 20, 9), "tacheng", "sends late", Filled(saved="xlsx"), REPORT, PHOTO, PRESS,
               PHONE_FILM),
    ),
    on_holiday=frozenset({"kizilsu"}),
)  # fmt: skip
