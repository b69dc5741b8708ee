"""One clerk's answers to one form: rows of label, answer and remark, before they are laid out."""

# ruff: noqa: E501 - tables of what people write and how it is laid out

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.draw.clerks import answers as said
from tests.draw.clerks import labels as words
from tests.draw.clerks.answers import ASK, Answer

# the greatest that is likely, by key; others 60
_SIZE = {
    "participants": 3000, "public": 60_000, "leaflets": 30_000, "consultations": 2000, "farm_supplies": 90_000,
    "free_clinics": 900, "medicines": 20_000, "messages": 80_000, "trainees": 2500, "galleries": 300,
    "offline": 50_000, "online": 900_000, "workers": 700, "volunteers": 900, "full_time": 120,
    "other_staff": 200, "reports": 300, "venues": 9, "institutes": 5, "universities": 3, "tasks": 6,
}  # fmt: skip
_UNITS = {
    "held": "次", "tasks": "个", "full_time": "人", "workers": "人", "volunteers": "人", "other_staff": "人",
    "offline": "人次", "online": "人次", "media": "家", "reports": "篇", "venues": "个", "institutes": "个",
    "universities": "所",
}  # fmt: skip
_MONEY = frozenset({"central", "province", "city", "county", "sponsors", "other_money"})
_YUAN = frozenset({"farm_supplies", "medicines"})
GROUPS = {
    "科普活动开展次数": ("held", "tasks"),
    "活动经费投入数量\n（单位：万元）": (
        "central",
        "province",
        "city",
        "county",
        "sponsors",
        "in_kind",
        "other_money",
    ),
    "科普工作人员\n参与数量": ("full_time", "workers", "volunteers", "other_staff"),
    "科普活动群众\n参与数量": ("offline", "online"),
    "宣传报道情况": ("media", "reports"),
}
TITLES = {
    "2023-neimenggu/statistics": "2023 年内蒙古科技活动周情况统计表",
    "2023-neimenggu/project": "2023 年内蒙古科技活动周活动项目备案表",
    "2023-cis/project": "2023年科技活动周活动备案表",
    "2023-cis/statistics": "2023年全国科技活动周开展情况统计表",
    "2023-national/statistics": "2023年全国科技活动周开展情况统计表",
    "2023-xinjiang/statistics": "2023年自治区科技活动周开展情况统计表",
    "2023-taiyuan/statistics": "2023年太原市科技活动周开展情况统计表",
    "2023-sixian/statistics": "2023年全县科技活动周开展情况统计表",
}
LABELS = {
    "2023-neimenggu/statistics": words.STATISTICS,
    "2023-neimenggu/project": words.PROJECT,
    "2023-cis/project": words.CIS_PROJECT,
    "2023-sixian/statistics": words.SIXIAN,
}
UNIT_FIELD = {
    "2023-neimenggu/statistics": "reporter",
    "2023-neimenggu/project": "organiser",
    "2023-cis/project": "organiser",
}
PLATFORMS = {
    "2023-cis/statistics": (
        "科普教育基地",
        "分支机构",
        "科技志愿团队",
        "地方仪器仪表学会",
        "会员所在单位",
        "与本学会相关的其他组织或科技工作者",
    ),
    "2023-cis/project": (
        "科普教育基地",
        "分支机构",
        "科技志愿团队",
        "会员所在单位",
        "理事单位会员",
        "普通单位会员",
        "个人会员所在单位",
        "地方仪器仪表学会",
        "与本学会相关的其他组织或科技工作者",
    ),
}
ADDED = (
    ("线上直播（场）", 4, "场"), ("科普微视频 (部)", 12, "部"), ("科普进校园（次）", 8, "次"),
    ("知识竞赛答题（人次）", 2600, "人次"), ("实验室开放（个）", 3, "个"), ("科普大篷车巡展（公里）", 320, "公里"),
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One row or pair: what is printed and what is written beside it."""

    key: str
    label: str
    answer: Answer
    unit: str = ""
    remark: Answer = field(default_factory=lambda: Answer(""))
    group: str = ""


@dataclass(frozen=True)
class Filled:
    """A form filled in by one clerk. `unit` is the roster's id, `who` how the clerk writes it."""

    form: str
    title: str
    unit: str
    who: str
    entries: tuple[Entry, ...]
    extra: tuple[tuple[str, Any, str], ...] = ()
    ticks: tuple[str, ...] = ()
    other: str = ""
    tick: str = ""  # how boxes are ticked, of pairs.boxes; "" leaves it to the layout
    tags: tuple[str, ...] = ()
    means: Mapping[str, Any] = field(default_factory=dict)  # beyond the entries

    @property
    def key(self) -> str:
        """The field that names the unit."""
        return UNIT_FIELD.get(self.form, "unit")

    def changed(self, **answers: Answer) -> Filled:
        """Return it with some answers replaced, whatever the clerk's habits."""
        entries = tuple(replace(e, answer=answers.get(e.key, e.answer)) for e in self.entries)
        tags = tuple(a.tag for a in answers.values() if a.tag)
        return replace(self, entries=entries, tags=(*self.tags, *tags))

    def without(self, *keys: str) -> Filled:
        """Return it with rows dropped."""
        kept = tuple(e for e in self.entries if e.key not in keys)
        return replace(self, entries=kept, tags=(*self.tags, "rows-dropped"))

    def with_rows(self, *rows: tuple[str, Any, str], at: int = -2) -> Filled:
        """Return it with rows added: (label with its unit, number, unit)."""
        entries = list(self.entries)
        place = at % len(entries)
        entries[place:place] = [
            Entry("", label, Answer(str(n), n), unit) for label, n, unit in rows
        ]
        return replace(
            self,
            entries=tuple(entries),
            extra=(*self.extra, *rows),
            tags=(*self.tags, "rows-added"),
        )

    def shuffled(self, seed: int) -> Filled:
        """Return it with its rows in another order."""
        dice = random.Random(seed)
        entries = list(self.entries)
        dice.shuffle(entries)
        return replace(self, entries=tuple(entries), tags=(*self.tags, "rows-reordered"))

    def emptied(self, *keys: str) -> Filled:
        """Return it with fields left empty."""
        return replace(
            self,
            entries=tuple(
                replace(e, answer=Answer("")) if e.key in keys else e for e in self.entries
            ),
            tags=(*self.tags, "fields-empty"),
        )

    def values(self) -> dict[str, Any]:
        """Return what it states, by key."""
        stated: dict[str, Any] = {self.key: self.who, **self.means}
        stated |= {e.key: e.answer.means for e in self.entries if e.key}
        if self.ticks:
            stated["platform"] = list(self.ticks)
        if self.other:
            stated["platform_other"] = self.other
        return {key: value for key, value in stated.items() if value is not None}

    def mess(self) -> tuple[str, ...]:
        """Every kind of mess in it, each once."""
        tags = [
            *self.tags,
            *(e.answer.tag for e in self.entries),
            *(e.remark.tag for e in self.entries),
        ]
        return tuple(dict.fromkeys(tag for tag in tags if tag))


def fill(
    form: str,
    unit: str,
    who: str,
    *,
    seed: int,
    habits: str = "plain",
    style: str = "printed",
    odd: int = 0,
) -> Filled:
    """Fill a form as a clerk with these habits would; `odd` answers have to be asked about."""
    dice = random.Random(f"{form}{unit}{seed}")
    write, tag = words.STYLES[style]
    makers = {"2023-neimenggu/project": _project, "2023-cis/project": _cis_project}
    entries = makers.get(form, _numbers)(form, dice, habits.split(), lambda w: write(w, dice))
    filled = Filled(form, TITLES[form], unit, who, tuple(entries), tags=(tag,) if tag else ())
    if form in PLATFORMS:
        filled = _ticked(filled, dice)
    if form.endswith("project"):
        filled = filled.changed(organiser=Answer(who, who))
    return _odd(filled, dice, odd)


def _odd(filled: Filled, dice: random.Random, how_many: int) -> Filled:
    asked = [
        e.key
        for e in filled.entries
        if isinstance(e.answer.means, int) and e.key not in _YUAN | _MONEY
    ]
    chosen = dice.sample(asked, how_many)
    return filled.changed(**{key: dice.choice(said.ODD_COUNTS) for key in chosen})


def _ticked(filled: Filled, dice: random.Random) -> Filled:
    choices = PLATFORMS[filled.form]
    ticks = tuple(c for c in choices if c in dice.sample(choices, dice.choice((1, 1, 2))))
    other = "某科技馆志愿者协会" if choices[-1] in ticks else ""
    return replace(filled, ticks=ticks, other=other)


def _numbers(form: str, dice: random.Random, habits: list[str], write: Any) -> list[Entry]:
    table = LABELS.get(form, words.GROUPED)
    groups = {key: group for group, keys in GROUPS.items() for key in keys}
    entries = []
    for key, spellings in table.items():
        unit = _unit(key, spellings[0])
        answer = _answer(key, unit, dice.choice(habits), dice)
        entries.append(Entry(key, write(spellings), answer, unit, group=groups.get(key, "")))
    return entries


def _unit(key: str, label: str) -> str:
    if key in _UNITS:
        return _UNITS[key]
    if key in _MONEY:
        return "万元"
    found = re.search(r"[(（]([^()（）]+)[)）]\s*$", label)
    return found[1].replace("折合", "") if found and key not in {"in_kind", "county"} else ""


def _answer(key: str, unit: str, habit: str, dice: random.Random) -> Answer:
    if key == "in_kind":
        text, means = dice.choice(said.IN_KIND)
        return Answer(text, means)
    if key in _MONEY:
        return said.money(
            dice.choice((0, 5000, 8000, 20_000, 35_000, 120_000, 1_500_000)), habit, dice
        )
    number = _number(key, habit, dice)
    if key in _YUAN:
        return said.yuan(number, habit, dice)
    if key == "galleries" and habit in {"plain", "unit", "wide"}:
        text = f"{number}.5"
        shown = {
            "unit": f"{text}米",
            "wide": text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
        }
        return Answer(shown.get(habit, text), number + 0.5, "full-width" if habit == "wide" else "")
    return said.count(number, unit, habit, dice)


def _number(key: str, habit: str, dice: random.Random) -> int:
    most = _SIZE.get(key, 60)
    number = dice.randint(max(1, most // 20), most)
    if habit in {"about", "wan"} and most >= 1000:
        number = max(100, number - number % 100)
    elif habit == "about" and number > 20:
        number -= number % 10
    if habit == "nil-words" or dice.random() < (0.3 if habit == "nil" else 0.04):
        return 0
    return number


def _text(choices: tuple[Any, ...], dice: random.Random) -> Answer:
    picked = dice.choice(choices)
    return Answer(*picked) if isinstance(picked, tuple) else Answer(picked, picked)


def _project(_form: str, dice: random.Random, habits: list[str], write: Any) -> list[Entry]:
    habit = dice.choice(habits)
    address, postcode = dice.choice(said.ADDRESSES)
    period, means = dice.choice(said.PERIODS)
    people = dice.choice((60, 200, 350, 800, 1500))
    budget = _budget(dice)
    found = {
        "name": _text(said.NAMES, dice),
        "organiser": Answer(""),
        "authority": _text(said.AUTHORITIES, dice),
        "venue": _text(said.VENUES, dice),
        "period": Answer(period, means, "date-spellings"),
        "leader": _text(said.PEOPLE, dice),
        "contact": _text(said.PEOPLE, dice),
        "address": Answer(address, address),
        "postcode": Answer(postcode, postcode),
        "phone": _text(said.PHONES, dice),
        "fax": dice.choice(
            (
                Answer(""),
                Answer("0471-6300020", "0471-6300020"),
                Answer("0476-8330021", "0476-8330021"),
            )
        ),
        "email": _text(said.EMAILS, dice),
        "budget": budget,
        "participants": said.count(people, "人", habit, dice),
        "summary": _text(said.SUMMARIES, dice),
    }
    return [Entry(key, write(words.PROJECT[key]), answer) for key, answer in found.items()]


def _budget(dice: random.Random) -> Answer:
    """Write money where the blank names no unit: an answer that names none has to be asked."""
    return dice.choice((
        Answer("5万元", 50000, "unit-in-cell"), Answer("50000元", 50000, "unit-in-cell"), Answer("3.5万", 35000, "wan"),
        Answer("叁万元整", 30000, "financial-numerals"), Answer("约2万元", 20000, "about"), Answer("8,000元", 8000, "unit-in-cell"),
        Answer("5", ASK, "no-unit"), Answer("1-2万元", ASK, "range"), Answer("人民币12000元", 12000, "unit-in-cell"),
    ))  # fmt: skip


def _cis_project(_form: str, dice: random.Random, habits: list[str], write: Any) -> list[Entry]:
    period, means = dice.choice(said.PERIODS)
    phone, mail = dice.choice(said.PHONES)[0], dice.choice(said.EMAILS)[0].strip()
    contact = (
        dice.choice((phone, f"{phone} / {mail}", f"电话：{phone}\n邮箱：{mail}"))
        if "：" not in phone + mail
        else phone
    )
    people = dice.choice((60, 200, 350, 800, 1500))
    found = {
        "name": _text(said.NAMES, dice),
        "organiser": Answer(""),
        "platform": Answer(""),
        "venue": _text(said.VENUES, dice),
        "period": Answer(period, means, "date-spellings"),
        "leader": _text(said.PEOPLE, dice),
        "contact": Answer(contact, contact),
        "participants": said.count(people, "人", dice.choice(habits), dice),
        "summary": _text(said.SUMMARIES, dice),
    }
    return [Entry(key, write(words.CIS_PROJECT[key]), answer) for key, answer in found.items()]
