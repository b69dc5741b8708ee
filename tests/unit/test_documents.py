"""Every command, setting, key, link and picture that a document of ours names exists."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.__main__ import app
from bot.settings import Settings, load_settings
from bot.settings.accounts import Account
from rules.campaign import CampaignFile
from rules.form import Form
from rules.upward import UpwardFile
from rules.wording import WORDINGS
from templates import words

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "parsers", "rules", "templates", "state", "tests")
DOCUMENTS = sorted(
    [ROOT / "README.md", *(p for room in ROOMS for p in (ROOT / room).rglob("*.md"))]
)
MANUALS = [path for path in DOCUMENTS if path.name.endswith(".zh.md")]
CLI = typer.main.get_command(app)
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
COMMAND = re.compile(r"^(?:\.venv/bin/)?shoubiao (.*)$")
named = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())


def spans(path):
    """Return the codes in the sentences and tables of a document."""
    return CODE.findall(FENCE.sub("", path.read_text(encoding="utf-8")))


def fences(path, kind):
    return [
        body for named, body in FENCE.findall(path.read_text(encoding="utf-8")) if named == kind
    ]


def lines_of_shell(path):
    """Return what a document tells a person to type, each command of a line by itself."""
    typed = [line for body in fences(path, "sh") for line in body.splitlines()]
    parts = (part.strip() for line in (*typed, *spans(path)) for part in line.split("&&"))
    return [part.partition(" #")[0] for part in parts]


def commands(path):
    """Return the words after `shoubiao`, also where a span begins with a command's own name."""
    for line in lines_of_shell(path):
        told = COMMAND.match(line)
        if told:
            yield shlex.split(told[1])
        elif line.split(" ")[0] in CLI.commands and " -" in line:
            yield shlex.split(line)


def faults_of(words):
    """Return why these words call nothing that there is."""
    command, rest = CLI, list(words)
    while rest and hasattr(command, "commands") and not rest[0].startswith("-"):
        if rest[0] not in command.commands:
            optional = getattr(command, "invoke_without_command", False)
            return [] if optional else [f"no command {rest[0]}"]
        command = command.commands[rest.pop(0)]
    known = {opt for one in command.params for opt in (*one.opts, *one.secondary_opts)}
    known |= {"--help", "-h", "--install-completion", "--show-completion"}
    return [
        f"no option {word}" for word in rest if re.match(r"--?[a-z]", word) if word not in known
    ]


def keys_of(model):
    """Return every name that a model and those in it take."""
    found, todo = set(), [model]
    while todo:
        one = todo.pop()
        for name, field in one.model_fields.items():
            found |= {name, field.alias or name}
            todo += [part for part in models_in(field.annotation) if part not in todo]
    return found


def models_in(annotation):
    parts = [annotation, *getattr(annotation, "__args__", ())]
    nested = [deep for part in parts[1:] for deep in models_in(part)]
    return [p for p in parts if isinstance(p, type) and issubclass(p, BaseModel)] + nested


SETTINGS = keys_of(Settings) | {"password_file", "password_keyring"}  # bot/settings/secrets.py
CAMPAIGN = keys_of(CampaignFile) | keys_of(Form) | keys_of(UpwardFile) | set(WORDINGS)


def yaml_keys(node):
    if isinstance(node, dict):
        return {str(key) for key in node} | {k for v in node.values() for k in yaml_keys(v)}
    return {k for v in node for k in yaml_keys(v)} if isinstance(node, list) else set()


@named
def test_every_command_a_document_names_exists(path):
    wrong = [(" ".join(words), fault) for words in commands(path) for fault in faults_of(words)]
    assert wrong == []


def test_documents_name_every_command():
    told = {words[0] for path in DOCUMENTS for words in commands(path) if words}
    text = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    missing = [name for name in CLI.commands if name not in told and f"`{name}`" not in text]
    assert missing == []


@named
def test_every_toml_in_a_document_is_settings_that_load(path, tmp_path):
    for number, body in enumerate(fences(path, "toml")):
        place = tmp_path / str(number)
        place.mkdir()
        (place / "shoubiao.toml").write_text(body, encoding="utf-8")
        for account in tomllib.loads(body).get("accounts", []):
            (place / account["password_file"]).write_text("invented")
            (place / account["password_file"]).chmod(0o600)
        assert load_settings(place / "shoubiao.toml").accounts


@named
def test_every_setting_in_a_sentence_is_one(path):
    codes = spans(path)
    toml = [code for code in codes if re.match(r"^[a-z_]+ = \S", code)]
    said = {code.split(" = ")[0] for code in toml}
    said |= {code.removeprefix("[").removesuffix("]") for code in codes if re.match(r"^\[\w", code)}
    dotted = {
        c
        for c in codes
        if re.fullmatch(r"[a-z_]+\.(?!py\b|md\b)[a-z_]+", c) and c.split(".")[0] in SETTINGS
    }
    said |= {part for code in dotted for part in code.split(".")}
    assert said - SETTINGS == set()
    assert [code for code in toml if not tomllib.loads(code)] == []


@pytest.mark.parametrize("path", MANUALS, ids=lambda p: p.name)
def test_every_name_with_a_line_in_a_manual_is_a_setting_or_a_key(path):
    said = {code for code in spans(path) if re.fullmatch(r"[a-z]+(_[a-z]+)+", code)}
    assert said - SETTINGS - CAMPAIGN == set()


@named
def test_every_environment_variable_in_a_document_is_read(path):
    for name in re.findall(r"SHOUBIAO_[A-Z0-9_]+", path.read_text(encoding="utf-8")):
        stem = name.removeprefix("SHOUBIAO_").removesuffix("_FILE").lower()
        assert stem.startswith("password") or stem in Settings.model_fields or stem == "story", name


@named
def test_every_yaml_in_a_document_has_known_keys(path):
    inline = [code for code in spans(path) if re.search(r"^(- \{)?[a-z_]+: \S|^\{[a-z]+: ", code)]
    for body in (*inline, *fences(path, "yaml")):
        try:
            node = YAML(typ="safe").load(body)
        except YAMLError:
            pytest.fail(f"not YAML: {body}")
        last_year = yaml_keys(node.get("last_year", {})) if isinstance(node, dict) else set()
        assert yaml_keys(node) - CAMPAIGN - last_year - {"wording"} == set(), body


@named
def test_every_link_and_picture_is_there(path):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_every_picture_is_small_and_shown():
    shown = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    for picture in (ROOT / "templates/pictures").iterdir():
        assert picture.stat().st_size < 150_000
        assert f"pictures/{picture.name}" in shown


def test_the_operators_manual_knows_every_trouble_an_alert_can_tell():
    text = (ROOT / "bot/OPERATORS.zh.md").read_text(encoding="utf-8")
    alerts = words.load("alerts.yaml")
    told = [*(kind["what"] for kind in alerts["kinds"].values()), *alerts["reasons"].values()]
    assert [sentence for sentence in told if sentence not in text] == []


def test_the_operators_manual_knows_everything_the_doctor_looks_at():
    text = (ROOT / "bot/OPERATORS.zh.md").read_text(encoding="utf-8")
    checks = YAML(typ="safe").load(ROOT / "templates/checkup/zh.yaml")["checks"]
    assert [name for name in checks.values() if name not in text] == []


def test_a_document_that_names_what_is_not_there_is_found():
    assert faults_of(["export", "ID", "--upwards", "F.docx"]) == ["no option --upwards"]
    assert faults_of(["exports"]) == ["no command exports"]
    assert faults_of(["held", "assign", "12", "x"]) == []
    assert Account.model_fields.keys() <= SETTINGS
