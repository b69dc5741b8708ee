"""What becomes of a page on its way through printer, stamp pad, scanner and phone.

Everything is drawn by seeded dice: the same page and seed give the same picture.
"""

from __future__ import annotations

import io
import subprocess
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Picture = Any  # an array of rows, columns and three bytes: red, green, blue

A4 = 8.27 * 11.69


def to_pdf(documents: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return each .docx as the .pdf that LibreOffice prints."""
    for name, data in documents.items():
        (folder / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(folder / f"{name}.docx") for name in documents]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in documents}


def pages(pdf: bytes, dpi: int) -> list[Picture]:
    """Return a PDF's pages as pictures."""
    with pypdfium2.PdfDocument(pdf) as file:
        drawn = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in file]
    return [np.asarray(page) for page in drawn]


def jpeg(picture: Picture, quality: int = 75, *, dpi: int = 200, exif: int = 0) -> bytes:
    """Return a picture as a JPEG, turned by its EXIF tag if asked."""
    buffer = io.BytesIO()
    image = Image.fromarray(picture)
    tags = Image.Exif()
    if exif:
        tags[0x0112] = exif
    image.save(buffer, "JPEG", quality=quality, dpi=(dpi, dpi), exif=tags)
    return buffer.getvalue()


def png(picture: Picture) -> bytes:
    """Return a picture as a PNG."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return buffer.getvalue()


def scanned_pdf(pictures: list[bytes], dpi: int = 200) -> bytes:
    """Return a PDF whose pages are JPEGs, as scanners make them."""
    images = [Image.open(io.BytesIO(data)) for data in pictures]
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", save_all=True, append_images=images[1:], resolution=dpi)
    return buffer.getvalue()


def sealed(picture: Picture, seed: int, at: tuple[float, float] = (0.62, 0.4)) -> Picture:
    """Press a round red seal of 4 cm over the page, `at` in shares of its width and height."""
    dice = np.random.default_rng(seed)
    height, width = picture.shape[:2]
    radius = int(width / 8.27 * 0.8)
    ink = np.zeros((height, width), np.float32)
    centre = (int(at[0] * width), int(at[1] * height))
    cv2.circle(ink, centre, radius, 1.0, max(2, radius // 14), cv2.LINE_AA)
    star = [
        (
            centre[0] + int(radius * (0.32 if k % 2 == 0 else 0.13) * np.sin(k * np.pi / 5)),
            centre[1] - int(radius * (0.32 if k % 2 == 0 else 0.13) * np.cos(k * np.pi / 5)),
        )
        for k in range(10)
    ]
    cv2.fillPoly(ink, [np.array(star, np.int32)], 1.0, cv2.LINE_AA)
    for step in range(14):
        angle = np.pi * (0.85 + 1.3 * step / 13)
        x = centre[0] + int(radius * 0.78 * np.cos(angle))
        y = centre[1] + int(radius * 0.78 * np.sin(angle))
        size = radius // 9
        cv2.rectangle(ink, (x - size, y - size), (x + size, y + size), 1.0, max(1, size // 3))
    patchy = cv2.resize(dice.uniform(0.55, 1.0, (24, 24)).astype(np.float32), (width, height))
    strength = (ink * patchy)[..., None]
    red = np.array([214, 38, 44], np.float32) / 255
    return np.clip(picture * (1 - strength * (1 - red)), 0, 255).astype(np.uint8)


def noisy(picture: Picture, seed: int, amount: float = 6, blur: float = 0.7) -> Picture:
    """Add a scanner's noise and softness."""
    dice = np.random.default_rng(seed)
    soft = cv2.GaussianBlur(picture, (0, 0), blur) if blur else picture
    return np.clip(soft + dice.normal(0, amount, picture.shape), 0, 255).astype(np.uint8)


def tilted(picture: Picture, degrees: float) -> Picture:
    """Turn a page a little, as a sheet that lies askew on the glass."""
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    size = (width, height)
    return cv2.warpAffine(picture, turn, size, flags=cv2.INTER_CUBIC, borderValue=(250, 250, 250))


def faded(picture: Picture, paper: int = 215, ink: int = 120) -> Picture:
    """Take the contrast away: grey paper, pale ink."""
    return (ink + picture.astype(np.float32) * (paper - ink) / 255).astype(np.uint8)


def photographed(picture: Picture, seed: int, strength: float = 1.0, pixels: int = 3200) -> Picture:
    """Photograph a sheet on a desk: perspective, curl, uneven light, a soft lens."""
    dice = np.random.default_rng(seed)
    height, width = picture.shape[:2]
    tall, wide = pixels, int(pixels * 0.75)
    scale = 0.88 * min(tall / height, wide / width)
    left, top = (wide - scale * width) / 2, (tall - scale * height) / 2
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    shift = dice.uniform(-0.03, 0.03, (4, 2)) * strength * [wide, tall]
    goal = (corners * scale + [left, top] + shift).astype(np.float32)
    page = _curled(picture, dice, strength)
    move = cv2.getPerspectiveTransform(corners, goal)
    desk = np.full((tall, wide, 3), (112, 92, 70), np.float32) + dice.normal(0, 5, (tall, wide, 1))
    sheet = cv2.warpPerspective(page, move, (wide, tall), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), move, (wide, tall))
    seen = np.where(mask[..., None] > 127, sheet, desk)
    return noisy(np.clip(seen * _light(dice, tall, wide, strength), 0, 255), seed, 4, 0.9)


def _curled(picture: Picture, dice: Any, strength: float) -> Picture:
    height, width = picture.shape[:2]
    bend = dice.uniform(-0.006, 0.006) * strength * height
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    y += (bend * np.sin(np.pi * x / width)).astype(np.float32)
    return cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def _light(dice: Any, tall: int, wide: int, strength: float) -> Any:
    angle = dice.uniform(0, 2 * np.pi)
    x, y = np.meshgrid(np.linspace(-1, 1, wide), np.linspace(-1, 1, tall))
    ramp = 0.82 + 0.16 * strength * (x * np.cos(angle) + y * np.sin(angle)) / 1.4
    spot = np.exp(-((x - dice.uniform(-1, 1)) ** 2 + (y - dice.uniform(-1, 1)) ** 2) / 0.5)
    warm = np.array([1.0, 0.98, 0.93])
    return (ramp - 0.12 * strength * spot)[..., None] * warm


def _scan(picture: Picture, seed: int) -> Picture:
    return noisy(tilted(sealed(picture, seed), (-1) ** seed * (0.6 + 0.35 * (seed % 3))), seed)


KINDS: dict[str, Callable[[bytes, int], list[bytes]]] = {
    "clean-200": lambda pdf, _: [png(p) for p in pages(pdf, 200)],
    "clean-150": lambda pdf, _: [png(p) for p in pages(pdf, 150)],
    "clean-300": lambda pdf, _: [jpeg(p, 90, dpi=300) for p in pages(pdf, 300)],
    "seal-200": lambda pdf, seed: [jpeg(sealed(p, seed), 85) for p in pages(pdf, 200)],
    "scan-200": lambda pdf, seed: [jpeg(_scan(p, seed), 75) for p in pages(pdf, 200)],
    "faded-200": lambda pdf, seed: [
        jpeg(noisy(faded(tilted(p, 0.4)), seed, 4), 75) for p in pages(pdf, 200)
    ],
    "turned-90": lambda pdf, seed: [jpeg(np.rot90(_scan(p, seed))) for p in pages(pdf, 200)],
    "turned-180": lambda pdf, seed: [jpeg(np.rot90(_scan(p, seed), 2)) for p in pages(pdf, 200)],
    "photo": lambda pdf, seed: [
        jpeg(photographed(sealed(p, seed), seed), 80, dpi=72) for p in pages(pdf, 250)
    ],
    "photo-poor": lambda pdf, seed: [
        jpeg(photographed(sealed(p, seed), seed, 1.8, 2400), 75, dpi=72) for p in pages(pdf, 250)
    ],
    "photo-turned": lambda pdf, seed: [
        jpeg(np.rot90(photographed(p, seed)).copy(), 80, dpi=72, exif=6) for p in pages(pdf, 250)
    ],
}  # fmt: skip
"""How a page may reach us: name → what makes pictures of a PDF's pages, given a seed."""
