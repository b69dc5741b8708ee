"""2023-neimenggu: 备案表 by 12 May, 统计表, 总结报告 and 影像资料 by 15 June."""

from __future__ import annotations

from bot.demo.coordinator import claims, edits, order, replies, types
from bot.demo.papers import Blank, Filled, Locked
from bot.demo.script import PHOTO, REPORT, STATISTICS, Script, Told, on

PROJECT, SECOND = Filled("project"), Filled("project", number=2)
PROJECT_SLIPS = {"phone": "1390000", "period": "2023年7月1日", "participants": ""}
SLIPS = {"participants": "2,100", "scientists": "3600人", "public": "500-600", "leaflets": ""}
REVISED = Filled(slips={"public": "18,500", "boards": "64"})
SCHOOL = Filled(slips={"reporter": "青城第三实验学校"})
FILING, TABLE = "重点项目备案表", "情况统计表"
NAMELESS = Filled(slips={"reporter": "本单位"})
AGRICULTURE = "内蒙古自治区农牧厅"
EXTENSION, EXEMPTION = "展期 乌海市科技局 统计表 到6月18日", "免报 通辽市科技局 影像资料"
CONFIRMS = replies("command-confirm", "确认")
QUESTION = "您好，请问情况统计表中“公众参与”按人次还是按人数填？"
OFFER = "特价会议用品，量大从优"

n = Told("2023-neimenggu")
NEIMENGGU = Script(
    "2023-neimenggu",
    (
        n.mail(on(5, 9, 9, 20), "hohhot", "files its project", PROJECT, subject=FILING),
        n.mail(on(5, 9, 15, 20), "imnu", "files its project", PROJECT, subject=FILING),
        n.mail(on(5, 9, 15, 20), "agriculture", "files its project", PROJECT, subject=FILING),
        n.mail(on(5, 10, 10, 30), "hulunbuir", "files its project", PROJECT, subject=FILING),
        n.mail(on(5, 10, 10, 30), "museum", "files its project", PROJECT, subject=FILING),
        n.mail(on(5, 10, 15), "ecology", "files its project", PROJECT, subject=FILING),
        n.mail(on(5, 10, 15), "chifeng", "files two in one mail", PROJECT, SECOND, subject=FILING),
        n.mail(on(5, 11, 11), "baotou", "files with slips",
               Filled("project", slips=PROJECT_SLIPS), subject="包头市备案表", again=(PROJECT,)),
        n.mail(on(5, 11, 11), "tongliao", "files its project", PROJECT, subject=FILING),
        n.mail(on(5, 11, 11), "imau", "files its project", PROJECT, subject=FILING),
        n.mail(on(5, 12, 16), "imut", "files on the last day", PROJECT, subject="备案表"),
        n.mail(on(5, 13, 9), "imu", "files a day late", PROJECT, subject="内蒙古大学备案表"),
        n.mail(on(5, 15, 10), "ordos", "files late, after a reminder", PROJECT, subject="备案表"),
        order(n.campaign, on(5, 10, 10, 1), "asks for the roster", types("名单")),
        order(n.campaign, on(5, 11, 10, 1), "mails it back with the address that is good",
              edits("weather", "邮箱", "qixiang2023@mail.example.cn")),
        order(n.campaign, on(5, 12, 10, 1), "confirms the roster",
              replies("roster-proposed", "确认")),
        n.stranger(on(5, 16, 14), "offers@shop.example.cn", "a stranger advertises",
                   subject=OFFER, text="欢迎来电洽谈。"),
        n.mail(on(5, 22), "immu", "asks a question", subject="咨询", text=QUESTION),
        *n.everyone(on(6, 5, 10, 30), "hohhot hulunbuir xingan bayannur alxa", 1, REPORT, PHOTO,
                    formats=(STATISTICS,)),
        n.mail(on(6, 6, 15), "tongliao", "sends a 统计表 with slips", Filled(slips=SLIPS), REPORT,
               subject="通辽市统计表", again=(STATISTICS,)),
        n.mail(on(6, 7, 9), "ordos", "sends an Excel copy", Filled(saved="xlsx"), subject=TABLE),
        n.stranger(on(6, 8, 9), "teacher@school.example.cn",
                   "a school that is not on the roster sends a form", SCHOOL,
                   subject="科技活动周统计表", like="imnu"),
        n.mail(on(6, 8, 11), "manzhouli", "sends everything", STATISTICS, REPORT, PHOTO),
        n.mail(on(6, 9, 11), "manzhouli", "corrects two numbers of its own accord", REVISED,
               subject="满洲里统计表（以此为准）"),
        n.stranger(on(6, 9, 11), "office2023@post.example.cn",
                   "a form that names no unit comes from a private address", NAMELESS,
                   subject="统计表", like="agriculture"),
        order(n.campaign, on(6, 12, 10, 1), "claims it by the digest's link", claims(AGRICULTURE)),
        order(n.campaign, on(6, 13, 10, 1), "confirms the claim by one word", CONFIRMS),
        order(n.campaign, on(6, 14, 10, 1), "extends wuhai's deadline", types(EXTENSION)),
        order(n.campaign, on(6, 15, 10, 1), "confirms the extension", CONFIRMS),
        order(n.campaign, on(6, 16, 10, 1), "exempts tongliao from the film", types(EXEMPTION)),
        order(n.campaign, on(6, 19, 10, 1), "confirms the exemption", CONFIRMS),
        order(n.campaign, on(6, 20, 10, 1), "takes the exemption back by one word",
              replies("command-done", "撤销")),
        n.mail(on(6, 12, 9), "xilingol", "sends a file that cannot be opened", Locked(),
               subject="锡盟统计表"),
        n.mail(on(6, 13, 9), "xilingol", "sends it again", STATISTICS, REPORT, PHOTO,
               subject="锡盟统计表"),
        n.mail(on(6, 14, 16), "chifeng", "sends the blank by mistake", Blank(), REPORT,
               subject="赤峰统计表"),
        n.mail(on(6, 15, 10, 30), "chifeng", "sends the filled form", STATISTICS, PHOTO,
               subject="赤峰统计表"),
        n.mail(on(6, 15, 17), "baotou", "sends everything on the last day", STATISTICS, REPORT,
               PHOTO, subject="包头材料"),
        n.mail(on(6, 17, 9), "wuhai", "sends everything late", STATISTICS, REPORT, PHOTO),
    ),
    on_holiday=frozenset({"health"}),
    gone=frozenset({"weather"}),
)  # fmt: skip
