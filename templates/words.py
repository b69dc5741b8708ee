"""How dates, numbers, values and constants are said in a letter."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from rules.folder.yaml_lines import texts_of
from rules.form import FieldType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.form import FormField
    from rules.reading import Value

_UNIT = re.compile(r"\s*[（(]单位[:：][^）)]*[）)]")
_WEEKDAYS = "一二三四五六日"
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_ISO_RANGE = re.compile(r"(?<=\d)\s*/\s*(?=\d{4}-)")
_ISO_LIST = re.compile(r"(?<=\d)\s*[,;]\s*(?=\d{4}-)")
_LAST_MINUTE = (23, 59)
_ELLIPSIS = "…"
_YUAN = "元"
_LONGEST_STEM = 26  # with mark and extension under 40, see names.py
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@cache
def load(name: str) -> Any:
    """Return the content of a yaml file of this room: texts, in lists and mappings."""
    return texts_of(Path(__file__).with_name(name))


def word(kind: str, constant: str) -> str:
    """Return the word for a constant; an unlisted one is told as `other` where there is one."""
    words: dict[str, str] = load("words.yaml")[kind]
    return words[constant] if constant in words else words["other"]


def marked_name(name: str) -> str:
    """Return what the marked copy of a sender's file is called: 统计表（已标注）.docx."""
    path = PurePosixPath(clean(name).replace("/", "_"))
    pattern: str = load("words.yaml")["marked"]
    return pattern.format(stem=path.stem[:_LONGEST_STEM], extension=path.suffix[:8])


def clean(text: str) -> str:
    """Return one line without controls, direction marks, unassigned or lone surrogate characters.

    MITRE T1036.002: a direction mark can make `gnp.exe` read as `exe.png`.
    """
    if not text.isprintable():  # as nearly all text is: then its one white space is " "
        kept = (c for c in text if c.isspace() or unicodedata.category(c) not in _UNSAFE)
        text = "".join(kept)
    elif " " not in text:
        return text
    return " ".join(text.split())


def shorten(text: str, most: int = 60) -> str:
    """Return `text` on one line, its end left out beyond `most` characters."""
    line = clean(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + _ELLIPSIS


def among(names: Sequence[str]) -> str:
    """Return one name, or the first and how many there are."""
    return names[0] if len(names) == 1 else f"{names[0]}等{len(names)}个单位"


def excerpt(text: str, most: int) -> str:
    """Return the start of a long text, with how long it is in all."""
    return text if len(text) <= most else f"{text[:most]}{_ELLIPSIS}（共{len(text)}字）"


def number(value: float | Decimal | str) -> str:
    """Say a number with separators and without empty decimals; other text stays as it is."""
    if isinstance(value, str):
        return value
    shown = f"{value:,.4f}" if isinstance(value, float | Decimal) else f"{value:,}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def day(value: date | datetime | str) -> str:
    """Say a day: 6月15日（星期四）."""
    if isinstance(value, str):
        return written(value)
    return f"{value.month}月{value.day}日（星期{_WEEKDAYS[value.weekday()]}）"


def short_day(value: date) -> str:
    """Say a day where there is little room: 6月15日."""
    return f"{value.month}月{value.day}日"


def full_date(value: date | datetime | str) -> str:
    """Say a date with its year: 2023年5月20日."""
    if isinstance(value, str):
        return written(value)
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    """Say when something arrived: 2023年6月14日 10:23."""
    return f"{full_date(value)} {_time(value)}"


def clock(value: datetime) -> str:
    """Say a time within this season: 6月14日 10:23."""
    return f"{short_day(value)} {_time(value)}"


def _time(value: datetime) -> str:
    return f"{value.hour:02}:{value.minute:02}"


def due_day(value: datetime) -> date:
    """Return the calendar day on which a due moment ends; 00:00 ends the day before."""
    return (value - timedelta(microseconds=1)).date()


def due_at(value: datetime) -> str:
    """Say a due moment: 6月15日（星期四）24:00, or 5月30日（星期二）17:30."""
    at_end = (value.hour, value.minute) in {(0, 0), _LAST_MINUTE}
    return f"{day(due_day(value))}{'24:00' if at_end else _time(value)}"


def due(value: datetime) -> str:
    """Say by when something is due: 6月15日（星期四）24:00前."""
    return f"{due_at(value)}前"


def duration(seconds: float) -> str:
    """Say a length of time: 45秒, 3分钟, 3分20秒."""
    minutes, rest = divmod(round(float(seconds)), 60)
    if not minutes:
        return f"{rest}秒"
    return f"{minutes}分{rest}秒" if rest else f"{minutes}分钟"


def written(text: str) -> str:
    """Say ISO dates as a letter does: 2023-05-20/2023-05-31 → 2023年5月20日至2023年5月31日."""
    joined = _ISO_LIST.sub("、", _ISO_RANGE.sub("至", text))
    return _ISO_DATE.sub(lambda m: f"{int(m[1])}年{int(m[2])}月{int(m[3])}日", joined)


def in_group(field: FormField, label: str) -> str:
    """Say a label under its group, before its column where its row has several.

    A unit of measure in either is said with the value.
    """
    group = field.group or ""
    if group and field.unit:
        group = _unitless(group)
    return "·".join(filter(None, (group, label, column_of(field))))


def column_of(field: FormField) -> str:
    """Return the column that tells a field from the others of its row, without its unit."""
    return _unitless(field.told_column) if field.unit else field.told_column


@lru_cache(maxsize=1024)
def _unitless(group: str) -> str:
    return _UNIT.sub("", group)


def measure(field: FormField) -> str:
    """Return a field's unit of measure; money without one is in 元."""
    return field.unit or (_YUAN if field.type is FieldType.MONEY else "")


def value_text(value: Value, unit: str | None = None) -> str:
    """Say a value with its unit of measure: 1,200 人."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, str):
        return written(value)
    return f"{number(value)} {unit}" if unit else number(value)
