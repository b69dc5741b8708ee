"""The control words that end paragraphs, and shape and end rows and cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parsers.formats.richtext.reader import Reader


def _paragraph(reader: Reader, _number: int | None) -> None:
    if reader.state.into == "text":
        reader.story.end_line(reader.level)


def _table_level(reader: Reader) -> int:
    nested = reader.state.in_table and reader.state.into == "nested"
    return reader.state.level if nested else 1


def _row_shape(reader: Reader, _number: int | None) -> None:
    reader.story.begin_row(_table_level(reader))
    reader.row_open = True


def _left(reader: Reader, number: int | None) -> None:
    reader.story.shape(_table_level(reader)).left = number or 0


def _edge(reader: Reader, number: int | None) -> None:
    reader.story.shape(_table_level(reader)).add(number or 0)


def _merge(which: str, how: str) -> Callable[[Reader, int | None], None]:
    def change(reader: Reader, _number: int | None) -> None:
        setattr(reader.story.shape(_table_level(reader)).next, which, how)

    return change


def _cell(reader: Reader, _number: int | None) -> None:
    if reader.state.into == "text":
        reader.story.end_cell(1)


def _nested_cell(reader: Reader, _number: int | None) -> None:
    if reader.state.into == "text":
        reader.story.end_cell(max(reader.state.level, 1))


def _row(reader: Reader, _number: int | None) -> None:
    reader.story.end_row(1)
    reader.row_open = False


def _nested_row(reader: Reader, _number: int | None) -> None:
    reader.story.end_row(max(reader.state.level, 1))


ROW_WORDS: Mapping[str, Callable[[Reader, int | None], None]] = {
    "par": _paragraph,
    "sect": _paragraph,
    "trowd": _row_shape,
    "trleft": _left,
    "cellx": _edge,
    "clvmgf": _merge("vertical", "start"),
    "clvmrg": _merge("vertical", "continue"),
    "clmgf": _merge("horizontal", "start"),
    "clmrg": _merge("horizontal", "continue"),
    "cell": _cell,
    "nestcell": _nested_cell,
    "row": _row,
    "nestrow": _nested_row,
}
