"""What the command line says of itself: help for everything, versions, the Tab key, progress."""

from __future__ import annotations

import contextlib
import io
import os
import sys

import pytest
import typer
from typer.testing import CliRunner

from bot import __version__, progress
from bot.__main__ import app

SENTENCE = ".:;)0123456789"


def commands(group=None, before=()):
    """Yield every command with the words that call it."""
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        yield (*before, name), command
        if hasattr(command, "commands"):
            yield from commands(command, (*before, name))


EVERY = dict(commands())


def complete(line, shell="bash"):
    """Return what the Tab key offers after a line."""
    env = {
        "_SHOUBIAO_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split(" ")) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    return CliRunner().invoke(app, env=env, prog_name="shoubiao").stdout.split("\n")


def everything(terminal):
    """Return what has been written to a terminal so far."""
    os.set_blocking(terminal, False)
    said = b""
    with contextlib.suppress(BlockingIOError):
        while more := os.read(terminal, 65536):
            said += more
    return said.decode(errors="replace")


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_command_has_a_sentence(words):
    said = (EVERY[words].help or "").split("\n")[0]
    assert said
    assert said[-1] in SENTENCE


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_option_and_argument_has_a_sentence(words):
    told = {one.name: getattr(one, "help", "") or "" for one in EVERY[words].params}
    assert {name: said for name, said in told.items() if len(said) < 5} == {}


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_a_command_called_alone_is_the_same_command(words):
    asked = [*words, "--help"]
    whole, alone = (CliRunner().invoke(one, asked).stdout for one in (app, app.called(asked)))
    assert alone == whole
    assert "Usage" in whole


def made(words):
    return set(dict(commands(typer.main.get_command(app.called(words)))))


def test_what_is_no_command_is_looked_for_among_all():
    for words in ((), ("--help",), ("statsu",), ("held", "shwo"), ("held", "--help")):
        assert made(words) == {one for one in EVERY if words[:1] != ("held",) or one[0] == "held"}
    assert made(("status", "-x")) == {("status",)}


def test_a_group_that_does_something_itself_makes_none_of_its_commands():
    assert made(("held",)) == made(("held", "--json")) == {("held",)}
    assert ("held", "list") in made(("held", "--json", "list"))


def test_no_option_means_two_things_in_its_short_form():
    for words, command in EVERY.items():
        short = [o for one in command.params for o in one.opts if len(o) == 2]
        assert len(short) == len(set(short)), words


def test_the_version_is_told():
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.stdout) == (0, f"shoubiao {__version__}\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_script(shell):
    env = {"_SHOUBIAO_COMPLETE": f"source_{shell}"}
    script = CliRunner().invoke(app, env=env, prog_name="shoubiao").stdout
    assert "_SHOUBIAO_COMPLETE" in script
    assert "shoubiao" in script


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_commands_are_completed_in_every_shell(shell):
    offered = "\n".join(complete("shoubiao che", shell))
    assert "check-campaign" in offered
    assert "doctor" not in offered


def test_campaigns_and_letters_are_completed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert complete("shoubiao export 2023-n")[:2] == ["2023-national", "2023-neimenggu"]
    assert "receipt" in complete("shoubiao preview re")
    assert complete("shoubiao init D --provider exm")[0] == "exmail"


def test_campaigns_of_the_settings_are_completed_and_no_others(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shoubiao.toml").write_text('campaigns = "ours"\n', encoding="utf-8")
    (tmp_path / "ours/2026-here").mkdir(parents=True)
    (tmp_path / "ours/2026-here/campaign.yaml").touch()
    (tmp_path / "ours/2026-notes").mkdir()
    assert [one for one in complete("shoubiao purge 20") if one] == ["2026-here"]
    (tmp_path / "shoubiao.toml").write_text("campaigns = [", encoding="utf-8")
    assert [one for one in complete("shoubiao purge 20") if one] == []


def test_progress_is_drawn_for_a_person_and_nothing_is_written_otherwise(monkeypatch):
    silent = io.StringIO()
    monkeypatch.setattr(sys, "stderr", silent)
    with progress.busy("adding-up"):
        assert list(progress.steps((1, 2), "reading")) == [1, 2]
    assert silent.getvalue() == ""


def test_progress_on_a_terminal_names_what_goes_on(monkeypatch):
    ours, theirs = os.openpty()
    with open(theirs, "w", encoding="utf-8") as terminal:  # noqa: PTH123 - a descriptor
        monkeypatch.setattr(sys, "stderr", terminal)
        assert list(progress.steps((1, 2), "reading")) == [1, 2]
        with progress.busy("adding-up"):
            pass
        shown = everything(ours)
    os.close(ours)
    assert "Reading" in shown
    assert "Adding up" in shown
