"""What each control word does: destinations, fields, text boxes and characters are told here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.formats.richtext.fields import Field
from parsers.formats.richtext.look_words import LOOK_WORDS
from parsers.formats.richtext.row_words import ROW_WORDS
from parsers.formats.richtext.state import FORMATS
from parsers.formats.richtext.story import Story
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parsers.formats.richtext.reader import Reader
    from parsers.formats.richtext.tokens import Token

_MAX_STORIES = 50
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
    **LOOK_WORDS,
    **ROW_WORDS,
}
