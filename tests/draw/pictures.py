"""The pictures of the manuals, made anew: `python -m tests.draw.pictures [LETTER...] [--demo DIR]`.

Letters are those of `shoubiao preview`, with its invented people; the season is the first page of
a demo's folder (`shoubiao demo --dir DIR`). Both as headless Chromium shows them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

from rules.folder.load import SHIPPED, load_campaign
from templates.previews import preview
from tests.servers.browser import photograph

PLACE = Path(__file__).parents[2] / "templates/pictures"
CAMPAIGN = "2023-neimenggu"
LETTERS = {  # how wide and how much of it, in pixels
    "receipt": (640, 1100),
    "correction": (640, 1200),
    "reminder": (640, 900),
    "digest": (760, 1400),
    "roster-proposed": (640, 900),
    "command-done": (640, 600),
}
SEASON = (1000, 1250)
BORDER = 12


def main():
    """Draw those asked for, or all letters."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("letters", nargs="*", choices=[*LETTERS, []])
    asked.add_argument("--demo", type=Path)
    options = asked.parse_args()
    PLACE.mkdir(exist_ok=True)
    campaign = load_campaign(SHIPPED / CAMPAIGN)
    for name in options.letters or LETTERS:
        draw(name, preview(name, campaign).html, *LETTERS[name])
    if options.demo:
        page = (options.demo / "index.html").read_text(encoding="utf-8")
        draw("season", page, *SEASON)


def draw(name: str, page: str, width: int, height: int) -> None:
    """Photograph a page into a small picture, without the empty rest below it."""
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder) / "shot.png"
        photograph(page, Path(folder), width, height, shot)
        with Image.open(shot) as taken:
            seen = taken.convert("RGB").crop((0, 0, width, height))
    ground = Image.new("RGB", seen.size, seen.getpixel((1, 1)))
    box = ImageChops.difference(seen, ground).getbbox() or (0, 0, width, height)
    target = PLACE / f"{name}.webp"
    seen.crop((0, 0, width, min(height, box[3] + BORDER))).save(target, quality=68, method=6)
    print(target.name, target.stat().st_size)  # noqa: T201 - a tool for a person


if __name__ == "__main__":
    main()
