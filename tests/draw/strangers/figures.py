"""How one number, and one label, are written by different people."""

from __future__ import annotations

import re

_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_BRACKET = re.compile(r"\s*[(（]([^)）]*)[)）]\s*$")


def shown(dice, number, unit, money):
    """Return a text, the number it states (None: none, or a question), and whether it is sure.

    `money` is the form's unit of money, or None.
    """
    unit = unit.split("、")[0]
    small, wan = dice.choice((1, 2, 7, 10, 12, 36, 101)), dice.choice((12000, 35000, 18500))
    said = wan / 10000 if money == "万元" else wan
    big = f"{wan / 10000:g}万{'元' if money else unit}"
    return dice.choice((
        *((text, number, True) for text in (
            f"{number:,}", f"{number:,}".replace(",", "，"), str(number).translate(_FULL),
            f"{number}{unit}", f" {number} {unit} ", f"共{number}{unit}", f"{number}{unit}。",
            f"\n{number}\n", in_words(number), f"{number}.0",
        )),
        (str(small), small, True), (f"{in_words(small)}{unit}", small, True), ("0", 0, True),
        ("", None, True), (f"{number}～{number + 20}", None, True),
        (f"{number}、{number + 5}", None, True),
        (dice.choice(("无", "没有", "/", "—", "-")), 0, False), (big, said, False),
        (f"{number - 13}+13={number}", number, False), (f"：{number}", number, False),
        (f"{number}{unit}（2022年为{number - 300}{unit}）", number, False),
    ))  # fmt: skip


def asked(dice, label):
    """Return a label written in another way."""
    bare = _BRACKET.sub("", label)
    cut = dice.randrange(1, len(label)) if len(label) > 3 else len(label)
    return dice.choice((
        "  ".join(label), "".join(label.split()), bare, label.replace("（", "(").replace("）", ")"),
        label.replace("(", "（").replace(")", "）"), f"{label}：", f"*{label}", f"③{label}",
        f"{dice.randrange(1, 30)}、{label}", f"（{dice.choice('一二三四五六')}）{label}",
        f"{label[:cut]}\n{label[cut:]}", _BRACKET.sub(r"/\1", label),
        bare if bare.endswith("情况") else f"{bare}情况{label[len(bare):]}",
    ))  # fmt: skip


def in_words(number):
    """Return 1208 as 一千二百零八."""
    digits, sizes = "零一二三四五六七八九", ("", "十", "百", "千")
    written, gap = "", False
    for place, digit in enumerate(reversed(str(number))):
        if digit == "0":
            gap = bool(written)
            continue
        written = digits[int(digit)] + sizes[place] + ("零" if gap else "") + written
        gap = False
    return written or "零"
