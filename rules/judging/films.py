"""Whether a film is as the notice asks: length, size, bit rate, container."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.mail import VideoProperties
from rules.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.mail import File
    from rules.campaign import VideoRule

_GRACE = 1.0  # seconds: an encoder adds part of one to a film cut to the limit
_ROUNDING = 0.05  # of a bit rate; of a frame
_SAME = {"mpeg": "mpg", "m2ts": "mts", "qt": "mov", "m4v": "mp4"}


def check_film(file: File, rule: VideoRule) -> tuple[Finding, ...]:
    """Return what differs from the rule; what is limited but was not measured is a warning."""
    measured = file.video or VideoProperties()
    findings = [*_long(measured, rule), *_size(measured, rule)]
    findings += [*_rate(measured, rule), *_frames(measured, rule), *_container(measured, rule)]
    if _is_unmeasured(measured, rule):
        details = {"truncated": measured.truncated}
        findings.append(Finding("video-unmeasured", Severity.WARNING, details=details))
    return tuple(_of(file, finding) for finding in findings)


def _of(file: File, finding: Finding) -> Finding:
    return Finding(finding.code, finding.severity, file=file.name, details=finding.details)


def _long(film: VideoProperties, rule: VideoRule) -> Iterator[Finding]:
    if film.seconds is None or rule.max_seconds is None:
        return
    if film.seconds >= rule.max_seconds + _GRACE:
        details = {"seconds": int(film.seconds), "greatest": rule.max_seconds}
        yield Finding("video-long", Severity.ERROR, details=details)


def _size(film: VideoProperties, rule: VideoRule) -> Iterator[Finding]:
    pairs = ((film.width, rule.width), (film.height, rule.height))
    if any(found is not None and asked is not None and found != asked for found, asked in pairs):
        details = {
            "width": film.width,
            "height": film.height,
            "asked_width": rule.width,
            "asked_height": rule.height,
        }
        yield Finding("video-size", Severity.WARNING, details=details)


def _rate(film: VideoProperties, rule: VideoRule) -> Iterator[Finding]:
    """Check the pictures' rate, else the whole film's, which is a little higher."""
    mbps = film.video_mbps or film.mbps
    if mbps is None:
        return
    low = rule.min_mbps is not None and mbps < rule.min_mbps * (1 - _ROUNDING)
    high = rule.max_mbps is not None and mbps > rule.max_mbps * (1 + _ROUNDING)
    if low or high:
        details = {"mbps": round(mbps, 1), "least": rule.min_mbps, "greatest": rule.max_mbps}
        yield Finding("video-bitrate", Severity.WARNING, details=details)


def _frames(film: VideoProperties, rule: VideoRule) -> Iterator[Finding]:
    found, asked = film.frames_per_second, rule.frames_per_second
    if found is not None and asked is not None and abs(found - asked) > _ROUNDING:
        details = {"frames": round(found, 2), "asked": asked}
        yield Finding("video-frames", Severity.WARNING, details=details)


def _container(film: VideoProperties, rule: VideoRule) -> Iterator[Finding]:
    asked = {_plain(container) for container in rule.containers}
    if asked and film.container is not None and _plain(film.container) not in asked:
        details = {"container": film.container, "asked": list(rule.containers)}
        yield Finding("video-container", Severity.WARNING, details=details)


def _plain(container: str) -> str:
    name = container.strip().lower().lstrip(".")
    return _SAME.get(name, name)


def _is_unmeasured(film: VideoProperties, rule: VideoRule) -> bool:
    """Whether a limit stands against something that was not found, or the file is cut off."""
    wanted = (
        (rule.max_seconds, film.seconds),
        (rule.width, film.width),
        (rule.height, film.height),
        (rule.min_mbps or rule.max_mbps, film.video_mbps or film.mbps),
        (rule.frames_per_second, film.frames_per_second),
        (rule.containers or None, film.container),
    )
    limited = any(asked is not None for asked, _ in wanted)
    missing = any(asked is not None and found is None for asked, found in wanted)
    return limited and (missing or film.truncated)
