"""What somebody gets who installs Shoubiao with pip or pipx, without a checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot import __version__

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "parsers", "rules", "templates", "state")
BESIDE = ("pyproject.toml", "README.md", "LICENSE")
FOR_A_CHECKOUT = {"bot/install.sh"}
BUILD = "import sys; from setuptools import build_meta as b; b.build_wheel(sys.argv[1])"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel as pip does, with the tools that are there, from a copy of the tree."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for room in ROOMS:
        shutil.copytree(ROOT / room, source / room)
    for name in BESIDE:
        shutil.copy(ROOT / name, source)
    command = [sys.executable, "-c", BUILD, str(target)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (path,) = target.glob("*.whl")
    return path


def names(wheel):
    with zipfile.ZipFile(wheel) as package:
        return set(package.namelist())


def written():
    """Return the files of the rooms, but for what running the program leaves behind."""
    files = (path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file())
    return {p.relative_to(ROOT).as_posix() for p in files if "__pycache__" not in p.parts}


def test_a_wheel_holds_every_file_of_the_rooms(wheel):
    assert written() - names(wheel) == FOR_A_CHECKOUT


def test_a_wheel_holds_nothing_else(wheel):
    others = {name for name in names(wheel) if ".dist-info/" not in name}
    assert others - written() == set()


def test_the_version_is_written_in_one_place(wheel):
    assert wheel.name == f"shoubiao-{__version__}-py3-none-any.whl"


def test_a_wheel_says_that_it_is_typed_and_which_command_it_brings(wheel):
    with zipfile.ZipFile(wheel) as package:
        (entry,) = (n for n in package.namelist() if n.endswith("/entry_points.txt"))
        assert "shoubiao = bot." in package.read(entry).decode()
    assert {f"{room}/py.typed" for room in ROOMS} <= names(wheel)


def test_the_newest_version_heads_the_changelog():
    log = (ROOT / "bot/CHANGELOG.md").read_text(encoding="utf-8")
    first = next(line for line in log.splitlines() if line.startswith("## "))
    assert first.split()[1] == __version__
