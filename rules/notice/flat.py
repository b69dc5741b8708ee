"""A notice as one run of characters: widths made one, blanks left out but remembered.

Wherever lines were broken, and however words were spread, the grammar sees the same text.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from dataclasses import dataclass

SPACE, BREAK = " ", "\n"

# «» and U+A3A1..U+A3FE (codes of GBK's row of full-width ASCII) come out of some PDF fonts
_SAME = {
    **{code: chr(code - 0xA380) for code in range(0xA3A1, 0xA3FF)},
    **dict(
        zip(map(ord, "«»〈〉﹝﹞［］【】「」『』‘’"), "《》《》〔〕〔〕〔〕“”“”“”", strict=True)
    ),
    **dict.fromkeys(map(ord, "–―─━−‒‐‑﹣－"), "-"),
    **dict.fromkeys(map(ord, "～〜∼﹏"), "~"),
    ord("ꎮ"): "。",
    ord("．"): ".",
    ord("﹒"): ".",
    ord("｡"): "。",
    ord("､"): "、",
    ord("，"): ",",
    ord("﹐"): ",",
    ord("○"): "〇",
}
_GONE = re.compile(r"[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e]")
_BOLD = re.compile(r"\*\*|__(?=[^_\s])(?<=[^_]__)|^#{1,6}\s|\[bookmark:[^\]]*\]", re.MULTILINE)
# what begins a paragraph wherever the lines were broken
_STARTS = re.compile(
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\(\d{1,2}\)|\d{1,2}[.、](?=[^\d]|(?:19|20)\d\d年)"
    r"|[①-⑳]|附件?[\d一二三四五六七八九十]{0,2}[:：]|附件[\d一二三四五六七八九十]{0,2}$|注\d?[:：]|抄[送报]|[\u4e00-\u9fff]{2,8}[:：]"
)
# a line that is a heading ends a paragraph without a full stop
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、])[\u4e00-\u9fff、]{0,10}"
    r"(?:要求|安排|内容|报送|总结|汇总|统计|审核|备案|登记|自查|整改|检查|阶段|上报|推荐|月报|季报|方式|时间|事项|主题|目的|对象|范围|原则|条件|步骤|程序|流程|办法|保障|目标|任务|材料|地点|日期|形式|机构|说明|其他|须知|申报|渠道|资料|须知|反馈|宣传|实施)"
)
_ENDS = frozenset("。!?;:")
_OPENERS = "(《“〔,、-—~"
_STOPS = re.compile(r"[。!?]")
LONGEST = 1000  # characters on either side that still are the same sentence
MOST = 200_000  # characters of a notice; the rest is left out


@dataclass(frozen=True, slots=True)
class Flat:
    """`text` without white space; `origin[i]` is where its character i stands in `source`.

    `gaps` has the positions before which white space stood, `paragraphs` those at which a
    paragraph begins as far as its words tell.
    """

    source: str
    text: str
    origin: tuple[int, ...]
    gaps: dict[int, str]
    paragraphs: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """Return what stands there in the source, on one line."""
        if start >= end:
            return ""
        raw = self.source[self.origin[start] : self.origin[min(end, len(self.origin)) - 1] + 1]
        wide = r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f\ua380-\ua3ff]"
        joined = re.sub(rf"(?<={wide})[ \t]*\n\s*|[ \t]*\n\s*(?={wide})", "", _BOLD.sub("", raw))
        line = re.sub(r"[\s\u3000]+", " ", joined).strip()
        spread = line.count(" ") * 4 > len(line)
        return re.sub(rf"(?<={wide}) | (?={wide})", "", line) if spread else line

    def spaced(self, start: int, end: int) -> str:
        """Return the text with one space where any white space stood."""
        out = []
        for position in range(start, min(end, len(self.text))):
            if position in self.gaps and position > start:
                out.append(" ")
            out.append(self.text[position])
        return "".join(out)

    def sentence(self, position: int) -> tuple[int, int]:
        """Return the first and the end of the sentence around a position."""
        index = bisect.bisect_right(self.paragraphs, position) - 1
        first = self.paragraphs[index] if index >= 0 else 0
        last = self.paragraphs[index + 1] if index + 1 < len(self.paragraphs) else len(self.text)
        begin = max((m.end() for m in _STOPS.finditer(self.text, first, position)), default=first)
        stop = _STOPS.search(self.text, position, last)
        end = stop.end() if stop else last
        return max(begin, position - LONGEST), min(end, position + LONGEST)

    def sentences(self) -> list[tuple[int, int]]:
        """Return every sentence, in order."""
        found: list[tuple[int, int]] = []
        position = 0
        while position < len(self.text):
            first, end = self.sentence(position)
            found.append((max(first, position), max(end, position + 1)))
            position = max(end, position + 1)
        return found

    def begins_line(self, position: int) -> bool:
        """Say whether a line begins at a position."""
        return position == 0 or self.gaps.get(position) == BREAK

    def ends_line(self, position: int) -> bool:
        """Say whether a line ends before a position."""
        return position >= len(self.text) or self.gaps.get(position) == BREAK


def flatten(source: str) -> Flat:
    """Make a text flat."""
    source = source[:MOST].replace("\r\n", "\n").replace("\r", "\n")
    hidden = {n for m in _BOLD.finditer(source) for n in range(m.start(), m.end())}
    letters: list[str] = []
    origin: list[int] = []
    gaps: dict[int, str] = {}
    for index, raw in enumerate(source):
        if index in hidden or _GONE.match(raw):
            continue
        if raw.isspace() or raw == "\u3000":
            place = len(letters)
            gaps[place] = BREAK if raw in "\n\v\f" or gaps.get(place) == BREAK else SPACE
            continue
        letter = _plain(raw)
        letters.append(letter)
        origin.append(index)
    text = "".join(letters)
    return Flat(source, text, tuple(origin), gaps, _paragraphs(text, gaps))


def _plain(letter: str) -> str:
    same = _SAME.get(ord(letter))
    if same is not None:
        return same
    if "！" <= letter <= "～":
        return chr(ord(letter) - 0xFEE0)
    if "\u2e80" <= letter <= "\u2fdf" or "\uf900" <= letter <= "\ufaff":
        return unicodedata.normalize("NFKC", letter)[:1]
    return letter


def _paragraphs(text: str, gaps: dict[int, str]) -> tuple[int, ...]:
    """Return where paragraphs begin: after a full stop, or at words that begin one."""
    breaks = sorted(position for position, kind in gaps.items() if kind == BREAK)
    found = [0]
    for number, position in enumerate(breaks):
        if position >= len(text) or position == 0:
            continue
        end = breaks[number + 1] if number + 1 < len(breaks) else len(text)
        start = breaks[number - 1] if number else 0
        if _begins(text, position, end) or _HEADING.fullmatch(text, start, position):
            found.append(position)
    return tuple(dict.fromkeys(found))


def _begins(text: str, position: int, end: int) -> bool:
    before = text[position - 1]
    if before in _OPENERS or _is_open(text, position):
        return False
    if before in _ENDS:
        return True
    line = text[position : min(end, position + 40)]
    return _STARTS.match(line) is not None


def _is_open(text: str, position: int) -> bool:
    """Say whether a bracket that was opened shortly before is still open."""
    recent = text[max(0, position - 80) : position]
    return any(recent.rfind(left) > recent.rfind(right) for left, right in ("()", "《》", "〔〕"))
