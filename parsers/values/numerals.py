"""How Chinese and Arabic numerals are written, alone and mixed, and which are malformed."""

from __future__ import annotations

import re
from decimal import Decimal

_OLD = str.maketrans(
    "壹贰貳弐叁參叄肆伍陆陸柒捌玖拾佰仟萬億兩○點餘",
    "一二二二三三三四五六六七八九十百千万亿两〇点余",
)
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
_DIGITS |= {"五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SIZES = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
LONGEST = 40  # characters of a numeral; a longer run of its characters is none
CHINESE = "零〇一二两三四五六七八九十百千万亿廿卅卌"
SIZES = "十百千万亿"


def simplified(text: str) -> str:
    """Financial, traditional and round-zero numerals as everyday ones, length kept."""
    return text.translate(_OLD)


def chinese_number(text: str) -> int | None:
    """Return the whole number of a well-formed Chinese numeral, else None.

    一万二 is 12000 and 一百零二 is 102; 三五 and 七八十 (three to five, 70 or 80) are None, as
    is 一一, which is more often a dash. Digits alone (一二〇〇) need three, or a zero.
    """
    for tens, spelled in _TENS.items():
        text = text.replace(tens, spelled)
    if text and all(c in _DIGITS for c in text):
        return _positional(text)
    return _sized(text)


def _positional(text: str) -> int | None:
    if len(text) == 2 and not {"零", "〇"} & set(text[1:]):
        return None
    if len(text) > 1 and (set(text) <= {"一"} or "两" in text):
        return None
    return int("".join(str(_DIGITS[c]) for c in text))


def _sized(text: str) -> int | None:
    for name, size in _SIZES.items():
        if name in text:
            head, tail = text.rsplit(name, 1)
            count, rest = _head(head, size), _tail(tail, size)
            return None if count is None or rest is None else count * size + rest
    return _DIGITS.get(text)


def _head(text: str, size: int) -> int | None:
    if not text:
        return 1 if size == 10 else None
    count = _sized(text) if size >= 10**4 else _DIGITS.get(text)
    return count if count and count < max(size, 10) else None


def _tail(text: str, size: int) -> int | None:
    if not text:
        return 0
    if text[0] in "零〇":
        rest = _sized(text[1:])
        return rest if rest is not None and 0 < rest < size // 10 else None
    if text in _DIGITS:
        return _DIGITS[text] * (size // 10)
    rest = _sized(text)
    return rest if rest is not None and rest < size else None


_GROUPED = re.compile(r"(\d{1,3})(?:([,，' ])\d{3}(?:\2\d{3})*)(\.\d+)?")


def arabic_number(text: str) -> Decimal | None:
    """Return the number of digits with clean thousands separators, else None.

    A space or a full-width comma after three digits, or a space before a group that is not
    000, may as well part two numbers: only "1 200", "12 000" and "12，300" pass.
    """
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return Decimal(text)
    match = _GROUPED.fullmatch(text)
    if match is None or (not text.isascii() and "，" not in text):
        return None
    first, separator = match[1], match[2]
    doubtful = separator == " " and not (len(first) == 1 or set(text[len(first) :]) <= set(" 0"))
    if doubtful or (separator == "，" and len(first) == 3) or first.startswith("0"):
        return None
    return Decimal(re.sub(r"[,，' ]", "", text))


_MIXED = re.compile(rf"([0-9][0-9,，' .]*?)\s*([{SIZES}]+)")
_SPOKEN = re.compile(r"([^点]+)点([零〇一二三四五六七八九]+)([万亿]*)")


def numeral(text: str) -> tuple[Decimal, Decimal] | None:
    """Return (number, what stands before its 万 or 亿) of any numeral, else None."""
    if len(text) > LONGEST:
        return None
    if spoken := _SPOKEN.fullmatch(text):
        return _spoken(*spoken.groups())
    if not re.search(r"[0-9]", text):
        whole = chinese_number(text)
        return None if whole is None else (Decimal(whole), _mantissa(text, whole))
    if not re.search(rf"[{CHINESE}]", text):
        number = arabic_number(text)
        return None if number is None else (number, number)
    return _mixed(text)


def _mantissa(text: str, whole: int) -> Decimal:
    return Decimal(whole) / _SIZES[text[-1]] if text[-1] in "万亿" else Decimal(whole)


def _spoken(whole: str, digits: str, sizes: str) -> tuple[Decimal, Decimal] | None:
    head, size = chinese_number(whole), size_of(sizes)
    if head is None or size is None:
        return None
    number = Decimal(f"{head}.{''.join(str(_DIGITS[c]) for c in digits)}")
    return number * size, number


_TOGETHER = re.compile(r"[十百千万亿]?|[十百千]万|[十百千万]亿")


def size_of(text: str) -> int | None:
    """Return the size named: 千万 is 10 000 000, "" is 1; 百百 and 万千 are none."""
    if not _TOGETHER.fullmatch(text):
        return None
    product = 1
    for name in text:
        product *= _SIZES[name]
    return product


def _sized_part(digits: str, sizes: str) -> tuple[Decimal, int] | None:
    """1.2万 and 3百, but not 03百, 53百 or 4006十."""
    part, size = arabic_number(digits), size_of(sizes)
    if part is None or size is None or re.match(r"0[0-9]", digits):
        return None
    most = {10: 10, 100: 10, 1000: 1000}.get(size)
    return None if most is not None and part >= most else (part, size)


def _mixed(text: str) -> tuple[Decimal, Decimal] | None:
    """1.2万, 3千5百, 1亿2000万, 12万3000; not 1万2, which is 12000 or 10002."""
    total, mantissa, last, position = Decimal(0), Decimal(0), 10**17, 0
    while match := _MIXED.match(text, position):
        sized = _sized_part(match[1].strip(), match[2])
        if sized is None or sized[1] >= last or (position and sized[0] * sized[1] >= last):
            return None
        part, size = sized
        total, mantissa = total + part * size, part if not position else mantissa
        last, position = size, match.end()
    return _rest(text[position:].strip(), total, mantissa, last)


def _rest(
    text: str, total: Decimal, mantissa: Decimal, last: int
) -> tuple[Decimal, Decimal] | None:
    """Add what follows the last size, if it fills all of its places: 1万2000."""
    if not text:
        return total, mantissa
    full = re.fullmatch(r"[1-9][0-9]*", text) and 10 ** len(text) == last > 10
    return (total + int(text), total + int(text)) if full and total % last == 0 else None
