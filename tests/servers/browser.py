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
_FRAME = """<!DOCTYPE html><meta charset="utf-8"><style>body{{margin:0}}</style>
<iframe id="f" style="border:0;width:{width}px;height:{height}px" srcdoc="{page}"></iframe>
<pre id="measured"></pre>
<script>
f.onload = () => {{
  const d = f.contentDocument, style = e => f.contentWindow.getComputedStyle(e);
  const box = e => e.getBoundingClientRect();
  const all = [...d.querySelectorAll("body *")];
  const seen = all.filter(e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()));
  const ground = e => {{
    for (; e; e = e.parentElement)
      if (!/, 0\\)$|transparent/.test(style(e).backgroundColor)) return style(e).backgroundColor;
    return "rgb(255, 255, 255)";
  }};
  measured.textContent = JSON.stringify({{
    width: d.documentElement.clientWidth,
    needed: Math.max(d.documentElement.scrollWidth, ...all.map(e => Math.ceil(box(e).right))),
    column: Math.max(...seen.map(e => box(e).right)) - Math.min(...seen.map(e => box(e).left)),
    height: d.documentElement.scrollHeight,
    smallest: Math.min(...seen.map(e => parseFloat(style(e).fontSize))),
    text: d.body.innerText,
    resources: f.contentWindow.performance.getEntriesByType("resource").map(r => r.name),
    scripts: d.scripts.length,
    contrast: seen.map(e => [style(e).color, ground(e)]),
  }});
}};
</script>"""


def chromium():
    """Return the browser's path; without one these tests cannot say anything."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "install chromium: letters are checked in a real browser"
    return found


def run(page: str, folder: Path, width: int, height: int, *more: str) -> str:
    source = folder / "frame.html"
    escaped = html.escape(page, quote=True)
    source.write_text(_FRAME.format(page=escaped, width=width, height=height), encoding="utf-8")
    command = [
        chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--hide-scrollbars", f"--user-data-dir={folder / 'profile'}",
        f"--window-size={max(width, 500)},{height}", *more, source.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8")


def measure(page: str, folder: Path, width: int) -> dict:
    """Show a page at a width and return what its layout came to."""
    dom = run(page, folder, width, 2000, "--virtual-time-budget=2000", "--dump-dom")
    found = re.search(r'<pre id="measured">(.*?)</pre>', dom, re.DOTALL)
    assert found, "the page did not load"
    return json.loads(html.unescape(found[1]))


def photograph(page: str, folder: Path, width: int, height: int, to: Path) -> None:
    """Save what a reader sees."""
    run(page, folder, width, height, f"--screenshot={to}")
