"""Films are measured, and what the notice asks of them is checked or said not to be."""

from __future__ import annotations

import random
import struct
from datetime import date
from typing import TYPE_CHECKING

import pytest

from parsers.mail import File, VideoProperties
from parsers.message.mime import read_file
from parsers.program_stream import spans_of_parts
from parsers.video import read_video
from rules.campaign import Requirement, VideoRule
from rules.judging.films import check_film
from rules.judging.material import classify_material
from templates.findings import tell
from tests.unit.video_files import AVI, HD, INTERLACED, LONG, MOV, MP4, MPG

if TYPE_CHECKING:
    from rules.finding import Severity

UNITY = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
TURNED = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 48 << 16, 0, 0x40000000)
XINJIANG = VideoRule(width=1920, height=1080, min_mbps=50, max_mbps=100, containers=("MOV", "mpg"))
GOOD = VideoProperties(180.47, 1920, 1080, mbps=62.5, video_mbps=60, container="mov")


@pytest.mark.parametrize(
    ("data", "container", "seconds", "size"),
    [
        (MP4, "mp4", 0.2, (64, 48)),
        (MOV, "mov", 0.2, (64, 48)),
        (AVI, "avi", 0.2, (64, 48)),
        (MPG, "mpg", 0.48, (64, 48)),
        (LONG, "mp4", 240.0, (64, 48)),
        (HD, "mp4", 0.08, (1920, 1080)),
    ],
    ids=["mp4", "mov", "avi", "mpg", "long", "hd"],
)
def test_a_film_is_measured(data, container, seconds, size):
    film = read_video(data)
    assert (film.container, film.seconds) == (container, pytest.approx(seconds))
    assert (film.width, film.height) == size
    assert film.mbps == pytest.approx(len(data) * 8 / seconds / 1e6)
    assert not film.truncated


def test_lines_drawn_by_turns_are_told():
    assert (read_video(INTERLACED).scan, read_video(MPG).scan) == ("interlaced", "progressive")


def test_an_upright_film_of_a_phone_is_upright():
    at = MP4.rindex(UNITY)
    film = read_video(MP4[:at] + TURNED + MP4[at + len(TURNED) :])
    assert (film.width, film.height, film.rotation) == (48, 64, 90)


def test_a_file_knows_its_films_measures():
    (file,) = read_file(MP4, "活动.mp4")
    assert (file.kind, file.problem) == ("video", None)
    assert file.video is not None
    assert file.video.seconds == pytest.approx(0.2)


def test_a_film_without_its_index_is_cut_off():
    film = read_video(MOV[: MOV.index(b"mdat") + 40])
    assert film.seconds is None
    assert film.truncated


def clock(seconds: float) -> bytes:
    """Write an MPEG-2 pack header (ISO 13818-1 §2.5.3.3)."""
    ticks = round(seconds * 90_000)
    bits = 0b01 << 46 | (ticks >> 30) << 43 | 1 << 42 | (ticks >> 15 & 0x7FFF) << 27
    bits |= 1 << 26 | (ticks & 0x7FFF) << 11 | 1 << 10 | 1
    return b"\x00\x00\x01\xba" + bits.to_bytes(6, "big") + bytes(20)


def test_joined_program_streams_are_added_up():
    part = b"".join(clock(2 + n / 2) for n in range(9))
    assert spans_of_parts(part) == [pytest.approx(4.0)]
    assert spans_of_parts(part * 3) == [pytest.approx(4.0)] * 3
    late = MPG.replace(MPG[4:10], clock(7)[4:10], 1)
    assert read_video(late + MPG + MPG).seconds == pytest.approx(2 * 0.48)


@pytest.mark.parametrize("whole", [MP4, MOV, AVI, MPG], ids=["mp4", "mov", "avi", "mpg"])
def test_no_damage_raises(whole):
    for seed in range(40):
        chance = random.Random(seed)
        data = bytearray(whole)
        for _ in range(chance.randint(1, 10)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        read_video(bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]))


def found(film: VideoProperties | None, rule: VideoRule) -> dict[str, Severity]:
    file = File("活动.mov", "0" * 64, 100, "video", video=film)
    return {finding.code: finding.severity for finding in check_film(file, rule)}


@pytest.mark.parametrize(
    ("film", "rule", "codes"),
    [
        (GOOD, XINJIANG, []),
        (GOOD, VideoRule(max_seconds=180), []),
        (VideoProperties(181.0), VideoRule(max_seconds=180), ["video-long"]),
        (VideoProperties(500, 48, 64), VideoRule(), []),
        (VideoProperties(9, 1080, 1920, mbps=60, container="mpg"), XINJIANG, ["video-size"]),
        (VideoProperties(9, 1920, 1080, mbps=8, container="mov"), XINJIANG, ["video-bitrate"]),
        (VideoProperties(9, 1920, 1080, mbps=60, container="mp4"), XINJIANG, ["video-container"]),
        (VideoProperties(9, frames_per_second=25.0), VideoRule(frames_per_second=25), []),
        (
            VideoProperties(9, frames_per_second=59.94),
            VideoRule(frames_per_second=25),
            ["video-frames"],
        ),
        (None, VideoRule(max_seconds=180), ["video-unmeasured"]),
        (None, VideoRule(), []),
        (VideoProperties(9, truncated=True), VideoRule(max_seconds=180), ["video-unmeasured"]),
        (VideoProperties(9, 1920, 1080, container="mov"), XINJIANG, ["video-unmeasured"]),
    ],
)
def test_a_film_is_held_against_what_the_notice_asks(film, rule, codes):
    answers = found(film, rule)
    assert list(answers) == codes
    assert all((code == "video-long") == (s == "error") for code, s in answers.items())


def test_a_film_that_is_too_long_goes_back_with_its_length():
    owed = Requirement(
        key="v", title="视频", due=date(2023, 6, 15), video=VideoRule(max_seconds=180)
    )
    file = read_file(LONG, "活动.mp4")[0]
    answer = classify_material(file, (owed,))
    assert answer is not None
    (finding,) = answer.findings
    assert (finding.code, finding.file) == ("video-long", "活动.mp4")
    assert "4分" in str(tell(finding))


def test_each_remark_on_a_film_is_told_with_its_numbers():
    film = VideoProperties(9, 1280, 720, mbps=8.2, container="mp4")
    said = " ".join(
        str(tell(finding))
        for finding in check_film(File("a", "0", 1, "video", video=film), XINJIANG)
    )
    assert all(words in said for words in ("1280×720", "1920×1080", "8.2Mbps", "50—100Mbps", "MP4"))
