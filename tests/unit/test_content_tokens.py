"""What is told of a page's content at a glance is what pdfminer makes of it step by step."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF

from parsers.formats.witness.tokens import Content

WORDS = r"""
1 -2 +3 0.5 -.5 . - 4. +-5 12-34 1.2.3 BT ET Tf T* Tj ' " true false null BI ID EI BIx
/F1 / /A#42 /A# /甲 [ ] << >> < > <41 4> { } (甲) (a(b)c\\) (\101\n) ( ) %x \ # é /W
"""
SPACES = (" ", "\n", "\r\n", "\t", "\f", "\v", "\0", "%y\n", "a\0b", "/W 1", " " * 4090)
PIECES = st.sampled_from((*WORDS.split(), *SPACES, "9" * 31, "9" * 5000))
CONTENT = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60)


def told(parser, content):
    streams = [PDFStream({}, piece.encode()) for piece in content]
    reading, found = parser(streams), []
    try:
        while len(found) < 500:
            position, item = reading.nextobject()
            found.append((position, type(item).__name__, str(item)))
    except PSEOF:
        return found
    except Exception as error:  # noqa: BLE001 - whatever it is, both must meet it
        return [*found, type(error).__name__]
    return found


@given(st.lists(CONTENT, min_size=1, max_size=3))
@example(["BT /F1 12 Tf 1 0 0 1 90.5 -700 Tm [(a) -12 (b)] TJ ET"])
@example(["1 2", "3 4 m", "/F1"])
@example(["BI /W 1 /H 1 ID \0\0 EI Q 5 w "])
def test_tokens_are_those_of_pdfminer(content):
    assert told(Content, content) == told(PDFContentParser, content)
