"""Where pdfminer's pen stands when it sets each character; lines and pictures leave no mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pdfminer.pdfcolor import PREDEFINED_COLORSPACE
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFObjRef, dict_value, resolve1, stream_value
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt, decode_text, mult_matrix

from parsers.formats.witness.fonts import Unheard
from parsers.formats.witness.grammar import operations
from parsers.formats.witness.tokens import Content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfminer.pdfinterp import PDFTextState
    from pdfminer.utils import Matrix

_SPACE = 32
_INVISIBLE = {3, 7}  # ways of painting
_OPERATORS = {
    **{name: f"do_{name}" for name in ("q", "Q", "cm", "Do", "BT", "ET", "BMC", "BDC", "EMC")},
    **{f"T{letter}": f"do_T{letter}" for letter in "cwzLfrsdDmjJ"},
    "T*": "do_T_a",
    "'": "do__q",
    '"': "do__w",
}


class Seen(NamedTuple):
    """What one code of a font stands for (None: it may be anything), and where on the page."""

    text: str | None
    x: float
    y: float
    size: float


class Pen(PDFDevice):
    """What pdfminer draws with."""

    def __init__(self, fonts: Any) -> None:
        super().__init__(fonts)
        self.seen: list[Seen] = []
        self._spans: list[str] = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        """Remember what the characters of a span together are said to be."""
        del tag
        said = resolve1(props.get("ActualText")) if isinstance(props, dict) else None
        self._spans.append(decode_text(said) if isinstance(said, bytes) else "")

    def end_tag(self) -> None:
        """Leave a span."""
        if self._spans:
            self._spans.pop()

    def render_string(self, textstate: PDFTextState, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Take down a string (ISO 32000-1 §9.4.4); the pen moves on."""
        del ncs, graphicstate
        font: Any = textstate.font
        if font.is_vertical():
            raise Unheard
        matrix = mult_matrix(textstate.matrix, self.ctm or MATRIX_IDENTITY)
        scaling = textstate.scaling * 0.01
        x, y = textstate.linematrix
        for item in seq:
            if isinstance(item, bytes):
                for code in font.decode(item):
                    self._set(textstate, font, code, (x, y), matrix)
                    x += _step(textstate, font, code) * scaling
            elif isinstance(item, int | float):
                x -= item * 0.001 * textstate.fontsize * scaling
        textstate.linematrix = (x, y)

    def _set(
        self, state: PDFTextState, font: Any, code: int, at: tuple[float, float], matrix: Matrix
    ) -> None:
        if state.render in _INVISIBLE:
            return
        said = self._instead() if self._spans else None
        x, y = apply_matrix_pt(matrix, (at[0], at[1] + state.rise))
        size = state.fontsize * max(abs(matrix[1]), abs(matrix[3]))
        self.seen.append(Seen(font.text(code) if said is None else said, x, y, size))

    def _instead(self) -> str | None:
        """Return what a span says of its next character: all with the first, then nothing."""
        for number, said in enumerate(self._spans):
            if said:
                self._spans[number] = "\0"  # said already
                return said
        return None


def _step(state: PDFTextState, font: Any, code: int) -> float:
    """Return how far a character moves the pen, before scaling."""
    word = state.wordspace if code == _SPACE and not font.is_multibyte() else 0
    return float(font.char_width(code) * state.fontsize + state.charspace + word)


class Reader(PDFPageInterpreter):
    """Pdfminer's reader of content, deaf to lines, pictures and colours."""

    _specs: dict[object, object]

    def init_resources(self, resources: dict[object, object]) -> None:
        """Take what a page or form calls by name; fonts are read when they are chosen."""
        self.resources = dict_value(resources) if resources else {}
        self.fontmap, self.csmap = {}, PREDEFINED_COLORSPACE
        self.xobjmap = dict(dict_value(self.resources.get("XObject", {})))
        self._specs = dict_value(self.resources.get("Font", {}))

    def execute(self, streams: Sequence[object]) -> None:
        """Obey each operator that moves the pen, as far as its operands are there."""
        found = [stream_value(one) for one in streams]
        self.stream_ids = {one.objid for one in found if one.objid is not None}
        content = [one for one in found if one.objid not in self.parent_stream_ids]
        for operator, operands in operations(Content(content)):
            name = _OPERATORS.get(operator)
            if name is not None:
                method = getattr(self, name)
                wanted = method.__code__.co_argcount - 1
                if len(operands) >= wanted:
                    method(*operands[len(operands) - wanted :])

    def do_Tf(self, fontid: Any, fontsize: Any) -> None:  # noqa: N802 - an operator's name
        """Choose a font; without one nothing can be set."""
        spec = self._specs.get(literal_name(fontid))
        objid = spec.objid if isinstance(spec, PDFObjRef) else None
        found = resolve1(spec)
        self.textstate.font = self.rsrcmgr.get_font(objid, found) if found else None
        self.textstate.fontsize = float(fontsize)

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802 - an operator's name
        """Begin a span, its properties here or among the page's."""
        if isinstance(props, PSLiteral):
            named = dict_value(self.resources.get("Properties", {}))
            props = resolve1(named.get(literal_name(props)))
        self.device.begin_tag(tag, props)
