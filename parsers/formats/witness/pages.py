"""What stands where on a PDF's pages, as pdfminer reads them."""

from __future__ import annotations

import logging
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from parsers.formats.witness.fonts import Fonts, Unheard
from parsers.formats.witness.pen import Pen, Reader
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from parsers.formats.witness.pen import Seen

logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)  # it quotes what files say
MAX_SEEN = 30_000  # characters of one file: 20 full pages in 2 s of work; no form is longer


class Witness:
    """A file opened a second time, when it is first asked."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pen = Pen(Fonts())
        self._left = MAX_SEEN

    def page(self, number: int) -> list[Seen] | None:
        """Return what a page shows; None of what this reader cannot bear witness to.

        Unreadable("damaged") when it fails: what only a lenient reader reads may be half read.
        """
        if self._left <= 0:
            return None
        try:
            seen = self._read(self._pages[number])
        except (Unheard, PDFEncryptionError):  # locked in a way that only the other reader knows
            return None
        except Exception as error:
            raise Unreadable("damaged", "page") from error
        self._left -= len(seen)
        return seen

    @cached_property
    def _pages(self) -> list[PDFPage]:
        return list(PDFPage.create_pages(PDFDocument(PDFParser(BytesIO(self._data)))))

    def _read(self, page: PDFPage) -> list[Seen]:
        self._pen.seen = []
        Reader(self._pen.rsrcmgr, self._pen).render_contents(page.resources, page.contents)
        return self._pen.seen
