"""What keeps a deployment running names only commands, settings and folders that there are."""

from __future__ import annotations

import configparser
import re
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from typer.main import get_command
from typer.testing import CliRunner

from bot.__main__ import app
from bot.settings import Settings
from bot.worker import LEAVE_SECONDS

ROOT = Path(__file__).parents[2]
SETTINGS = """
data = "data"
coordinators = ["kepu@example.cn"]

[[accounts]]
address = "nmkepu@126.com"
password = "x"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "shoubiao.toml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def deployed(folder, *more):
    done = CliRunner().invoke(app, ["deploy", str(folder), *more], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def is_command(words):
    """Say whether `shoubiao WORDS` is a command with these options."""
    command = get_command(app).commands[words[0]]
    options = {name for parameter in command.params for name in parameter.opts}
    return {word for word in words[1:] if word.startswith("-")} <= options


def unit_of(folder):
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read(folder / "shoubiao.service", encoding="utf-8")
    return unit


def test_the_unit_runs_this_folder_and_may_write_nowhere_else(folder):
    deployed(folder, "--user", "kepu")
    service = unit_of(folder)["Service"]
    program, *words = service["ExecStart"].split()
    assert Path(program).is_absolute()
    assert is_command(words)
    assert words[-1] == str(folder / "shoubiao.toml")
    assert (service["User"], service["ReadWritePaths"]) == ("kepu", str(folder))
    assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "yes")
    assert service["Type"] == "notify"


def test_a_stop_is_waited_for_longer_than_a_worker_takes(folder):
    deployed(folder)
    deployed(folder, "--container")
    worker = YAML(typ="safe").load(folder / "compose.yaml")["services"]["shoubiao"]
    for seconds in (unit_of(folder)["Service"]["TimeoutStopSec"], worker["stop_grace_period"]):
        assert LEAVE_SECONDS < float(seconds.rstrip("s")) <= 10


def test_what_lies_outside_of_the_folder_may_be_written_too(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("elsewhere")
    settings = SETTINGS.replace('data = "data"', f'data = "{other}"')
    (folder / "shoubiao.toml").write_text(settings, encoding="utf-8")
    deployed(folder)
    assert unit_of(folder)["Service"]["ReadWritePaths"] == f"{folder} {other}"


def test_the_compose_file_names_settings_commands_and_secrets_that_there_are(folder):
    deployed(folder, "--container")
    text = (folder / "compose.yaml").read_text(encoding="utf-8")
    told = YAML(typ="safe").load(text)
    worker = told["services"]["shoubiao"]
    for variable in re.findall(r"\bSHOUBIAO_\w+", text):
        name = variable.removeprefix("SHOUBIAO_").removesuffix("_FILE").lower()
        model = Settings
        for part in name.split("__"):
            field = model.model_fields[part]
            model = field.annotation
    program, *words = worker["healthcheck"]["test"][1:]
    assert program == "shoubiao"
    assert is_command(words)
    used = {name for service in told["services"].values() for name in service["secrets"]}
    assert used == set(told["secrets"])
    assert not re.search(r"image: \S+[.]\S+/", text)


def test_the_image_holds_every_room_and_what_the_installer_asks_for(folder):
    deployed(folder, "--container")
    text = (folder / "Containerfile").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rooms = {name.partition("*")[0].rstrip(".") for name in
             project["tool"]["setuptools"]["packages"]["find"]["include"]}  # fmt: skip
    assert set(re.findall(r"COPY (\w+) \1\n", text)) == rooms
    installer = (ROOT / "bot/install.sh").read_text(encoding="utf-8")
    wanted = {"python3-venv", "tzdata", "libarchive13", "bubblewrap"}
    wanted |= {"libreoffice-writer-nogui", "libreoffice-calc-nogui"}
    assert all(name in installer and name in text for name in wanted)
    assert "USER shoubiao" in text
    ((command,),) = [re.findall(r"CMD \[(.*)\]", text)]
    assert is_command(re.findall(r'"([^"]+)"', command))


def test_files_that_are_there_already_are_left_alone(folder):
    deployed(folder)
    again = CliRunner().invoke(app, ["deploy", str(folder)])
    assert again.exit_code != 0
