"""2023-cis: 活动备案表 with its platforms by 15 May, the national table by 15 June."""

from __future__ import annotations

from bot.demo.papers import Filled
from bot.demo.script import STATISTICS, Script, Told, on

PROJECT, SECOND = Filled("project"), Filled("project", number=2)
SLIPS = {"participants": "300-500", "period": "2023年8月1日", "platform": "", "leader": ""}
IN_YUAN = {"sponsors": "350000", "city": "5万元"}  # under 万元: 35 亿, or 元 by mistake
VAGUE = {"offline": "2000-3000", "full_time": "若干", "workers": ""}
COMPANY = Filled(slips={"unit": "某某精密仪器有限公司"})
FILING, TABLE = "活动备案表", "开展情况统计表"

c = Told("2023-cis")
CIS = Script(
    "2023-cis",
    (
        *(c.mail(on(5, 8 + day, 10, 30), unit, "files its activity", PROJECT, subject=FILING)
          for day, units in enumerate(("analytical imaging beijing tianjin", "control shanghai",
                                       "jiangsu zhejiang", "medical henan hubei"))
          for unit in units.split()),
        c.mail(on(5, 9, 15), "sensors", "files two in one mail", PROJECT, SECOND, subject=FILING),
        c.mail(on(5, 10, 15), "microscopes", "files with slips", Filled("project", slips=SLIPS),
               subject=FILING, again=(PROJECT,)),
        c.mail(on(5, 11, 11), "base-sensing", "fills in another campaign's form",
               Filled("project", of="2023-neimenggu"), subject=FILING, again=(PROJECT,)),
        c.mail(on(5, 15, 16), "nir", "files on the last day", Filled("project", saved="doc"),
               subject=FILING),
        c.mail(on(5, 17), "sichuan", "files two days late", PROJECT, subject=FILING),
        *c.everyone(on(6, 5, 10, 30), "analytical imaging tianjin shanghai jiangsu zhejiang henan "
                    "hubei guangdong shaanxi youth earth nir optoelectronics team-campus "
                    "popular-science", 3),
        c.mail(on(6, 7, 15), "control", "writes 元 under 万元", Filled(slips=IN_YUAN),
               subject=TABLE),
        c.mail(on(6, 8, 11), "medical", "sends numbers that are none", Filled(slips=VAGUE),
               subject=TABLE, again=(STATISTICS,)),
        c.stranger(on(6, 9, 11), "office@firm.example.cn", "a firm on no roster sends the table",
                   COMPANY, subject="统计表", like="sensors"),
        c.mail(on(6, 12, 9), "sensors", "sends its table into Taiyuan's mailbox", STATISTICS,
               subject=TABLE, to="2023-taiyuan"),
        c.mail(on(6, 15, 17), "microscopes", "sends on the last day", Filled(saved="pdf"),
               subject=TABLE),
        c.mail(on(6, 19, 9), "beijing", "sends late", STATISTICS, subject=TABLE),
    ),
    on_holiday=frozenset({"shandong"}),
    gone=frozenset({"base-precision"}),
)  # fmt: skip
