"""What an operator finds in a new deployment folder: commented settings, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@dataclass(frozen=True, slots=True)
class Deployment:
    """One mailbox and its people. `provider` is "" where the address tells, else a preset's name.

    `providers` are those known: objects with name, domains, and imap and smtp with host and port.
    `example` is the id of the campaign that lies there to be edited.
    """

    address: str
    provider: str
    coordinators: tuple[str, ...]
    admins: tuple[str, ...]
    password_file: str
    example: str
    providers: tuple[object, ...]


def settings_text(deployment: Deployment) -> str:
    """Return the shoubiao.toml of a new deployment."""
    domain, custom = deployment.address.rpartition("@")[2], deployment.provider == "custom"
    return _render("shoubiao.toml.j2", deployment, domain=domain, custom=custom)


def next_steps(deployment: Deployment, folder: str) -> str:
    """Return what is left to a person, in order."""
    return _render("steps.txt.j2", deployment, folder=folder)


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
