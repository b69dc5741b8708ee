"""What an operator finds in a new deployment folder: commented settings, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from templates.checkup import load

_WEB_MAIL = {
    "163": "netease", "126": "netease", "yeah": "netease", "qiye163": "netease", "qq": "qq",
    "exmail": "exmail", "aliyun": "aliyun", "qiyealiyun": "aliyun", "coremail": "coremail",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deployment:
    """One mailbox and its people. `provider` is "" where the address tells, else a preset's name.

    `servers` are those that no preset has: (imap or smtp, host, port, tls). `providers` are those
    known: objects with name, domains, and imap and smtp with host and port. `example` is the id of
    the campaign that lies there, `drafted` from a notice or else to be edited; `printed` says that
    it names this mailbox itself.
    """

    address: str
    provider: str
    servers: tuple[tuple[str, str, int, str], ...]
    coordinators: tuple[str, ...]
    admins: tuple[str, ...]
    password_file: str
    example: str
    drafted: bool
    printed: bool
    providers: tuple[Any, ...]


def settings_text(deployment: Deployment, language: str) -> str:
    """Return the shoubiao.toml of a new deployment."""
    return _render(f"shoubiao.{language}.toml.j2", deployment)


def next_steps(deployment: Deployment, folder: str, program: str, language: str) -> str:
    """Return what is left to a person, in order; `program` is how it is called there."""
    how = _how_to_get_a_code(deployment)
    code = load(language)["init"]["code"][how]
    return _render(
        f"steps.{language}.txt.j2", deployment, folder=folder, program=program, code=code
    )


@dataclass(frozen=True, slots=True)
class Service:
    """How a deployment is kept running: its folder, whose it is, what it may write to.

    `program` is the path of `shoubiao`, `owner` the folder's as UID:GID; `at_home`: something of
    it lies in somebody's home.
    """

    folder: str
    program: str
    user: str
    owner: str
    written: tuple[str, ...]
    at_home: bool


def unit_text(service: Service) -> str:
    """Return the unit of systemd."""
    return _rendered("shoubiao.service.j2", service)


def compose_text(service: Service) -> str:
    """Return the compose file: the worker beside a PostgreSQL."""
    return _rendered("compose.yaml.j2", service)


def containerfile() -> str:
    """Return how the image is built."""
    return (Path(__file__).parent / "Containerfile").read_text(encoding="utf-8")


def _rendered(name: str, service: Service) -> str:
    fields = {name: getattr(service, name) for name in Service.__slots__}
    return _environment().get_template(name).render(**fields)


def _how_to_get_a_code(deployment: Deployment) -> str:
    """Return whose web mail gives out the code; "own" where nobody knows."""
    domain = deployment.address.rpartition("@")[2]
    found = (p.name for p in deployment.providers if domain in p.domains)
    name = deployment.provider or next(found, "own")
    return _WEB_MAIL.get(name, "own")


def _render(name: str, deployment: Deployment, **more: object) -> str:
    fields = {name: getattr(deployment, name) for name in Deployment.__slots__}
    return _environment().get_template(name).render(**fields, **more)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - TOML; every value goes through _quoted
    )
    environment.filters["toml"] = _quoted
    return environment


def _quoted(text: str) -> str:
    """Return a TOML basic string; what is quoted here holds no control characters."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
