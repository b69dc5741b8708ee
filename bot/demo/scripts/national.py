"""2023-national: the table and a report by 30 June, into the mailbox the operator set."""

from __future__ import annotations

from bot.demo.papers import Filled
from bot.demo.script import PHOTO, REPORT, STATISTICS, Script, Told, on

SLIPS = {"offline": "3万-5万", "central": "待核", "held": ""}
TABLE = "全国科技活动周开展情况统计表"
QUESTION = "您好，我区统计数据还在汇总，能否7月3日报送？"

a = Told("2023-national")
NATIONAL = Script(
    "2023-national",
    (
        *a.everyone(on(6, 9, 10, 30), "beijing tianjin shanxi liaoning jilin heilongjiang jiangsu "
                    "zhejiang anhui fujian jiangxi shandong henan hubei hunan guangxi chongqing "
                    "sichuan guizhou shaanxi dalian xiamen qingdao shenzhen shenyang changchun "
                    "nanjing hangzhou jinan wuhan guangzhou chengdu xian", 5, REPORT),
        a.mail(on(6, 14, 16), "shanghai", "sends its report first", REPORT),
        a.mail(on(6, 15, 10, 30), "shanghai", "pastes its table into the mail",
               Filled(saved="pasted"), subject=TABLE),
        a.mail(on(6, 16, 11), "hebei", "sends numbers that are none", Filled(slips=SLIPS), REPORT,
               again=(STATISTICS,)),
        a.mail(on(6, 19, 15), "guangdong", "fills in another campaign's form",
               Filled(of="2023-neimenggu"), REPORT, again=(STATISTICS,)),
        a.mail(on(6, 20, 15), "xinjiang", "sends into its own collection mailbox", STATISTICS,
               REPORT, to="2023-xinjiang"),
        a.mail(on(6, 28, 10), "xizang", "asks for more time", subject="咨询", text=QUESTION),
        a.mail(on(6, 30, 17), "neimenggu", "sends on the last day", STATISTICS, REPORT, PHOTO),
        a.mail(on(7, 3, 10), "qinghai", "sends late", STATISTICS, REPORT),
        a.mail(on(7, 5, 10), "xpcc", "sends late", Filled(saved="xlsx"), REPORT),
    ),
    on_holiday=frozenset({"ningbo"}),
    gone=frozenset({"hainan"}),
)  # fmt: skip
