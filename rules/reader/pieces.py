"""Where one line holds several labels, each with what follows it: 填报单位：…　填报日期：…."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.labels import is_closed

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 200  # characters of a line in a table's only cell that may hold several labels
_LABELLED = re.compile(r"[^\W\d][^:：]{1,20}[:：]")
_SPREAD = r"[^\W\d](?:[ 　]{1,4}[^\W\d]){1,3}"  # 地 址, 联 系 人
_KNOWN_SPREAD = "|".join(
    "[ 　]{1,4}".join(word) for word in ("地址", "传真", "邮编", "电话", "手机")
)
# A new "label:" after a gap starts a new piece.
_NEXT_LABEL = re.compile(
    r"(?:(?<!\s)\s{2,}|[\t 　])(?=[^\W\d][^\s:：]{1,15}[:：](?!//))"
    rf"|(?:(?<!\s)\s{{2,}}|\t)(?={_SPREAD}\s*[:：])|\s(?=(?:{_KNOWN_SPREAD})\s*[:：])"
)
# of which no room is left where a value filled it: 填报单位：某某局填报日期：2026年6月2日
_GLUED = re.compile(
    r"(?<=[\w)）])(?<!单位)(?<!学校)(?<!企业)(?<!现场)(?<!部门)(?<!项目)(?<!活动)(?<!办公)(?<!业务)(?<!咨询)(?<!统计)(?<!负责人)(?<!填[报表])"
    r"(?=(?:单位负责人|(?:填报|填表|报送|上报|制表)(?:日期|时间|人)|审核人|联系人|联系电话)\s*[:：])"
)
LINE = 100  # characters of a line in which labels may stand without a gap


def pieces(text: str) -> list[str]:
    """Part a line where a new label begins; never within brackets."""
    if text.count(":") + text.count("：") < 2:
        return [text.strip()]
    found: list[str] = []
    for piece in _apart(text.strip()):
        if found and not (re.search("[:：]", found[-1]) and is_closed(found[-1])):
            found[-1] += " " + piece
        else:
            found.append(piece)
    return found


def _apart(text: str) -> Iterator[str]:
    for piece in _NEXT_LABEL.split(text):
        if len(text) <= LINE and _LABELLED.match(piece):
            yield from _GLUED.split(piece)
        else:
            yield piece


def several(text: str) -> list[str]:
    """Return the pieces of a text that is nothing but labels, each with what follows; else none."""
    if len(text) > MOST:
        return []
    found = [piece for line in text.splitlines() for piece in pieces(line)]
    return found if len(found) > 1 and all(map(_LABELLED.match, found)) else []
