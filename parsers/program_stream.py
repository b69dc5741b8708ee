"""How long an MPEG program stream runs when several were simply joined: its clock starts anew.

Programs that look at the ends only report the last part (facts/documents.md §2.8).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACK = b"\x00\x00\x01\xba"
_CLOCK = 90_000
_MOST_PACKS = 2_000_000
_BACK, _LEAP = 0.5, 10.0  # seconds a running clock does not jump back or over


def spans_of_parts(data: bytes) -> list[float]:
    """Return the seconds each part's clock (SCR, ISO 13818-1 §2.5.3.3) runs to its last pack."""
    spans: list[float] = []
    first = last = None
    for clock in _clocks(data):
        if first is None or last is None or not last - _BACK <= clock <= last + _LEAP:
            if first is not None and last is not None:
                spans.append(last - first)
            first = clock
        last = clock
    return spans if first is None or last is None else [*spans, last - first]


def _clocks(data: bytes) -> Iterator[float]:
    at = data.find(_PACK)
    for _ in range(_MOST_PACKS):
        if at < 0 or at + 10 > len(data):
            return
        clock = _clock(data[at + 4 : at + 9])
        if clock is not None:
            yield clock
        at = data.find(_PACK, at + 10)


def _clock(field: bytes) -> float | None:
    """Read 33 bits set between marker bits; MPEG-2 begins with 01, MPEG-1 with 0010."""
    bits = int.from_bytes(field, "big")
    if field[0] >> 6 == 0b01:
        ticks = (bits >> 35 & 0x7) << 30 | (bits >> 19 & 0x7FFF) << 15 | bits >> 3 & 0x7FFF
    elif field[0] >> 4 == 0b0010:
        ticks = (bits >> 33 & 0x7) << 30 | (bits >> 17 & 0x7FFF) << 15 | bits >> 1 & 0x7FFF
    else:
        return None
    return ticks / _CLOCK
