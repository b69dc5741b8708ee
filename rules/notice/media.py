"""Which limits a notice sets for video: length, picture size, bit rate, container."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.values.numerals import chinese_number
from rules.campaign import VideoRule

if TYPE_CHECKING:
    from rules.notice.flat import Flat

_N = r"(\d+(?:\.\d+)?|[一二两三四五六七八九十半]{1,3})"
_UP_TO = (
    r"(?:不超过|不得超过|不多于|不长于|不大于|不高于|小于|少于|以内"
    "|控制在|限制在|限时|限|≤|<=?|最长|最多)"
)
_LENGTH = re.compile(
    rf"(?:时长|长度|片长|时间)?(?:一般|应|须|均|原则上|以|为|在|:)*(?P<limit>{_UP_TO})?(?:为|在)?"
    rf"(?:{_N}(?:分钟|分|秒钟?|min|s)?[-—~至到])?(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十半]{{1,3}})(?P<unit>分钟|分(?!辨)|秒钟?|min|小时)(?P<half>半)?(?P<within>以?内|之内|以下|左右)?"
)
_SUBJECT = re.compile(r"视频|影像|录像|短片|宣传片|微电影|专题片|片长|时长|纪录片")
_SIZE = re.compile(r"(?<!\d)(\d{3,4})[×xX*✕╳](\d{3,4})(?!\d)")
_LINES = re.compile(
    r"(?<!\d)(4K|2160|1080|720)[pP]?(?=清|高清|格式|以上|及|分辨|[pP\u4e00-\u9fff,;)。、]|$)|4K"
)
_RATE = re.compile(
    r"(?<!\d)(?:(?P<low>\d+(?:\.\d+)?)[-—~至])?(?P<high>\d+(?:\.\d+)?)(?P<unit>M|K|k)(?:bps|bit/s|b/s|bit|/s|bps)",
    re.IGNORECASE,
)
_SCAN = re.compile(r"(?<!\d)(?:2160|1080|720|576)[/\-](\d{2})([iIpP])(?![a-z])")
_FRAMES = re.compile(r"(?<!\d)(\d{2})(?:帧|fps|FPS)")
_AT_LEAST = re.compile(r"(?:不低于|不少于|不小于|≥|>=?|至少|高于|大于)[:]?$")
_AT_MOST = re.compile(r"(?:不超过|不高于|不大于|≤|<=?|小于|低于)[:]?$")
_CONTAINERS = re.compile(
    r"(?<![A-Za-z0-9])(mov|mp4|mpeg-?4|mpe?g|avi|wmv|mkv|flv|m4v|rmvb|mts|vob|webm|3gp)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_SAME = {"mpeg": "mpg", "mpeg4": "mp4", "mpeg-4": "mp4"}
_OF_PHOTOS = re.compile(r"(?:照片|图片|每张)[^、;。]{0,20}$")
_UNCHECKED = re.compile(
    r"\d+(?:\.\d+)?(?:MB|GB|兆|G(?=以|,|。|;|\)|$)|M(?=以|,|。|;|\)|$))|横屏|竖屏|横版|\d{1,2}:\d{1,2}(?=画幅|横|比例)"
)


def read_video(flat: Flat, first: int, last: int) -> tuple[VideoRule, tuple[str, ...]]:
    """Return the limits in a passage about video, and what of it no rule can check."""
    text = flat.text[first:last]
    width, height = _picture(text)
    low, high = _rate(text)
    rule = VideoRule(
        max_seconds=_seconds(text),
        width=width,
        height=height,
        min_mbps=low,
        max_mbps=high,
        frames_per_second=_frames(text),
        containers=_containers(text),
    )
    limits = (m for m in _UNCHECKED.finditer(text) if not _OF_PHOTOS.search(text, 0, m.start()))
    return rule, tuple(dict.fromkeys(m[0] for m in limits))


def passages(flat: Flat) -> list[tuple[int, int]]:
    """Return the sentences that speak of video and of a length, size, rate or container."""
    found = []
    for first, last in flat.sentences():
        text = flat.text[first:last]
        if _SUBJECT.search(text) and (
            _seconds(text) or _SIZE.search(text) or _rate(text) != (None, None) or _containers(text)
        ):
            found.append((first, last))
    return found


def _seconds(text: str) -> int | None:
    """Return the longest duration allowed; a number of minutes that limits nothing else."""
    for match in _LENGTH.finditer(text):
        near = text[max(0, match.start() - 24) : match.end()] + _its_noun(text, match.end())
        bound = match["limit"] or match["within"] or re.search(r"时长|片长|长度", match[0])
        if _SUBJECT.search(near) and bound:
            return _in_seconds(match)
    return None


def _its_noun(text: str, at: int) -> str:
    """Return what a length is said of when that follows: 不超过3分钟的视频资料."""
    following = re.match(r"的[^、,;:。]{1,8}", text[at:])
    return following[0] if following else ""


def _in_seconds(match: re.Match[str]) -> int:
    written = match["n"]
    count = float(written) if written[0].isdigit() else float(chinese_number(written) or 0)
    if written == "半":
        count = 0.5
    count += 0.5 * (match["half"] is not None)
    size = 1 if match["unit"].startswith("秒") else 3600 if match["unit"] == "小时" else 60
    return round(count * size)


def _picture(text: str) -> tuple[int | None, int | None]:
    if match := _SIZE.search(text):
        return int(match[1]), int(match[2])
    if "分辨率" in text or "高清" in text or re.search(r"\d[pP](?![a-z])", text):
        match = _LINES.search(text)
        named = {"4K": (3840, 2160), "2160": (3840, 2160), "1080": (1920, 1080), "720": (1280, 720)}
        if match and (match[0].endswith(("P", "p", "K")) or "分辨率" in text):
            return named[match[0].rstrip("Pp")]
    return None, None


def _rate(text: str) -> tuple[float | None, float | None]:
    match = _RATE.search(text)
    if match is None:
        return None, None
    scale = 1.0 if match["unit"] == "M" else 0.001
    high = float(match["high"]) * scale
    if match["low"]:
        return float(match["low"]) * scale, high
    before = text[max(0, match.start() - 6) : match.start("high")]
    if _AT_LEAST.search(before) or text[match.end() : match.end() + 2] == "以上":
        return high, None
    return (None, high) if _AT_MOST.search(before) else (None, None)


def _frames(text: str) -> float | None:
    """Return the frames a second of 1080/50i, 1080/25P or 25帧; 50 half pictures are 25 whole."""
    match = _SCAN.search(text)
    if match is not None:
        return int(match[1]) / (2 if match[2] in "iI" else 1)
    match = _FRAMES.search(text)
    exact = match is not None and not _AT_LEAST.search(text[: match.start()])
    return float(match[1]) if match is not None and exact else None


def _containers(text: str) -> tuple[str, ...]:
    names = (m[1].lower() for m in _CONTAINERS.finditer(text))
    return tuple(dict.fromkeys(_SAME.get(name, name) for name in names))
