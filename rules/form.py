"""A form as data: what a blank asks for, where each value stands, and how it is checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from rules.strict import Strict


class FieldType(StrEnum):
    """How a value is read. Count and money are numbers; the rest are text or ISO dates."""

    COUNT = "count"  # a whole number ≥ 0
    NUMBER = "number"  # may have decimals
    MONEY = (
        "money"  # a number in the unit, 元 or 万元; without one the cell must name its own (→ 元)
    )
    TEXT = "text"
    DATE = "date"
    PERIOD = "period"  # a date, a range of dates, or several dates
    PHONE = "phone"  # one or several mobile or landline numbers
    EMAIL = "email"
    POSTCODE = "postcode"
    CHOICE = "choice"  # boxes or ticks


class Where(StrEnum):
    """Where a value stands relative to its label."""

    RIGHT = "right"  # the next cell to the right
    BELOW = "below"  # the cell under it
    INSIDE = "inside"  # in the label's own cell or paragraph, after it
    COLUMN = "column"  # in the label's row, under the heading named by `column`


class FormField(Strict):
    """One value a form asks for.

    `within` names the field in whose row, in the column `column`, this value stands after its
    own label (备注 "其中: 科技人员 300人"); in a form without a table there is no column (请注明
    behind a line of boxes). `group` is the vertically merged label to its left.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    type: FieldType = FieldType.TEXT
    unit: str | None = None
    required: bool = True
    where: Where = Where.RIGHT
    column: str | None = None
    group: str | None = None
    within: str | None = None
    choices: tuple[str, ...] = ()
    many: bool = False  # several choices may be ticked
    hint: str | None = None  # printed in the blank's value cell, not a value
    least: float | None = None
    greatest: float | None = None
    total: bool = True  # summed over the units in the roll-up
    _among: bool = PrivateAttr(default=False)  # other columns of its row are asked for as well

    @property
    def told_column(self) -> str:
        """Return the heading that tells it from the others of its row; empty where it is alone."""
        return self.column or "" if self._among else ""


class FormTable(Strict):
    """A table of rows under headings: 内容 / 数量 / 备注."""

    label: str
    value: str
    remarks: str | None = None
    others: tuple[str, ...] = ()  # headings of further values: 线上, 线下
    extra_rows: bool = False  # 可自行增加相关项目
    end: tuple[str, ...] = ()  # labels of rows that are not values, such as 说明


class Declared(Strict):
    """A check a form declares; `names`: which of its keys name fields, and how one is wrong."""

    names: ClassVar[Mapping[str, str | None]]


class NotAbove(Declared):
    """`field` may not be greater than `limit`: 科技人员 ≤ 参加活动人员."""

    names: ClassVar[Mapping[str, str | None]] = {"field": "not-a-number", "limit": "not-a-number"}
    check: Literal["not-above"]
    field: str
    limit: str
    severity: Literal["error", "warning"] = "error"


class InWindow(Declared):
    """The dates of `field` lie in the campaign's window, give or take `days`."""

    names: ClassVar[Mapping[str, str | None]] = {"field": "not-a-date"}
    check: Literal["in-window"]
    field: str
    days: int = 0
    severity: Literal["error", "warning"] = "warning"


class InRange(Declared):
    """`field` lies between `least` and `greatest`, in the field's unit."""

    names: ClassVar[Mapping[str, str | None]] = {"field": "not-a-number"}
    check: Literal["in-range"]
    field: str
    least: float | None = None
    greatest: float | None = None
    severity: Literal["error", "warning"] = "warning"


class AnyOf(Declared):
    """At least one of `fields` is filled and not nil."""

    names: ClassVar[Mapping[str, str | None]] = {"fields": None}
    check: Literal["any-of"]
    fields: tuple[str, ...]
    severity: Literal["error", "warning"] = "warning"


class AddsUp(Declared):
    """`total` is the sum of `parts`: 合计 of the rows over it."""

    names: ClassVar[Mapping[str, str | None]] = {"total": "not-a-number", "parts": "not-a-number"}
    check: Literal["adds-up"]
    total: str
    parts: tuple[str, ...]
    severity: Literal["error", "warning"] = "warning"


FormCheck = Annotated[NotAbove | InWindow | InRange | AnyOf | AddsUp, Field(discriminator="check")]


class Form(Strict):
    """One form: recognised by title and labels, read by label, checked by its checks.

    `unit_label` is the field (填报单位, 主办单位) that says which unit fills it in.
    `blank` is the file name of the .docx beside the yaml.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    title: str
    aliases: tuple[str, ...] = ()
    blank: str
    unit_field: str | None = None
    identified_by: str | None = None
    fields: tuple[FormField, ...]
    table: FormTable | None = None
    checks: tuple[FormCheck, ...] = ()

    @model_validator(mode="after")
    def _tell_columns(self) -> Self:
        """Let fields of one label under several headings know that they are."""
        rows = Counter((f.group, f.within, f.label) for f in self.fields if f.column)
        for one in self.fields:
            # the form alone knows what else its fields' rows ask for
            one._among = bool(one.column) and rows[one.group, one.within, one.label] > 1  # noqa: SLF001
        return self

    def field(self, key: str) -> FormField:
        """Return the field with this key; KeyError when there is none."""
        for candidate in self.fields:
            if candidate.key == key:
                return candidate
        raise KeyError(key)
