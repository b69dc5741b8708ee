"""How picture files become pixels, upright and no larger than reading needs, before any work."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from parsers.allowance import HEIC
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

Grey = Any  # an array of bytes: rows and columns
Colour = Any  # rows, columns, and red, green, blue

FORMATS = ("JPEG", "PNG", "BMP", "TIFF", "WEBP", "GIF")
MAX_PIXELS = 64_000_000  # an A4 page at 600 dpi has 35 million
MAX_SEQUENTIAL = 220_000_000  # of a JPEG, which is decoded smaller than it is
LONGEST = 3_600  # pixels kept of the longer side: an A4 page at 300 dpi
SHORTEST = 480  # of the shorter side: no form can be read from less
_ALIKE, _FLATTEST = 0.1, 2.5  # how much finer a page may be across: more is no fax's measure
MAX_FRAMES = 8  # of a TIFF, which may hold a page in each


def open_pictures(data: bytes) -> Iterator[Colour]:
    """Yield a file's pages; Unreadable("too-large") or ("damaged"). Small ones are left out.

    Whether a HEIC picture shows a form nobody can tell: Unreadable("no-table", "heic").
    """
    if data[4:8] == b"ftyp":
        raise Unreadable("no-table", HEIC)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                for number in range(_frames(image)):
                    image.seek(number)
                    if min(image.size) >= SHORTEST:
                        yield _pixels(image)
        except Image.DecompressionBombError as error:
            raise Unreadable("too-large", "pixels") from error
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
            raise Unreadable("damaged", "picture") from error


def _frames(image: Image.Image) -> int:
    """Only a TIFF holds pages; what else moves or has a preview shows its first picture."""
    return min(getattr(image, "n_frames", 1), MAX_FRAMES) if image.format == "TIFF" else 1


def _pixels(image: Image.Image) -> Colour:
    most = MAX_SEQUENTIAL if _is_sequential(image) else MAX_PIXELS
    if image.width * image.height > most:
        raise Unreadable("too-large", "pixels")
    if image.format in {"JPEG", "MPO"}:
        image.draft("RGB", (LONGEST, LONGEST))
    small = _squared(image.copy(), image) if image.format == "TIFF" else image
    upright = ImageOps.exif_transpose(_within(small))
    return np.asarray(_on_white(upright))


def _is_sequential(image: Image.Image) -> bool:
    return image.format in {"JPEG", "MPO"} and not image.info.get("progressive")


def _squared(page: Image.Image, image: Image.Image) -> Image.Image:
    """Give a fax its height back: it has 204 dots to the inch across, and often 98 down."""
    across, down = (float(dots) for dots in image.info.get("dpi", (1, 1)))
    times = across / down if across > 0 and down > 0 else 1.0
    if not _ALIKE < abs(times - 1) < _FLATTEST:
        return page
    high = round(page.height * times)
    if page.width * high > MAX_PIXELS:
        return page
    return page.convert("L").resize((page.width, high), Image.Resampling.BICUBIC)


def _within(image: Image.Image) -> Image.Image:
    """Shrink to the longest side that is read."""
    times = max(image.size) / LONGEST
    if times <= 1:
        return image
    if image.mode in {"1", "P", "I;16", "I", "F"}:
        image = image.convert("RGB" if image.mode == "P" else "L")
    exif = image.info.get("exif")
    size = max(1, round(image.width / times)), max(1, round(image.height / times))
    shrunk = image.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    if exif is not None:
        shrunk.info["exif"] = exif
    return shrunk


def _on_white(image: Image.Image) -> Any:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        clear = image.convert("RGBA")
        sheet = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(sheet, clear).convert("RGB")
    return image.convert("RGB")
