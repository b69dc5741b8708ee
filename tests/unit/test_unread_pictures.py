"""Pictures that were not read, or not to their end: what the sender is told, and what to do."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from PIL import Image

from bot.reading.looking import MAX_FILES, MAX_PAGES, with_eyes
from parsers.allowance import MAX_PAGES as OF_ONE_FILE
from parsers.document import Document
from parsers.formats.scan import ready
from parsers.look import Look, look_at
from parsers.mail import File, Mail, Party
from parsers.message.files import read_file
from rules.finding import Severity
from rules.folder.load import SHIPPED, load_campaigns
from rules.judging.evidence import examine, gather
from templates.findings import tell
from tests.draw import papers

SCAN = (Path(__file__).with_name("pictures") / "scan-statistics.jpg").read_bytes()
HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 400
HOME = papers.campaign()
CIS, XINJIANG = (
    next(c for c in load_campaigns(SHIPPED) if c.id == name)
    for name in ("2023-cis", "2023-xinjiang")
)


def looked_at(data: bytes, name: str, pages: int = 8) -> File:
    """Return a file as the reading process leaves it after a look."""

    class Here:
        def look(self, *_: object) -> Look:
            return look_at(data, name, pages)

    (file,) = with_eyes(Here(), "", None, tuple(read_file(data, name)))
    return file


def seen(*files: File, campaign=HOME):
    mail = Mail(None, "", Party("", "a@example.cn"), files=files)
    return gather(mail, (campaign,), frozenset({campaign.id}))


def test_a_heic_picture_is_neither_damaged_nor_read():
    file = looked_at(HEIC, "IMG_2041.HEIC")
    assert (file.kind, file.document, file.problem, file.detail) == ("image", None, None, "heic")


def test_a_heic_picture_alone_is_told_to_be_a_format_nobody_here_can_open():
    (finding,) = seen(looked_at(HEIC, "IMG_2041.HEIC"), campaign=CIS).findings
    said = tell(finding)
    assert (finding.code, finding.severity) == ("file-unsupported", Severity.ERROR)
    assert "HEIC" in said.wrong
    assert "JPG" in said.fix


def test_a_heic_picture_where_photographs_are_owed_counts_as_one_with_a_note():
    pieces, findings = examine(looked_at(HEIC, "IMG_2041.HEIC"), (XINJIANG,), frozenset())
    assert findings == []
    assert [(f.code, f.severity) for f in pieces[0].findings] == [
        ("file-unsupported", Severity.NOTE)
    ]


def test_a_heic_picture_beside_a_read_form_is_no_error():
    form = read_file(papers.statistics("赤峰市科学技术局", {}), "统计表.docx")[0]
    told = seen(form, looked_at(HEIC, "IMG_2041.HEIC")).findings
    assert Severity.ERROR not in {finding.severity for finding in told}


def pdf(count: int) -> bytes:
    page = Image.open(io.BytesIO(SCAN)).convert("RGB")
    buffer = io.BytesIO()
    page.save(buffer, "PDF", save_all=True, append_images=[page] * (count - 1), resolution=150)
    return buffer.getvalue()


@pytest.mark.parametrize(("data", "name"), [(pdf(2), "盖章.pdf"), (SCAN, "盖章.jpg")])
def test_a_scan_of_which_no_page_may_be_read_any_more_says_so(data, name):
    file = looked_at(data, name, 0)
    assert (file.problem, file.detail) == ("too-large", "pictures")
    (finding,) = seen(file).findings
    assert finding.code == "file-pages-left-out"
    assert str(OF_ONE_FILE) in tell(finding).fix


def test_a_form_read_from_the_first_pages_is_kept_and_the_rest_is_asked_for():
    form = read_file(papers.statistics("赤峰市科学技术局", {}), "统计表.docx")[0]
    document = replace(form.document, flags=frozenset({"ocr", "pages-left-out"}))
    evidence = seen(replace(form, document=document, kind="pdf"))
    assert len(evidence.pieces) == 1
    assert [(f.code, f.severity) for f in evidence.findings] == [
        ("file-pages-left-out", Severity.ERROR)
    ]
    assert f"{OF_ONE_FILE}页" in tell(evidence.findings[0]).wrong


def test_no_file_uses_up_the_pages_of_a_whole_mail():
    asked: list[int] = []

    class Counting:
        def look(self, _path: object, _name: object, _hash: str, pages: int) -> Look:
            asked.append(pages)
            return Look(Document("pdf", ()), pages=pages)

    files = [File(f"{n}.jpg", hashlib.sha256(b"%d" % n).hexdigest(), 1, "image") for n in range(3)]
    with_eyes(Counting(), "", None, tuple(files))
    assert asked == [OF_ONE_FILE, MAX_PAGES - OF_ONE_FILE, 0]


def test_the_photographs_of_a_whole_event_are_glanced_at():
    assert MAX_FILES >= 60


def test_what_pictures_are_read_with_is_there_or_named(monkeypatch):
    assert ready.lacking() == ""
    monkeypatch.setattr(ready, "FIRST", ("rapidocr", "models/none.onnx"))
    assert ready.lacking() == "rapidocr/models/none.onnx"
    monkeypatch.setattr(ready, "ENGINES", ("no_such_engine",))
    assert ready.lacking() == "no_such_engine"


@pytest.mark.parametrize(("more", "kind"), [(0, "pasted"), (60, "docx")])
def test_a_document_that_is_only_a_pasted_picture_is_told_so(more, kind):
    pasted = docx.Document()
    pasted.add_paragraph("统计表见图" + "字" * more)
    pasted.add_picture(io.BytesIO(SCAN))
    data = io.BytesIO()
    pasted.save(data)
    (finding,) = seen(*read_file(data.getvalue(), "统计表.docx")).findings
    assert (finding.code, finding.details["kind"]) == ("file-unknown", kind)
    assert ("图片" in tell(finding).wrong) is (kind == "pasted")
