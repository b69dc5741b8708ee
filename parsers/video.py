"""What a film measures: seconds, size, rate, scan and container, as MediaInfo finds them.

What cannot be measured is None: the rules say so instead of passing it (facts/documents.md §2.8).
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from parsers.mail import VideoProperties
from parsers.program_stream import spans_of_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONTAINERS: Mapping[str, str] = {
    "MPEG-4": "mp4",
    "QuickTime": "mov",
    "MPEG-PS": "mpg",
    "MPEG-TS": "ts",
    "BDAV": "mts",
    "MPEG Video": "mpg",
    "AVI": "avi",
    "Windows Media": "wmv",
    "Matroska": "mkv",
    "WebM": "webm",
    "Flash Video": "flv",
    "RealMedia": "rm",
    "MXF": "mxf",
}
_NOTHING = VideoProperties()
_AFTER = 5.0  # seconds


def read_video(data: bytes) -> VideoProperties:
    """Measure a film; every property is None when nothing of it can be found."""
    from pymediainfo import MediaInfo  # noqa: PLC0415 - loads a library that few mails need

    try:
        measured = MediaInfo.parse(io.BytesIO(data))
    except (OSError, RuntimeError, ValueError, SyntaxError):  # SyntaxError: its own broken XML
        return _NOTHING
    general = next(iter(measured.general_tracks), None)
    video = next(iter(measured.video_tracks), None)
    return _NOTHING if general is None else _properties(data, general, video)


def _properties(data: bytes, general: Any, video: Any) -> VideoProperties:
    rotation = round(_number(video, "rotation") or 0) % 360
    width, height = _whole(video, "width"), _whole(video, "height")
    if rotation in {90, 270}:
        width, height = height, width
    seconds = _seconds(data, general, video)
    container = _container(general)
    return VideoProperties(
        seconds=seconds if video is not None else None,
        width=width,
        height=height,
        rotation=rotation,
        mbps=len(data) * 8 / seconds / 1e6 if seconds and video is not None else None,
        video_mbps=_scaled(video, "bit_rate", 1e6),
        frames_per_second=_number(video, "frame_rate"),
        scan=str(getattr(video, "scan_type", None) or "").lower() or None,
        container=container,
        truncated=str(getattr(general, "istruncated", "")).lower() == "yes",
    )


def _seconds(data: bytes, general: Any, video: Any) -> float | None:
    """Return the longest duration stated; of joined program streams the sum of their parts."""
    stated = (_scaled(general, "duration", 1000), _scaled(video, "duration", 1000))
    found = max((seconds for seconds in stated if seconds), default=None)
    spans = spans_of_parts(data) if general.format == "MPEG-PS" else []
    if found is None or len(spans) < 2:
        return found
    after = found - spans[-1]  # what a part still shows after its last pack
    return max(found, sum(spans) + len(spans) * (after if 0 < after < _AFTER else 0.0))


def _container(general: Any) -> str | None:
    form = str(general.format or "")
    if form == "MPEG-4" and str(general.codec_id or "").strip().startswith("qt"):
        return "mov"
    return _CONTAINERS.get(form, form.lower() or None)


def _number(track: Any, name: str) -> float | None:
    """Return a number however the library gives it: as text, with decimals, or as itself."""
    value = str(getattr(track, name, None) or "")
    return float(value) if re.fullmatch(r"\d{1,15}(?:\.\d{1,15})?", value) else None


def _whole(track: Any, name: str) -> int | None:
    value = _number(track, name)
    return round(value) if value else None


def _scaled(track: Any, name: str, unit: float) -> float | None:
    value = _number(track, name)
    return value / unit if value else None
