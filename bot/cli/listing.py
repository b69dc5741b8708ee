"""How --help lists commands: under the title of their group, each with its whole first sentence.

Without rich, which alone takes longer to import than the rest of --help to run.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from collections.abc import Callable

WHOLE = 1000  # characters: no sentence is cut


class Listing(TyperGroup):
    """A command with commands under it."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - typer's own
        """Write the commands, group by group."""
        width = max(len(name) for name in self.commands)
        for title, group in groupby(self.commands.items(), lambda one: _title(one[1])):
            with formatter.section(title or "Commands"):
                formatter.write_dl(
                    [(f"{name:<{width}}", one.get_short_help_str(WHOLE)) for name, one in group]
                )


class Commands(typer.Typer):
    """The commands of one file; `title` stands above them."""

    def __init__(self, title: str = "", **more: Any) -> None:
        more.setdefault("no_args_is_help", True)
        super().__init__(cls=Listing, rich_markup_mode=None, **more)
        self._title = title or None

    def command(self, name: str | None = None, **more: Any) -> Callable[[Any], Any]:
        """See typer.Typer.command."""
        return super().command(name, rich_help_panel=self._title, **more)


def _title(command: Any) -> str | None:
    title: str | None = command.rich_help_panel
    return title
