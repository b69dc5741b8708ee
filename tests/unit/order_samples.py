"""Invented answers to commands by mail, for the letter tests."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from rules.campaign import CampaignFile
from rules.commands.command import Verb
from rules.outcome import Standing
from templates.views import (
    Attachment,
    OrderButton,
    OrderView,
    OwedView,
    OwnUnit,
    OwnView,
    ProgressView,
    ToldView,
)

FOLDER = Path(__file__).parents[2] / "rules" / "campaigns" / "2023-neimenggu"
CAMPAIGN = CampaignFile.model_validate(
    YAML(typ="safe").load((FOLDER / "campaign.yaml").read_text(encoding="utf-8"))
)
ZONE = ZoneInfo("Asia/Shanghai")
CODE = "1ABCDEFGHJKMNPQRSTVWXYZ01"
EXEMPT = "免报 赤峰市科学技术局 情况统计表"


def at(day, hour=0):
    return datetime(2023, 6, day, hour, tzinfo=ZONE)


def button(text):
    href = f"mailto:nmkepu@126.com?subject=%E6%92%A4%E9%94%80%20{CODE}"
    return OrderButton(text, href, f"{text} [{CODE}]")


def done():
    facts = {"unit": "赤峰市科学技术局", "titles": "情况统计表"}
    return OrderView(
        campaign=CAMPAIGN, code="exempt", said=EXEMPT, facts=facts, number="37", mark=CODE,
        buttons=(button("撤销 第37号"),),
    )  # fmt: skip


def confirm():
    return OrderView(
        campaign=CAMPAIGN, code="typed", said=EXEMPT, mark=CODE, buttons=(button(EXEMPT),),
        until=at(10, 9),
    )  # fmt: skip


def unclear():
    return OrderView(
        campaign=CAMPAIGN, code="which-unit", said="免报 科技局",
        candidates=("赤峰市科学技术局", "乌海市科学技术局"),
    )  # fmt: skip


def told():
    counts = {Standing.ACCEPTED: 8, Standing.RETURNED: 1, Standing.MISSING: 3}
    return ToldView(
        campaign=CAMPAIGN, verb=Verb.STATUS, now=at(7, 9), units=12, held=2, paused_at=at(6, 9),
        progress=(ProgressView("情况统计表", at(16), counts),), buttons=(button("恢复"),),
    )  # fmt: skip


def own():
    owed = (
        OwedView("情况统计表", at(16), Standing.RETURNED),
        OwedView("总结报告", at(16), Standing.ACCEPTED),
    )
    return OwnView(campaign=CAMPAIGN, units=(OwnUnit("赤峰市科学技术局", owed),), now=at(7, 9))


def blanks():
    file = Attachment("情况统计表.docx", b"blank", "application/octet-stream")
    unit = OwnUnit("赤峰市科学技术局", ())
    return OwnView(campaign=CAMPAIGN, units=(unit,), now=at(7, 9), blanks=(file,), asks_blanks=True)


ORDER_SAMPLES = {
    "command-done": done,
    "command-confirm": confirm,
    "command-unclear": unclear,
    "command-told": told,
    "command-own": own,
}
