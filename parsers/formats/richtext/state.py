"""What a group of RTF inherits, and the words that change it: looks, scripts, paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.formats.page.looks import LOWERED, PLAIN, RAISED, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(slots=True)
class State:
    r"""What a closing brace restores. `into` names the destination text goes to.

    `script` is the kind of characters that follow (loch, hich, dbch, or "" for any), `uc` how
    many stand in for a \\u, `level` the depth of tables when `in_table`.
    """

    into: str = "text"
    look: Look = PLAIN
    deleted: bool = False
    font: int = 0
    east_asian: int = -1
    script: str = ""
    uc: int = 1
    in_table: bool = False
    level: int = 1


def _is_on(number: int | None) -> bool:
    return number is None or number != 0


def _hidden(state: State, number: int | None) -> None:
    state.look = replace(state.look, hidden=_is_on(number))


def _struck(state: State, number: int | None) -> None:
    state.look = replace(state.look, struck=_is_on(number))


def _double_struck(state: State, number: int | None) -> None:
    state.look = replace(state.look, double_struck=_is_on(number))


def _raised(state: State, number: int | None) -> None:
    state.look = replace(state.look, level=RAISED if _is_on(number) else 0)


def _lowered(state: State, number: int | None) -> None:
    state.look = replace(state.look, level=LOWERED if _is_on(number) else 0)


def _on_line(state: State, _number: int | None) -> None:
    state.look = replace(state.look, level=0)


def _deleted(state: State, number: int | None) -> None:
    state.deleted = _is_on(number)


def _paragraph(state: State, _number: int | None) -> None:
    state.in_table, state.level = False, 1


def _in_table(state: State, _number: int | None) -> None:
    state.in_table = True


def _depth(state: State, number: int | None) -> None:
    state.in_table, state.level = (number or 0) > 0, max(number or 0, 1)


def _stand_ins(state: State, number: int | None) -> None:
    state.uc = min(max(1 if number is None else number, 0), 100)


FORMATS: Mapping[str, Callable[[State, int | None], None]] = {
    "v": _hidden,
    "strike": _struck,
    "striked": _double_struck,
    "super": _raised,
    "sub": _lowered,
    "nosupersub": _on_line,
    "deleted": _deleted,
    "pard": _paragraph,
    "intbl": _in_table,
    "itap": _depth,
    "uc": _stand_ins,
}
