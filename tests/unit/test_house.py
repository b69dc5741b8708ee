"""The house rules a machine can see: format, lint, types, imports, no paths or hosts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "parsers", "rules", "templates", "state")
SCREEN = 60  # lines
TOP_LEVEL = {
    *ROOMS, "tests", "pyproject.toml", "requirements.lock", "README.md", "LICENSE", ".gitignore",
    ".ci",
}  # fmt: skip


def _run(*words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


def _tracked() -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in done.stdout.split("\0") if name]


def test_the_formatter_has_nothing_to_change():
    _run("ruff", "format", "--check", ".")


def test_the_linter_has_nothing_to_say():
    _run("ruff", "check", ".")


def test_every_type_is_right():
    _run("mypy")


def test_imports_go_one_way_only():
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]


def test_the_top_level_is_the_one_agreed():
    assert {name.split("/")[0] for name in _tracked()} <= TOP_LEVEL


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_every_room_says_on_a_screen_what_it_is(room):
    text = (ROOT / room / "README.md").read_text(encoding="utf-8")
    assert len(text) > 300
    assert len(text.splitlines()) <= SCREEN


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_names_all_that_is_in_it(room):
    text = (ROOT / room / "README.md").read_text(encoding="utf-8")
    inside = {name.removeprefix(f"{room}/") for name in _tracked() if name.startswith(f"{room}/")}
    files = {name for name in inside if "/" not in name and not name.endswith((".md", ".typed"))}
    folders = {name.split("/")[0] + "/" for name in inside if "/" in name}
    own = {name for name in files | folders if not name.startswith("__") or "main" in name}
    assert {name for name in own if f"`{name}" not in text} == set()


def test_no_file_names_this_machine_or_a_registry():
    pattern = re.compile(
        rb"(?<![\w./])/(?:work|farm)/|https?://[^ \"]*/simple\b|--(?:extra-)?index-url"
    )
    here = Path(__file__).relative_to(ROOT).as_posix()
    named = [n for n in _tracked() if n != here and pattern.search((ROOT / n).read_bytes())]
    assert named == []


def test_locks_pin_every_package_with_hashes():
    for lock in ("requirements.lock", "tests/requirements.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE)
        assert len(pins) > 30
        assert len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) == len(pins)
        assert text.count("--hash=sha256:") >= len(pins)
