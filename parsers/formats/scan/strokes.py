"""Long straight strokes in a picture: which are ruling lines, and whether they make a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from parsers.formats.scan.picture import Colour, Grey

SEEN = 1_200  # pixels of the longer side in which a table is looked for
CROSSINGS = 6  # of lines, fewer are a frame or a picture's edge
TILTS = (0.0, 7.0, -7.0)  # degrees a photograph may be askew
_WIDE, _TALL = 0.25, 0.06  # of the picture: a table's least extent
_LENGTH = 28  # pixels of SEEN: longer than a character's stroke


def dark(grey: Grey, block: int = 25, less: int = 10) -> Grey:
    """Return what is darker than its surroundings, as 0 and 1."""
    return cv2.adaptiveThreshold(
        grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, less
    )


def along(ink: Grey, length: int, *, down: bool, slack: int = 3) -> Grey:
    """Keep strokes of at least this length along one axis, give or take a little slope."""
    wide, tall = ((slack, 1), (1, length)) if down else ((1, slack), (length, 1))
    loose = cv2.dilate(ink, np.ones(wide[::-1], np.uint8))
    return cv2.morphologyEx(loose, cv2.MORPH_OPEN, np.ones(tall[::-1], np.uint8))


def find_table(picture: Colour) -> Any | None:
    """Return the largest table's strokes as points of the picture; None if there is none.

    Only a small picture is looked at, so that the photographs of an event cost milliseconds. A seal
    on the table's edge is none of it; a table that is red itself is looked for last.
    """
    times = min(1.0, SEEN / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=times, fy=times, interpolation=cv2.INTER_AREA)
    for grey in (_without_red(small), cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)):
        ink = dark(grey)
        for tilt in TILTS:
            points = _table_at(ink, tilt)
            if points is not None:
                return points / times
    return None


def _without_red(picture: Colour) -> Grey:
    """Return a picture in grey, its red ink as light as paper."""
    red, green, blue = cv2.split(picture)
    return cv2.add(red, cv2.subtract(red, cv2.max(green, blue)))


def _table_at(ink: Grey, tilt: float) -> Any | None:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1)
    turned = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST) if tilt else ink
    mask = _largest(turned)
    if mask is None:
        return None
    rows, columns = np.nonzero(mask)
    points = np.stack([columns, rows], axis=1).astype(np.float32)
    if tilt:
        back = cv2.invertAffineTransform(turn)
        points = points @ back[:, :2].T.astype(np.float32) + back[:, 2].astype(np.float32)
    return points


def _largest(ink: Grey) -> Grey | None:
    """Return the strokes of the largest connected grid."""
    flat, upright = along(ink, _LENGTH, down=False), along(ink, _LENGTH, down=True)
    near = np.ones((5, 5), np.uint8)
    crossing = cv2.dilate(flat, near) & cv2.dilate(upright, near)
    both = cv2.dilate(flat | upright, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(both)
    _, _, _, centres = cv2.connectedComponentsWithStats(crossing)
    owners = np.bincount(_at(labels, centres[1:]), minlength=count)
    best, area = 0, 0
    for number in range(1, count):
        wide, tall = stats[number][cv2.CC_STAT_WIDTH], stats[number][cv2.CC_STAT_HEIGHT]
        enough = wide >= _WIDE * ink.shape[1] and tall >= _TALL * ink.shape[0]
        if enough and owners[number] >= CROSSINGS and wide * tall > area:
            best, area = number, wide * tall
    return (labels == best).astype(np.uint8) & (flat | upright) if best else None


def _at(labels: Any, centres: Any) -> Any:
    """Return which component each crossing belongs to; its middle may lie between strokes."""
    columns = np.clip(np.round(centres[:, 0]).astype(int), 0, labels.shape[1] - 1)
    rows = np.clip(np.round(centres[:, 1]).astype(int), 0, labels.shape[0] - 1)
    return labels[rows, columns]
