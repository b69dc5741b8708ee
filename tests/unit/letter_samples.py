"""Invented letters as rich as real ones, shared by the letter tests and the rendering test."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from parsers.document import Place
from rules.campaign import CampaignFile
from rules.decision import FileRef, Submission, UnitMatch
from rules.finding import Finding, Severity
from rules.folder.load import load_campaign
from rules.folder.problem import CampaignProblem
from rules.folder.validation import suggest
from rules.form import FieldType, Form
from rules.outcome import Standing
from rules.reading import Extra, FieldReading, Reading, Remark, Status
from templates.previews import PREVIEWS
from templates.previews.sample import Sample
from templates.rollup import RollupView
from templates.views import (
    ActionView,
    ActView,
    AlertView,
    AnnouncedView,
    AnswerView,
    ApprovalView,
    Attachment,
    CampaignBrokenView,
    ClosingView,
    DigestView,
    EquationView,
    EventView,
    HeldView,
    LettersView,
    MissingView,
    OutcomeView,
    OwedView,
    PartView,
    ProgressView,
    ProposalView,
    ReminderItem,
    ReminderView,
    SubmissionView,
    SuperiorUnit,
    SuperiorView,
    TotalView,
    UndeliveredView,
    UnrecognisedView,
    WaitingLetters,
    WaitingView,
)
from tests.unit.order_samples import ORDER_SAMPLES
from tests.unit.order_samples import button as order_button
from tests.unit.roster_samples import ROSTER_SAMPLES

FOLDER = Path(__file__).parents[2] / "rules" / "campaigns" / "2023-neimenggu"
ZONE = ZoneInfo("Asia/Shanghai")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _yaml(path):
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


CAMPAIGN = CampaignFile.model_validate(_yaml(FOLDER / "campaign.yaml"))
STATISTICS = Form.model_validate(_yaml(FOLDER / "forms" / "statistics.yaml"))
PROJECT = Form.model_validate(_yaml(FOLDER / "forms" / "project.yaml"))
REQUIREMENTS = {requirement.key: requirement for requirement in CAMPAIGN.requirements}


def at(month, day, hour=0, minute=0):
    return datetime(2023, month, day, hour, minute, tzinfo=ZONE)


DUE_MAY = at(5, 13)
DUE_JUNE = at(6, 16)


def file(name):
    return FileRef(name, hashlib.sha256(name.encode()).hexdigest())


def answer(form, key, value=None, raw="", *, row=None, status=Status.FOUND, **more):
    place = Place(table=1, row=row, column=2) if row else None
    shown = raw or str(value if value is not None else "")
    return FieldReading(key, form.field(key).label, status, value, shown, place, **more)


def statistics(**changes):
    """Return a complete 情况统计表; `changes` replaces answers by key."""
    fields = []
    for row, field in enumerate(STATISTICS.fields, start=1):
        value = {
            FieldType.COUNT: 37 * row,
            FieldType.NUMBER: 120.5,
            FieldType.MONEY: 52000.0,
        }.get(field.type, "赤峰市科学技术局")
        made = answer(STATISTICS, field.key, value, row=row)
        fields.append(changes.get(field.key, made))
    extra = (
        Extra("科普直播", Status.FOUND, 3, "场", "3场", Place(table=1, row=26, column=2)),
        Extra(
            "流动科技馆接待",
            Status.FOUND,
            12600,
            "人次",
            "1.26万",
            Place(table=1, row=27, column=2),
        ),
    )
    remarks = (Remark("leaflets", "其中蒙古文资料1200份", Place(table=1, row=5, column=3)),)
    return Reading("2023-neimenggu", "statistics", STATISTICS.title, tuple(fields), extra, remarks)


def project(name="草原科普大篷车进苏木", **changes):
    values = {
        "name": name,
        "organiser": "赤峰市科学技术局",
        "venue": "克什克腾旗达来诺日镇文化广场",
        "period": "2023-05-20/2023-05-31",
        "leader": "白音那",
        "contact": "王丽",
        "address": "赤峰市新城区玉龙大街1号",
        "postcode": "024000",
        "phone": "13900001234",
        "email": "wangli@example.cn",
        "budget": 50000.0,
        "participants": 1200,
        "summary": "组织科技特派员、医务人员和高校志愿者，深入牧区苏木嘎查开展科普展览、义诊、"
        "农牧业技术咨询和青少年科学实验展演。" * 4,
    }
    fields = tuple(
        changes.get(
            field.key,
            answer(PROJECT, field.key, values[field.key], row=2)
            if field.key in values
            else answer(PROJECT, field.key, status=Status.MISSING, row=3),
        )
        for field in PROJECT.fields
    )
    return Reading("2023-neimenggu", "project", PROJECT.title, fields)


def submission(requirement, standing, *, item="", files=(), readings=(), findings=()):
    return Submission(
        CAMPAIGN.id, requirement, "chifeng", item, standing, files, readings, findings
    )


def part(requirement, standing=Standing.ACCEPTED, **more):
    """Make a part of an answer; keywords that PartView lacks go to its submission."""
    names = {field.name for field in dataclasses.fields(PartView)}
    mine = {key: more.pop(key) for key in list(more) if key in names}
    forms = {"statistics": STATISTICS, "project": PROJECT}
    return PartView(
        requirement=REQUIREMENTS[requirement],
        form=forms.get(requirement),
        submission=submission(requirement, standing, **more),
        due=mine.pop("due", DUE_MAY if requirement == "project" else DUE_JUNE),
        **mine,
    )


OWED = (
    OwedView("总结报告", DUE_JUNE, Standing.MISSING),
    OwedView("影像资料", DUE_JUNE, Standing.MISSING),
)


def answer_view(**changes):
    values = {
        "campaign": CAMPAIGN,
        "unit_name": "赤峰市科学技术局",
        "receipt_number": "20230614-0042",
        "received_at": at(6, 14, 10, 23),
        "subject": "回复：Re: 报送科技活动周情况统计表",
        "token": "A7K2",
        "greeting_name": "王丽",
        "parts": (part("statistics", readings=(statistics(),)),),
        "owed": OWED,
        "files": (file("赤峰市科技活动周情况统计表.docx"),),
    }
    return AnswerView(**(values | changes))


def receipt():
    """Show a second version that supersedes the first, with values told as they were written."""
    notes = {
        "participants": answer(
            STATISTICS, "participants", 1200, "约1200人", row=3, notes=("approximate",)
        ),
        "farm_supplies": answer(
            STATISTICS, "farm_supplies", 52000.0, "5.2万元", row=8, notes=("converted",)
        ),
        "free_clinics": answer(
            STATISTICS, "free_clinics", 0, "无", row=9, nil=True, notes=("nil",)
        ),
        "scientists": answer(STATISTICS, "scientists", status=Status.MISSING, row=3),
        "lectures": answer(STATISTICS, "lectures", 15, "十五", row=17, notes=("chinese-numeral",)),
    }
    old = statistics(
        participants=answer(
            STATISTICS, "participants", None, "一千二三百", row=3, status=Status.AMBIGUOUS
        ),
        courses=answer(STATISTICS, "courses", 8, row=16),
        scientists=answer(STATISTICS, "scientists", 60, row=3),
    )
    findings = (
        Finding(
            "range", Severity.WARNING, "galleries", "科普画廊", Place(table=1, row=13, column=2),
            "120.5", details={"greatest": 100.0},
        ),
        Finding("approximate", Severity.NOTE, "participants", "参加活动人员", raw="约1200人"),
    )  # fmt: skip
    first = part(
        "statistics",
        readings=(statistics(**notes),),
        findings=findings,
        files=(file("赤峰市科技活动周情况统计表（修改稿）.docx"),),
        version=2,
        previous=submission("statistics", Standing.RETURNED, readings=(old,)),
    )
    second = part(
        "project",
        Standing.ACCEPTED_LATE,
        item="草原科普大篷车进苏木",
        readings=(project(),),
        findings=(Finding("late", Severity.NOTE, details={"due": DUE_MAY.isoformat()}),),
        late=True,
    )
    files = (file("赤峰市科技活动周情况统计表（修改稿）.docx"), file("备案表-草原科普大篷车.docx"))
    return answer_view(parts=(first, second), files=files)


def _wrong(code, key, row, raw=None, **details):
    label = STATISTICS.field(key).label
    place = Place(table=1, row=row, column=2)
    return Finding(code, Severity.ERROR, key, label, place, raw, "统计表.docx", details)


def correction():
    """Show a returned form with many findings, an accepted one, and a file nobody could open."""
    findings = (
        *(_wrong("required", key, row) for key, row in (
            ("units", 2), ("leaflets", 5), ("boards", 11), ("bases", 14), ("courses", 16),
        )),
        _wrong("ambiguous", "public", 4, "3000—5000", why="range"),
        _wrong("ambiguous", "vehicles", 23, "大车3辆 小车5辆", why="two-numbers"),
        _wrong("not-above", "scientists", 3, "1500", limit_label="参加活动人员", limit_value=1200),
        _wrong("unit-of-measure", "farm_supplies", 8, "300袋", expected="元", given="袋"),
        _wrong("type", "lectures", 17, "多场", expected="count"),
        Finding(
            "range", Severity.WARNING, "messages", "短信发送科技信息",
            Place(table=1, row=19, column=2), "98000000", "统计表.docx", {"greatest": 1000000.0},
        ),
        Finding("approximate", Severity.NOTE, "trainees", "培训农牧民",
                Place(table=1, row=20, column=2), "约800", "统计表.docx"),
    )  # fmt: skip
    missing = {
        key: answer(STATISTICS, key, status=Status.MISSING, row=2)
        for key in ("units", "leaflets", "boards", "bases", "courses")
    }
    returned = part(
        "statistics", Standing.RETURNED, readings=(statistics(**missing),), findings=findings,
        files=(file("统计表.docx"),),
    )  # fmt: skip
    kept = part("report", files=(file("2023年科技活动周总结报告.docx"),))
    damaged = Finding("file-encrypted", Severity.ERROR, file="活动照片与视频说明.xlsx")
    return answer_view(
        parts=(returned, kept),
        findings=(damaged,),
        subject="赤峰市科学技术局关于报送2023年科技活动周总结报告、情况统计表和影像资料的函（请查收，收到请回复，谢谢）",
        owed=(OwedView("情况统计表", DUE_JUNE, Standing.RETURNED), OWED[1]),
        files=(
            file("统计表.docx"),
            file("2023年科技活动周总结报告.docx"),
            file("活动照片与视频说明.xlsx"),
        ),
        marked=(Attachment("统计表（已标注）.docx", b"PK-marked", DOCX),),
        blanks=(Attachment("2023年内蒙古科技活动周情况统计表.docx", b"PK-blank", DOCX),),
    )


def unrecognised():
    return UnrecognisedView(
        campaign=CAMPAIGN,
        received_at=at(6, 12, 16, 40),
        subject="材料",
        token="B3M9",
        unit_name="乌海市科学技术局",
        findings=(
            Finding(
                "file-unsupported", Severity.ERROR, file="IMG_2041.pdf", details={"kind": "pdf"}
            ),
            Finding(
                "wrong-template", Severity.ERROR, file="2022统计表.doc",
                details={"title": "2022年内蒙古科技活动周情况统计表"},
            ),
        ),
        files=(file("IMG_2041.pdf"), file("2022统计表.doc")),
        owed=(OwedView("情况统计表", DUE_JUNE, Standing.MISSING), *OWED),
        blanks=(Attachment("2023年内蒙古科技活动周情况统计表.docx", b"PK-blank", DOCX),),
    )  # fmt: skip


def reminder(now=None, *, returned=True):
    items = [
        ReminderItem(
            REQUIREMENTS["statistics"], STATISTICS, DUE_JUNE, Standing.RETURNED,
            findings=correction().parts[0].submission.findings,
            returned_at=at(6, 8, 9),
        )
        if returned
        else ReminderItem(REQUIREMENTS["statistics"], STATISTICS, DUE_JUNE, Standing.MISSING),
        ReminderItem(REQUIREMENTS["report"], None, DUE_JUNE, Standing.MISSING),
        ReminderItem(REQUIREMENTS["media"], None, DUE_JUNE, Standing.MISSING),
    ]  # fmt: skip
    return ReminderView(
        campaign=CAMPAIGN,
        unit_name="锡林郭勒盟科学技术局",
        now=now or at(6, 12, 9),
        due=DUE_JUNE,
        token="C5Q8",
        items=tuple(items),
        greeting_name="阿拉坦其其格",
        blanks=(Attachment("2023年内蒙古科技活动周情况统计表.docx", b"PK-blank", DOCX),),
    )


def superior():
    return SuperiorView(
        campaign=CAMPAIGN,
        unit_name="内蒙古自治区科学技术厅",
        now=at(6, 19, 9, 12),
        token="D2R5",
        units=(
            SuperiorUnit("锡林郭勒盟科学技术局", ("情况统计表", "总结报告", "影像资料"), DUE_JUNE),
            SuperiorUnit("阿拉善盟科学技术局", ("总结报告",), DUE_JUNE),
        ),
    )


def _counts(**counts):
    return {Standing(key.replace("_", "-")): count for key, count in counts.items()}


def digest():
    missing = tuple(
        MissingView(
            name,
            titles,
            DUE_JUNE,
            contact,
            phone,
            reminded,
            silent=not reminded,
            unreachable=not phone,
        )
        for name, titles, contact, phone, reminded in (
            (
                "锡林郭勒盟科学技术局",
                ("情况统计表", "总结报告", "影像资料"),
                "阿拉坦其其格",
                "13900000003",
                4,
            ),
            ("阿拉善盟科学技术局", ("总结报告",), "巴图", "13900000004", 3),
            ("内蒙古自治区卫生健康委员会", ("情况统计表", "影像资料"), "李建国", "0471-0000001", 4),
            ("满洲里市工业信息化和科技局", ("情况统计表", "总结报告", "影像资料"), "", "", 0),
        )
    )
    return DigestView(
        campaign=CAMPAIGN,
        now=at(6, 15, 8, 30),
        since=at(6, 14, 8, 30),
        units=28,
        progress=(
            ProgressView(
                "重点项目备案表", DUE_MAY, _counts(accepted=20, accepted_late=3, nil=2, missing=3)
            ),
            ProgressView(
                "情况统计表", DUE_JUNE, _counts(accepted=15, returned=4, exempt=1, missing=8)
            ),
            ProgressView("总结报告", DUE_JUNE, _counts(accepted=17, missing=11)),
            ProgressView("影像资料", at(6, 20), _counts(accepted=9, missing=19)),
        ),
        equation=EquationView(mails=96, accepted=61, returned=14, ignored=18, held=3),
        letters=LettersView(
            sent=12,
            waiting=2,
            undelivered=(
                UndeliveredView(
                    "kepu-erlian@example.cn",
                    "还有3天：二连浩特市教育科技局 情况统计表等3项 [#D4T7]",
                    "bounced", at(6, 14, 9, 2), "邮箱不存在",
                ),
                UndeliveredView(
                    "keji@example.cn", "Re: 统计表 〔已收到：乌海市科学技术局 情况统计表〕 [#E8W3]",
                    "uncertain", at(6, 14, 15, 31),
                ),
            ),
        ),
        new=(
            EventView(
                "赤峰市科学技术局", "情况统计表", Standing.ACCEPTED, at(6, 14, 10, 23), version=2
            ),
            EventView("通辽市科学技术局", "总结报告", Standing.ACCEPTED, at(6, 14, 11, 5)),
            EventView("内蒙古农业大学", "影像资料", Standing.ACCEPTED, at(6, 14, 16, 47)),
        ),
        returned=(
            EventView(
                "鄂尔多斯市科学技术局", "情况统计表", Standing.RETURNED, at(6, 14, 9, 40),
                findings=correction().parts[0].submission.findings[:3],
            ),
        ),
        late=(
            EventView(
                "包头市科学技术局", "重点项目备案表", Standing.ACCEPTED_LATE, at(6, 14, 14, 12),
                item="钢城科普夜市",
            ),
        ),
        missing=missing,
        held=(
            HeldView(
                "0091", at(6, 14, 13, 20), "zhaoliu@example.com", "统计表", "unit-uncertain",
                (UnitMatch("tongliao", "通辽市科学技术局", "filename", 0.7),
                 UnitMatch("tongliao-kx", "通辽市科学技术协会", "filename", 0.6)),
                ("统计表(1).docx",),
                (
                    button("认领 第91号 → 通辽市科学技术局"),
                    button("认领 第91号 → 通辽市科学技术协会"),
                    button("重读 第91号"),
                ),
            ),
            HeldView(
                "0093", at(6, 14, 20, 1), "office@example.cn", "咨询视频怎么报",
                "message-for-a-person", actions=(button("重读 第93号"),),
            ),
            HeldView(
                "0095", at(6, 15, 7, 12), "nobody@example.net", "", "own-fault", (), ("x.xlsx",)
            ),
        ),
        rollup=Attachment("2023-neimenggu 汇总 0615.xlsx", b"PK-rollup", XLSX),
        ignored_reasons={"bounce": 3, "vacation": 9, "thanks": 6},
        links=(
            AnnouncedView(
                "呼伦贝尔市科学技术局", "影像资料", "呼伦贝尔活动视频.mp4", "812.5M",
                at(6, 17, 0, 49), at(6, 14, 17, 2),
            ),
        ),
        proposals=(
            ProposalView(
                "通辽市科学技术局", "tlkjj2023@example.com", at(6, 14, 11, 5),
                (button("收录 第88号 → 通辽市科学技术局"),),
            ),
        ),
        totals=(
            TotalView("情况统计表", "参加活动人员", "人", 84210, 132000),
            TotalView("情况统计表", "科普讲座", "场", 96, 0),
        ),
        acts=(
            ActView(at(6, 14, 9, 30), "kepu@example.cn", "免报 内蒙古大学 影像资料", "85"),
            ActView(at(6, 14, 9, 41), "kepu@example.cn", "暂停", "86", undone=True),
        ),
        actions=tuple(button(name) for name in ("汇总表", "名单", "状态", "暂停", "帮助")),
    )  # fmt: skip


def button(said):
    """Make a button as the bot does: words, code, and who it is sent to."""
    subject = f"{said} [Q7KD2M-9XW4TR-B6HNVA-3PCEYJ]" if said not in {"汇总表", "名单"} else said
    return ActionView(said, f"mailto:nmkepu@126.com?subject={quote(subject)}")


def closing():
    seen = digest()
    return ClosingView(
        campaign=CAMPAIGN,
        now=at(6, 16, 8, 30),
        due=DUE_JUNE,
        units=28,
        outcomes=(
            OutcomeView(
                "情况统计表", DUE_JUNE,
                _counts(accepted=15, accepted_late=2, nil=1, returned=2, exempt=1, missing=6),
                extended=1,
                never=seen.missing[:2],
                late=seen.late,
                returned=(replace(seen.missing[2], standing=Standing.RETURNED),),
            ),
            OutcomeView(
                "总结报告", DUE_JUNE, _counts(accepted=17, missing=11), 0, seen.missing
            ),
        ),
        equation=seen.equation,
        letters=seen.letters,
        progress=seen.progress[3:],
        totals=seen.totals,
        proposals=seen.proposals,
        actions=seen.actions,
        rollup=seen.rollup,
    )  # fmt: skip


def campaign_broken():
    folder = CAMPAIGN.id
    problems = (
        CampaignProblem(
            f"{folder}/campaign.yaml", "wrong-date", 15, key="due", values={"given": "2023-05-32"}
        ),
        CampaignProblem(
            f"{folder}/forms/statistics.yaml",
            "label-not-in-blank",
            31,
            values={
                "blank": "statistics.docx",
                "given": "上乡",
                "suggestion": suggest("上乡", ["下乡", "上街乡"]),
            },
        ),
        CampaignProblem(f"{folder}/roster.xlsx", "name-missing", cell="A9", key="单位"),
    )
    return CampaignBrokenView(folder, problems, CAMPAIGN)


def alert():
    return AlertView("no-poll", "kepu@example.cn", "network", at(6, 14, 9, 2))


def alert_over():
    return replace(alert(), until=at(6, 14, 12, 40))


def approval():
    waiting = WaitingView(
        "57", "receipt", ("kjj@chifeng.example.cn",), "赤峰市科学技术局", "统计表", at(6, 14, 9),
        "您好！\n\n您报送的材料已收到。", ("统计表.docx",),
        (order_button("放行 第57封"), order_button("不发 第57封")),
    )  # fmt: skip
    letters = WaitingLetters((waiting,), 4, order_button("放行 全部 到 第57封"))
    return ApprovalView(campaign=CAMPAIGN, now=at(6, 14, 10), first=3, waiting=letters)


SAMPLES = {one.kind: partial(one.view, Sample(load_campaign(FOLDER))) for one in PREVIEWS} | {
    "alert": alert,
    "alert-over": alert_over,
    "receipt": receipt,
    "correction": correction,
    "unrecognised": unrecognised,
    "reminder": reminder,
    "superior": superior,
    "digest": digest,
    "approval": approval,
    "closing": closing,
    "campaign-broken": campaign_broken,
    **ORDER_SAMPLES,
    **ROSTER_SAMPLES,
}


def stored(
    unit, requirement, standing=Standing.ACCEPTED, *, item="", version=1, reading=None, day=14
):
    """Return a stored submission of one unit of the shipped roster."""
    name = f"{unit.name}{REQUIREMENTS[requirement].title}.docx"
    return SubmissionView(
        unit.id, unit.name, requirement, item, version, standing, at(6, day, 10, 23),
        "kepu@example.cn", f"{version} <m{version}.{unit.id}@example.cn>", (file(name),),
        (reading,) if reading else (),
    )  # fmt: skip


def rollup():
    campaign = load_campaign(FOLDER)
    first, second, third, fourth, *_ = campaign.roster.units
    converted = answer(STATISTICS, "farm_supplies", 52000.0, "5.2万元", row=8, notes=("converted",))
    nothing = answer(STATISTICS, "boards", status=Status.MISSING, row=11)
    hostile = answer(STATISTICS, "reporter", '=HYPERLINK("http://example.cn","单位")', row=1)
    submissions = (
        stored(second, "statistics", reading=statistics(farm_supplies=converted)),
        stored(first, "statistics", version=2, reading=statistics(boards=nothing)),
        stored(
            fourth,
            "statistics",
            Standing.ACCEPTED_LATE,
            day=17,
            reading=statistics(reporter=hostile),
        ),
        stored(first, "project", item="草原科普夜市", reading=project("草原科普夜市")),
        stored(first, "project", item="大篷车进苏木", reading=project("大篷车进苏木")),
        stored(second, "report"),
    )
    returned = stored(first, "statistics", Standing.RETURNED, reading=statistics(), day=8)
    waiting = stored(third, "statistics", Standing.RETURNED, reading=statistics(), day=9)
    standings = {(s.unit_id, s.requirement): s.standing for s in (*submissions, waiting)}
    return RollupView(
        campaign=campaign,
        now=at(6, 18, 8, 30),
        submissions=(*submissions, waiting),
        versions=(returned, waiting, *submissions),
        standings=standings,
    )
