"""What each control word does: destinations, fonts, colours, rows and cells, characters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.formats.page.looks import PLAIN
from parsers.formats.richtext.fields import Field
from parsers.formats.richtext.state import FORMATS
from parsers.formats.richtext.story import Story
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parsers.formats.richtext.reader import Reader
    from parsers.formats.richtext.tokens import Token

_MAX_STORIES = 50
_MAX_COLORS = 10_000
# destinations that hold no text of the page
_SKIPPED = frozenset(
    [
        *("stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf", "footer"),
        *("footerl", "footerr", "footerf", "footnote", "annotation", "nonshppict", "shprslt"),
        *("nonesttables", "xe", "rxe", "tc", "txe", "private", "sp", "ftnsep", "ftnsepc"),
        *("aftnsep", "aftnsepc", "filetbl", "comment"),
    ]
)
# destinations behind \* that are read all the same
_READ = frozenset(
    [
        *("fldinst", "formfield", "ffl", "shpinst", "shptxt", "nesttableprops", "ud", "do"),
        *("dptxbxtext", "fldrslt"),
    ]
)
_CHARACTERS: Mapping[str, str] = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "softline": "\n",
    "page": "\n",
    "column": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
}
_PAGES = {"mac": 10000, "pc": 437, "pca": 850}
_WHITE = [255, 255, 255]


def take_word(reader: Reader, token: Token) -> None:
    """Take one control word."""
    name, number = token.text, token.number
    starred, reader.starred = reader.starred, False
    if name == "u":
        reader.unit(number or 0)
    elif reader.skip:
        reader.skip -= 1
    elif name in _SKIPPED or (starred and name not in _READ):
        reader.tokens.skip_group()
    elif name in FORMATS:
        FORMATS[name](reader.state, number)
    elif name in _WORDS:
        _WORDS[name](reader, number)
    elif name in _CHARACTERS:
        reader.put(_CHARACTERS[name])
    elif reader.state.into == "form" and reader.fields and number is not None:
        reader.fields[-1].numbers[name] = number


def _into(name: str) -> Callable[[Reader, int | None], None]:
    def change(reader: Reader, _number: int | None) -> None:
        reader.state.into = name

    return change


def _numbered(reader: Reader, _number: int | None) -> None:
    """Leave an automatic number out, as in every other format, and say so."""
    reader.story.pen(reader.level).flags.add("automatic-number")
    reader.tokens.skip_group()


# fields


def _field(reader: Reader, _number: int | None) -> None:
    reader.fields.append(Field(reader.depth, reader.written))


def _result(reader: Reader, _number: int | None) -> None:
    if reader.fields and reader.fields[-1].state() is not None:
        reader.tokens.skip_group()


# text boxes


def _box(reader: Reader, _number: int | None) -> None:
    if len(reader.stories) >= _MAX_STORIES:
        raise Unreadable("damaged", "text boxes in text boxes")
    state = reader.state
    hidden = state.look.hidden or state.deleted
    state.into = "nothing" if hidden else "text"
    state.in_table, state.level, reader.row_open = False, 1, False
    reader.stories.append((reader.depth, Story()))


# fonts and colours


def _font(reader: Reader, number: int | None) -> None:
    state = reader.state
    if state.script == "dbch":
        state.east_asian = number or 0
    else:
        state.font = number or 0
    if state.into != "fonts":
        _set_symbols(reader)


def _associated(reader: Reader, number: int | None) -> None:
    r"""Take \\af, which names the font of the script announced before it."""
    if reader.state.script == "dbch":
        reader.state.east_asian = number or 0
        _set_symbols(reader)


def _set_symbols(reader: Reader) -> None:
    state = reader.state
    font = state.east_asian if state.script == "dbch" else state.font
    symbols = reader.fonts.symbols(font)
    if symbols != state.look.font:
        state.look = replace(state.look, font=symbols)


def _script(name: str) -> Callable[[Reader, int | None], None]:
    def change(reader: Reader, _number: int | None) -> None:
        reader.state.script = name
        _set_symbols(reader)

    return change


def _charset(reader: Reader, number: int | None) -> None:
    if reader.state.into == "fonts":
        reader.fonts.entry(reader.state.font).charset = number


def _default_font(reader: Reader, number: int | None) -> None:
    reader.fonts.default = reader.state.font = number or 0


def _default_east_asian(reader: Reader, number: int | None) -> None:
    reader.fonts.east_asian = reader.state.east_asian = number or 0


def _page(reader: Reader, number: int | None) -> None:
    reader.fonts.set_page(number or 0)


def _old_page(number: int) -> Callable[[Reader, int | None], None]:
    def change(reader: Reader, _number: int | None) -> None:
        reader.fonts.set_page(number)

    return change


def _plain(reader: Reader, _number: int | None) -> None:
    state = reader.state
    state.look, state.deleted, state.script = PLAIN, False, ""
    state.font, state.east_asian = reader.fonts.default, reader.fonts.east_asian
    _set_symbols(reader)


def _shade(reader: Reader, number: int | None) -> None:
    if reader.state.into == "colors" and len(reader.colors) < _MAX_COLORS:
        reader.colors[-1].append(number or 0)


def _color(reader: Reader, number: int | None) -> None:
    known = 0 < (number or 0) < len(reader.colors)
    white = known and reader.colors[number or 0] == _WHITE
    if white != reader.state.look.white:
        reader.state.look = replace(reader.state.look, white=white)


def _revised(reader: Reader, _number: int | None) -> None:
    reader.flags.add("tracked-changes")


# paragraphs, rows, cells


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


_WORDS: Mapping[str, Callable[[Reader, int | None], None]] = {
    "fonttbl": _into("fonts"),
    "colortbl": _into("colors"),
    "fldinst": _into("code"),
    "formfield": _into("form"),
    "ffl": _into("entry"),
    "shpinst": _into("nothing"),
    "do": _into("nothing"),
    "nesttableprops": _into("nested"),
    "upr": _into("nothing"),
    "ud": _into("text"),
    "shptxt": _box,
    "dptxbxtext": _box,
    "listtext": _numbered,
    "pntext": _numbered,
    "field": _field,
    "fldrslt": _result,
    "f": _font,
    "af": _associated,
    "loch": _script("loch"),
    "hich": _script("hich"),
    "dbch": _script("dbch"),
    "ltrch": _script(""),
    "rtlch": _script(""),
    "fcharset": _charset,
    "deff": _default_font,
    "stshfdbch": _default_east_asian,
    "ansicpg": _page,
    "plain": _plain,
    "red": _shade,
    "green": _shade,
    "blue": _shade,
    "cf": _color,
    "revised": _revised,
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
    **{name: _old_page(number) for name, number in _PAGES.items()},
}
