"""How --help lists commands, under the title of their group; which of them a command line calls.

Without rich, which alone takes longer to import than the rest of --help to run.
"""

from __future__ import annotations

from copy import copy
from itertools import groupby
from typing import TYPE_CHECKING, Any, Self

import typer
from typer.core import TyperGroup
from typer.main import get_command_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from typer.models import CommandInfo, TyperInfo

WHOLE = 1000  # characters: no sentence is cut
HELP = frozenset({"-h", "--help"})


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

    def called(self, words: Sequence[str]) -> Self:
        """Return these with only the command that `words` call; with all where none is called.

        The options of all commands take longer to make than --help to print.
        """
        if self._does_itself(words):
            only = copy(self)
            only.registered_commands = []
            return only
        found = self._only(words) if words else None
        return self if found is None else found

    def _does_itself(self, words: Sequence[str]) -> bool:
        """Say whether the group is called and none of its commands, as in `held --json`."""
        begin = self.registered_callback
        if begin is None or begin.invoke_without_command is not True:
            return False
        names = {_word(command) for command in self.registered_commands}
        return not words or (words[0].startswith("-") and not {*words} & (names | HELP))

    def _only(self, words: Sequence[str]) -> Self | None:
        only = copy(self)
        only.registered_commands = [c for c in self.registered_commands if _word(c) == words[0]]
        within = (_within(group, words) for group in self.registered_groups)
        only.registered_groups = [group for group in within if group is not None]
        return only if only.registered_commands or only.registered_groups else None


def _within(group: TyperInfo, words: Sequence[str]) -> TyperInfo | None:
    """Return a group with only the command that is called in it; None where none is."""
    commands, found = group.typer_instance, copy(group)
    if not isinstance(commands, Commands):
        return None
    if not isinstance(group.name, str):  # its commands stand beside the others
        found.typer_instance = commands._only(words)  # noqa: SLF001 - of the same class
    else:
        found.typer_instance = commands.called(words[1:]) if group.name == words[0] else None
    return found if found.typer_instance else None


def _word(command: CommandInfo) -> str:
    return command.name or get_command_name(getattr(command.callback, "__name__", ""))


def _title(command: Any) -> str | None:
    title: str | None = command.rich_help_panel
    return title
