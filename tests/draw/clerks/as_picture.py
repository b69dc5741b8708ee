"""A printed page as scanner or phone takes it, kept small: grey, and no finer than needed."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from tests.draw import scans

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.draw.scans import Picture


def _grey(picture: Picture, quality: int) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture).convert("L").save(buffer, "JPEG", quality=quality, dpi=(200, 200))
    return buffer.getvalue()


def _colour(picture: Picture, quality: int) -> bytes:
    return scans.jpeg(picture, quality, dpi=72)


def _png(picture: Picture) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture).convert("L").quantize(16).save(buffer, "PNG", dpi=(150, 150))
    return buffer.getvalue()


def _scanned(picture: Picture, seed: int) -> Picture:
    turned = scans.tilted(picture, (-1) ** seed * (0.3 + 0.25 * (seed % 4)))
    return scans.noisy(turned, seed, 2, 0.6)


def _stamped(picture: Picture, seed: int) -> Picture:
    return _scanned(
        scans.sealed(picture, seed, (0.45 + 0.1 * (seed % 4), 0.3 + 0.1 * (seed % 5))), seed
    )


def _first(pdf: bytes, dpi: int) -> Picture:
    return scans.pages(pdf, dpi)[0]


KINDS: dict[str, Callable[[bytes, int], bytes]] = {
    "scan": lambda pdf, seed: _grey(_scanned(_first(pdf, 200), seed), 45),
    "stamped": lambda pdf, seed: _colour(_stamped(_first(pdf, 200), seed), 40),
    "stamped-grey": lambda pdf, seed: _grey(_stamped(_first(pdf, 200), seed), 45),
    "png": lambda pdf, _: _png(_first(pdf, 150)),
    "upside-down": lambda pdf, seed: _grey(np.rot90(_scanned(_first(pdf, 200), seed), 2), 45),
    "scanned-pdf": lambda pdf, seed: scans.scanned_pdf(
        [_colour(_stamped(page, seed + n), 40) for n, page in enumerate(scans.pages(pdf, 200))]
    ),
    "photo": lambda pdf, seed: _colour(scans.photographed(_first(pdf, 220), seed, 0.8, 2400), 42),
}
"""How a page is taken: name → what makes the picture of a PDF, given a seed."""


def taken(kind: str) -> Callable[[bytes], bytes]:
    """Return what takes the picture; the same page always gives the same one."""
    return lambda pdf: KINDS[kind](pdf, zlib.crc32(pdf[-400:]) % 50)
