"""How what a blank asks for becomes fields: keys, types, units, choices, what is required."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.values.measures import alike, as_measure
from rules.form import FieldType, FormField, NotAbove, Where
from rules.labels import read_label, squeeze
from rules.learn.boxes import choices_in, has_boxes, is_one_of, spaced_choices
from rules.learn.cells import is_blank, unit_in
from rules.learn.draft import Doubt
from rules.learn.keys import key_of
from rules.learn.shown import ends_in_brackets, flat, shown_label
from rules.learn.types import Kind, guess

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules.learn.asked import Asked

_AMOUNT = re.compile(r"(?:数|量|次|累计|合计|总计)$")
_TOLD = frozenset({FieldType.PHONE, FieldType.EMAIL, FieldType.POSTCODE, FieldType.DATE})
_NUMBERS = frozenset({FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY})
# words of what is often left empty; a number is never, since 0 is a number
_OPTIONAL = re.compile(
    r"传真|备注|^其[他它]|意见|审核|审批|签字|签名|签章|盖章|公章|网址|网站|微信|邮编|邮政编码|副标题|^说明$|主管部门|^(?:填报|填表|报送|上报|制表)(?:日期|时间)$"
)
# headings of columns in which words are written, if there is anything to say
_IN_WORDS = re.compile(
    r"(?:原因|理由|说明|备注|依据|措施|来源|意见|问题|不足|建议|做法|内容|亮点)$"
)
# and others of which no sum is drawn; what else stands in a table with sums is counted: 男, 女
_NOT_SUMMED = re.compile(
    r"地[点址]|时间|日期|期限|人$|名|单位|部门|主题|方式|类[别型]|级别|等级|进[度展]|职[务称]|电话|情况|是否|形式"
)
_AS_ONE_LIKES = re.compile(r"选填|如有|可不填|可选填|若有|没有可不")
_OFFERS = re.compile(r"哪[类种些个]|类别|类型|是否|性别|形式|级别|方式|等级")
_EMPTY_DATE = re.compile(r"年\s*月\s*日")
_EXPLAIN = re.compile(r"请注明|请说明|请填写|请列出")
LABEL_LONGEST = 60
MOST = 300  # fields; what asks for more is no form


@dataclass
class Fields:
    """The fields so far, with keys taken, labels by row, checks and doubts."""

    table_unit: str | None = None
    summed: bool = False  # a row or column under headings is called 合计
    fields: list[FormField] = field(default_factory=list)
    checks: list[NotAbove] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)
    _spots: set[tuple[str | None, ...]] = field(default_factory=set)
    # what a row called 其中… is part of: its label and group, and its field in each column
    _whole_row: tuple[str, str | None] = ("", None)
    _wholes: dict[str | None, FormField] = field(default_factory=dict)

    def add_all(self, asked: Iterable[Asked]) -> None:
        """Name and type everything asked for."""
        for one in asked:
            if len(self.fields) < MOST:
                self.add(one)

    def add(self, asked: Asked) -> None:
        """Name and type one thing asked for."""
        label = shown_label(asked.label)
        core = read_label(label).core
        listed = asked.where if asked.where is Where.BELOW else None
        spot = (asked.group, asked.column, asked.owner, core, listed)
        if len(core) < 1 or len(label) > LABEL_LONGEST:
            return
        if spot in self._spots:
            self.doubts.append(Doubt("label-twice", "", {"label": label}))
            return
        self._spots.add(spot)
        key, known = key_of(label, self._taken, len(self.fields) + 1)
        self._taken.add(key)
        if not known:
            self._doubt("key-numbered", key, label)
        self._finish(asked, key, label)

    def _finish(self, asked: Asked, key: str, label: str) -> None:
        owner = self._owner(asked)
        kind, choices = self._kind(asked, key, label, owner)
        inside = asked.owner is not None
        made = FormField(
            key=key,
            label=label,
            type=kind.type,
            unit=kind.unit,
            required=not inside and _is_required(asked.column or "", label, asked.label, kind),
            where=asked.where,
            column=asked.column,
            group=flat(asked.group) if asked.group else None,
            within=owner.key if owner and inside else None,
            choices=choices,
            many=len(choices) > 1 and not is_one_of(choices),
            hint=_hint(asked, kind),
            total=kind.type in _NUMBERS,
        )
        self.fields.append(made)
        self._limit(made, owner, asked)
        if choices:
            self._explained(asked, key)

    def _explained(self, asked: Asked, key: str) -> None:
        """Ask for the words behind 请注明 in a place of boxes."""
        match = _EXPLAIN.search(asked.value)
        if match is not None:
            self.fields.append(
                FormField(
                    key=f"{key}_other",
                    label=match[0],
                    required=False,
                    where=Where.INSIDE,
                    within=key,
                    total=False,
                )
            )

    def _owner(self, asked: Asked) -> FormField | None:
        if asked.owner is None:
            return None
        name = shown_label(asked.owner)
        return next((f for f in reversed(self.fields) if f.label == name), None)

    def _limit(self, made: FormField, owner: FormField | None, asked: Asked) -> None:
        """Note that a part is not above its whole in the same column; the only check proposed."""
        is_part = made.label.startswith("其中")
        whole = owner or (self._wholes.get(asked.column) if is_part else None)
        if not is_part and owner is None:
            row = (made.label, asked.group)
            self._wholes = self._wholes if row == self._whole_row else {}
            self._whole_row = row
            if made.type in _NUMBERS:
                self._wholes[asked.column] = made
        if whole is None or {made.type, whole.type} - _NUMBERS:
            return
        if made.unit is None or whole.unit is None or alike(made.unit, whole.unit):
            self.checks.append(NotAbove(check="not-above", field=made.key, limit=whole.key))

    def _kind(
        self, asked: Asked, key: str, label: str, owner: FormField | None
    ) -> tuple[Kind, tuple[str, ...]]:
        choices = self._choices(asked, key, label)
        if choices:
            return Kind(FieldType.CHOICE), choices
        if owner is not None:
            return Kind(owner.type, owner.unit), ()
        if asked.column and _IN_WORDS.search(squeeze(asked.column)):
            return Kind(FieldType.TEXT), ()
        kind = self._guessed(asked, label)
        whole = self._wholes.get(asked.column)
        if label.startswith("其中") and whole and kind == Kind(FieldType.TEXT):
            kind = Kind(whole.type, whole.unit)
        if not kind.sure:
            self._doubt("type-unclear", key, label)
        if "实物" in label and kind.type is FieldType.MONEY:
            self._doubt("goods-or-money", key, label)
        if kind.type is FieldType.MONEY and kind.unit is None:
            kind = Kind(kind.type, self.table_unit if self.table_unit in ("元", "万元") else None)
            if kind.unit is None:
                self._doubt("money-without-unit", key, label)
        return kind, ()

    def _guessed(self, asked: Asked, label: str) -> Kind:
        kind = guess(label, asked.value, _unit(asked), self._group_unit(asked))
        own = read_label(asked.column).unit if asked.column else None
        if asked.column and (own or kind.type is FieldType.TEXT):
            kind = next((k for h in asked.headings if (k := _by_column(h, asked.label))), kind)
        summed = self.summed and kind.type is FieldType.TEXT and _may_be_summed(asked, label)
        return Kind(FieldType.COUNT) if summed else kind

    def _choices(self, asked: Asked, key: str, label: str) -> tuple[str, ...]:
        if has_boxes(asked.value):
            return choices_in(asked.value)
        found = spaced_choices(asked.value)
        if len(found) < 2 or (not _OFFERS.search(label) and "注明" not in asked.value):
            return ()
        if is_blank(asked.value):
            return ()
        self._doubt("choices-without-boxes", key, label)
        return found

    def _group_unit(self, asked: Asked) -> str | None:
        return read_label(asked.group).unit if asked.group else None

    def _doubt(self, code: str, key: str, label: str) -> None:
        self.doubts.append(Doubt(code, key, {"label": label, "key": key}))


def _may_be_summed(asked: Asked, label: str) -> bool:
    heading = squeeze(asked.column or "")
    words = _NOT_SUMMED.search(heading) or _NOT_SUMMED.search(label)
    return bool(heading) and not words and not asked.value.strip()


def _by_column(column: str, label: str) -> Kind | None:
    """Return the type that a heading alone tells: 手机, 经费（元）, 人次, 数量.

    A label with a unit that is none we know (千瓦时) may be measured in fractions.
    """
    unit = read_label(column).unit or as_measure(column)
    kind = guess(column, "", unit, None)
    if not unit and _AMOUNT.search(column):
        return Kind(FieldType.NUMBER if ends_in_brackets(label) else FieldType.COUNT)
    return kind if unit or kind.type in _TOLD or kind.type is FieldType.MONEY else None


def _is_required(column: str, label: str, printed: str, kind: Kind) -> bool:
    if _IN_WORDS.search(squeeze(column)):
        return False
    if _AS_ONE_LIKES.search(squeeze(printed)):
        return False
    return kind.type in _NUMBERS or _OPTIONAL.search(label) is None


def _unit(asked: Asked) -> str | None:
    return asked.unit or read_label(asked.label).unit or unit_in(asked.value)


def _hint(asked: Asked, kind: Kind) -> str | None:
    """Return what is printed in the answer's place and is no answer."""
    if asked.owner is not None:
        return " ".join(asked.value.split())
    if kind.type is FieldType.CHOICE or not asked.value.strip():
        return None
    if all(line.rstrip().endswith((":", "：")) for line in asked.value.strip().splitlines()):
        return None  # 联系人： over 电话： stays in the answer
    kept = re.sub(r"[_＿]+", "", asked.value).strip()
    if is_blank(kept) and not unit_in(kept):
        dated = kind.type is FieldType.TEXT and _EMPTY_DATE.search(kept)
        return "年 月 日" if dated else None
    return kept
