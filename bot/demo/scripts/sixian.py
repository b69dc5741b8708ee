"""2023-sixian: 宣传内容 by 18 May of thirteen bureaus; four more by half past five on 30 May."""

from __future__ import annotations

from bot.demo.papers import Blank, Filled, Photo, Written
from bot.demo.script import FORMATS, PHOTO, REPORT, STATISTICS, Script, Told, on

EXHIBITS, PRESS = Written("exhibits"), Written("press")
WITHOUT_PHONE = Written("exhibits", most=1)
SLIPS = {"offline": "上千", "online": "5000/8000", "venues": ""}
SHOWN = "科技活动周宣传内容"

s = Told("2023-sixian")
SIXIAN = Script(
    "2023-sixian",
    (
        *(s.mail(on(5, day, 10, 30), unit, "says what it will show", EXHIBITS, subject=SHOWN)
          for day, units in ((16, "education health market"),
                             (17, "emergency ecology water weather red-cross"),
                             (18, "livestock farm-machines"))
          for unit in units.split()),
        s.mail(on(5, 17, 15), "agriculture", "names nobody to call", WITHOUT_PHONE, subject=SHOWN,
               again=(EXHIBITS,)),
        s.mail(on(5, 19, 9), "planning", "says so a day late", EXHIBITS, subject=SHOWN),
        *s.everyone(on(5, 24, 10, 30), "sicheng dunji dinghu caogou changgou huangxu dazhuang "
                    "shantou liuxu caomiao pingshan dalukou education health market water "
                    "livestock women youth unions", 5, REPORT, PHOTO, PRESS, formats=FORMATS),
        s.mail(on(5, 29, 15), "agriculture", "sends numbers that are none", Filled(slips=SLIPS),
               REPORT, PHOTO, PRESS, again=(STATISTICS,)),
        s.mail(on(5, 29, 15), "red-cross", "fills in the national table",
               Filled(of="2023-national"), REPORT, again=(STATISTICS, Photo(2), PRESS)),
        s.mail(on(5, 30, 11), "reform", "sends the blank", Blank(), again=(STATISTICS,)),
        s.mail(on(5, 30, 17, 20), "emergency", "sends ten minutes before closing time",
               STATISTICS, REPORT, PHOTO, PRESS),
        s.mail(on(5, 30, 18, 10), "dayang", "sends after closing time", STATISTICS, REPORT, PHOTO,
               PRESS),
        s.mail(on(6, 1), "economic-zone", "sends two days late", STATISTICS, REPORT, PHOTO, PRESS),
        s.mail(on(6, 2, 9), "media", "says thank you", subject="回复：催报",
               text="收到，谢谢！"),
    ),
    on_holiday=frozenset({"industry"}),
    gone=frozenset({"labour"}),
)  # fmt: skip
