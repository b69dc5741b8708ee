"""Headless Chromium, as a reader's screen: a page shown at a width, measured or photographed."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# A letter sits in a frame of the wanted width: a headless window is never narrower than 500 px.
_FRAME = (
    '<iframe data-name="{name}" style="border:0;width:{width}px;height:{height}px"'
    ' srcdoc="{page}"></iframe>'
)
_PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>body{{margin:0}}</style>
{frames}
<pre id="measured"></pre>
<script>
const measure = f => {{
  const d = f.contentDocument, style = e => f.contentWindow.getComputedStyle(e);
  const box = e => e.getBoundingClientRect();
  const all = [...d.querySelectorAll("body *")];
  const seen = all.filter(e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()));
  const ground = e => {{
    for (; e; e = e.parentElement)
      if (!/, 0\\)$|transparent/.test(style(e).backgroundColor)) return style(e).backgroundColor;
    return "rgb(255, 255, 255)";
  }};
  return {{
    width: d.documentElement.clientWidth,
    needed: Math.max(d.documentElement.scrollWidth, ...all.map(e => Math.ceil(box(e).right))),
    column: Math.max(...seen.map(e => box(e).right)) - Math.min(...seen.map(e => box(e).left)),
    height: d.documentElement.scrollHeight,
    smallest: Math.min(...seen.map(e => parseFloat(style(e).fontSize))),
    text: d.body.innerText,
    resources: f.contentWindow.performance.getEntriesByType("resource").map(r => r.name),
    scripts: d.scripts.length,
    contrast: seen.map(e => [style(e).color, ground(e)]),
  }};
}};
window.onload = () => {{
  const found = [...document.querySelectorAll("iframe")].map(f => [f.dataset.name, measure(f)]);
  measured.textContent = JSON.stringify(Object.fromEntries(found));
}};
</script>"""


def chromium():
    """Return the browser's path; without one these tests cannot say anything."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "install chromium: letters are checked in a real browser"
    return found


def run(body: str, folder: Path, width: int, height: int, *more: str) -> str:
    source = folder / "frame.html"
    source.write_text(body, encoding="utf-8")
    command = [
        chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--hide-scrollbars", f"--user-data-dir={folder / 'profile'}",
        f"--window-size={max(width, 500)},{height}", *more, source.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=300, check=True)
    return done.stdout.decode("utf-8")


def frame(page: str, width: int, height: int, name: str = "") -> str:
    escaped = html.escape(page, quote=True)
    return _FRAME.format(name=html.escape(name), page=escaped, width=width, height=height)


def measure_all(pages: dict[str, tuple[str, int]], folder: Path) -> dict[str, dict]:
    """Show pages, each at its width, in one browser, and return what each layout came to."""
    frames = "".join(frame(page, width, 2000, name) for name, (page, width) in pages.items())
    body = _PAGE.format(frames=frames)
    dom = run(body, folder, 1300, 2000, "--virtual-time-budget=5000", "--dump-dom")
    found = re.search(r'<pre id="measured">(.*?)</pre>', dom, re.DOTALL)
    assert found, "the pages did not load"
    return json.loads(html.unescape(found[1]))


def measure(page: str, folder: Path, width: int) -> dict:
    """Show a page at a width and return what its layout came to."""
    return measure_all({"page": (page, width)}, folder)["page"]


def photograph(page: str, folder: Path, width: int, height: int, to: Path) -> None:
    """Save what a reader sees."""
    body = _PAGE.format(frames=frame(page, width, height))
    run(body, folder, width, height, f"--screenshot={to}")
