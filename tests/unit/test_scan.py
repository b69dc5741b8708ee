"""Pictures of paper: read where two readings agree, else asked about; photographs stay photographs.

The pictures are drawn (`tests/draw/scans.py`): a scan under a seal, and a sheet on a desk.
"""

from __future__ import annotations

import hashlib
import io
import struct
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps

from bot.reading.child_process import Child
from bot.reading.children import ReadingPool
from bot.reading.looking import Eyes, with_eyes
from parsers.allowance import looking
from parsers.document import Cell, Document, Origin, Paragraph, Place, Table
from parsers.formats import read_document
from parsers.formats.scan.agree import Character, plain, with_marks
from parsers.formats.scan.marks import Mark, find_marks, slant
from parsers.formats.scan.picture import open_pictures
from parsers.formats.scan.reading import _hang, read_strip
from parsers.formats.scan.strips import Area, find_strips
from parsers.mail import File
from parsers.message.files import read_file
from parsers.unreadable import Unreadable
from rules.checks import check_reading
from rules.folder.load import SHIPPED, load_campaigns
from rules.reading import Status
from rules.recognise import read_forms
from templates.findings import tell
from tests.unit.test_mime_files import multipart, part

PICTURES = Path(__file__).with_name("pictures")
SCAN = (PICTURES / "scan-statistics.jpg").read_bytes()
PHOTO = (PICTURES / "photo-project.jpg").read_bytes()
CAMPAIGNS = load_campaigns(SHIPPED)
HOME = next(c for c in CAMPAIGNS if c.id == "2023-neimenggu")
STATISTICS = {
    "reporter": "赤峰市科学技术局", "units": 36, "participants": 1200, "scientists": 130,
    "public": 18500, "leaflets": 12000, "consultations": 860, "village_visits": 24,
    "farm_supplies": 35000, "free_clinics": 0, "diagnoses": 6, "boards": 58, "galleries": 120.5,
    "bases": 9, "medicines": 8600, "courses": 15, "lectures": 11, "films": 0, "messages": 30000,
    "trainees": 1350, "tv_features": 3, "services": 7, "vehicles": 8, "machines": None,
}  # fmt: skip
PROJECT = {
    "name": "“防灾减灾”科普大集", "organiser": "辽宁省仪器仪表学会",
    "platform": ("分支机构", "科技志愿团队"), "venue": "市民广场",
    "period": "2023-05-20/2023-05-23", "leader": "李建华", "contact": "0471-6543210",
    "participants": 800, "summary": "设展板36块，发放资料1,200份。",
}  # fmt: skip


def seen(data: bytes, kind: str = "image") -> Document:
    with looking():
        return read_document(data, kind)


def read(document: Document):
    (found,) = read_forms(document, CAMPAIGNS)
    return found.reading


def event(wide: int = 1600, tall: int = 1200) -> bytes:
    """Return a photograph of no paper: patches of colour, and grain."""
    dice = np.random.default_rng(4)
    patches = cv2.resize(dice.uniform(30, 220, (9, 12, 3)), (wide, tall), interpolation=2)
    grain = np.clip(patches + dice.normal(0, 9, (tall, wide, 3)), 0, 255).astype(np.uint8)
    return saved(Image.fromarray(grain))


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def right_and_wrong(reading) -> None:
    """Hold a reading of the scan to its truth: nothing wrong, and little unread."""
    right = {a.key for a in reading.fields if a.value == STATISTICS[a.key]}
    wrong = [a for a in reading.fields if a.status is Status.FOUND and a.key not in right]
    assert (wrong, len(right) >= 20) == ([], True)


def test_a_scan_under_a_seal_is_read_with_the_places_of_its_cells():
    reading = read(seen(SCAN))
    right_and_wrong(reading)
    assert reading.get("leaflets").place == Place(table=1, row=5, column=2)


def test_a_photograph_of_a_form_is_read_with_its_boxes():
    reading = read(seen(PHOTO))
    read_as = {key: reading.get(key).value for key in PROJECT}
    told = {key for key in PROJECT if reading.get(key).status is Status.UNREADABLE}
    assert {key: value for key, value in PROJECT.items() if key not in told} == {
        key: value for key, value in read_as.items() if key not in told
    }
    assert len(told) <= 1


def test_everything_read_from_a_picture_says_so():
    document = seen(SCAN)
    assert "ocr" in document.flags
    assert {cell.origin for cell in document.tables[0].cells} == {Origin.OCR}


@pytest.mark.parametrize("turned", [3, 6, 8])
def test_a_picture_is_turned_as_its_camera_says(turned):
    tags = Image.Exif()
    tags[0x0112] = turned
    upright = Image.open(io.BytesIO(SCAN))
    back = {3: 180, 6: 90, 8: 270}[turned]
    data = saved(upright.rotate(back, expand=True), quality=80, exif=tags)
    assert ImageOps.exif_transpose(Image.open(io.BytesIO(data))).size == upright.size
    right_and_wrong(read(seen(data)))


def test_a_sheet_scanned_upside_down_is_read():
    data = saved(Image.open(io.BytesIO(SCAN)).rotate(180), quality=80)
    right_and_wrong(read(seen(data)))


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "WEBP", "GIF"])
def test_other_formats_of_pictures_are_opened(kind):
    with looking(0), pytest.raises(Unreadable) as refusal:
        read_document(saved(Image.open(io.BytesIO(SCAN)), kind), "image")
    assert (refusal.value.problem, refusal.value.detail) == ("too-large", "pictures")


@pytest.mark.parametrize(("dots", "high"), [((204, 98), 1249), ((204, 196), 600), ((300, 1), 600)])
def test_a_fax_is_as_high_as_its_dots_to_the_inch_say(dots, high):
    (picture,) = open_pictures(saved(Image.new("1", (900, 600), 1), "TIFF", dpi=dots))
    assert picture.shape[:2] == (high, 900)


def test_a_photograph_of_the_event_has_no_document_and_no_problem():
    with looking():
        (file,) = read_file(event(), "现场.jpg")
    assert (file.kind, file.document, file.problem) == ("image", None, None)


def test_a_small_picture_is_never_looked_at():
    with looking(0), pytest.raises(Unreadable) as refusal:
        read_document(saved(Image.new("RGB", (300, 120), "white"), "PNG"), "image")
    assert refusal.value.problem == "no-table"


def test_outside_the_process_that_looks_a_picture_stays_a_picture():
    (file,) = read_file(SCAN, "统计表.jpg")
    assert (file.kind, file.document, file.problem) == ("image", None, None)


def test_a_picture_of_625_million_pixels_is_refused_before_it_is_unpacked():
    head = struct.pack(">IIBBBBB", 25_000, 25_000, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    with pytest.raises(Unreadable) as refusal:
        seen(data)
    assert (refusal.value.problem, refusal.value.detail) == ("too-large", "pixels")


@pytest.mark.parametrize("cut", [40, 700, 20_000])
def test_a_picture_cut_off_is_damaged_or_read_but_no_fault(cut):
    with looking(0), pytest.raises(Unreadable) as refusal:
        read_document(SCAN[:cut], "image")
    assert refusal.value.problem in {"damaged", "too-large", "no-table"}


def test_a_scanned_pdf_is_read_and_says_when_pages_are_left_out():
    page = Image.open(io.BytesIO(SCAN)).convert("RGB")
    data = saved(page, "PDF", save_all=True, append_images=[page], resolution=150)
    with looking(1):
        document = read_document(data, "pdf")
    assert document.flags == {"scanned-pages", "ocr", "pages-left-out"}
    assert read(document).get("leaflets").value == 12000
    with pytest.raises(Unreadable):
        read_document(data, "pdf")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("参加单位（个）", "参加单位(个)"),
        ("5月20日一5月27日", "5月20日—5月27日"),
        ("“航天”", '"航天"'),
        ("１２００", "1200"),
        ("內蒙古", "内蒙古"),
    ],
)
def test_two_readings_agree_in_whatever_width_they_write_a_mark(one, other):
    assert plain(characters(one)) == plain(characters(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("8,432", "8.432"), ("7", "1"), ("一百", "-百"), ("120", "1200"), ("0", "O")],
)
def test_two_readings_that_say_different_values_do_not_agree(one, other):
    assert plain(characters(one)) != plain(characters(other))


def characters(text: str) -> list[Character]:
    return [Character(char, 10.0 * number, 1.0) for number, char in enumerate(text)]


def box(inside: str = "") -> np.ndarray:
    ink = np.zeros((40, 40), np.uint8)
    cv2.rectangle(ink, (5, 5), (33, 33), 1, 2)
    if inside == "tick":
        cv2.polylines(
            ink, [np.array([(10, 18), (17, 27), (28, 10)])], isClosed=False, color=1, thickness=3
        )
    if inside == "dirt":
        ink[15:19, 15:19] = 1
    return ink


@pytest.mark.parametrize(("inside", "text"), [("", "□"), ("tick", "☑"), ("dirt", "")])
def test_a_box_is_empty_or_ticked_by_its_pixels_and_unsure_between(inside, text):
    assert [mark.text for mark in find_marks(box(inside), 34)] == [text]


def test_a_box_lost_by_both_readings_is_put_back_where_there_is_room_for_it():
    read_as = [Character("线", 60.0, 1.0), Character("下", 90.0, 1.0)]
    assert plain(with_marks(read_as, [Mark(5, 33, "☑")])) == "☑线下"
    assert plain(with_marks(read_as, [Mark(50, 78, "□")])) == "线下"


def strokes(*points: tuple[int, int]) -> np.ndarray:
    ink = np.zeros((40, 40), np.uint8)
    cv2.polylines(ink, [np.array(points)], isClosed=False, color=1, thickness=2)
    return ink


def test_a_slash_leans_and_a_one_does_not():
    assert slant(strokes((12, 35), (26, 3))) > 0.3
    assert abs(slant(strokes((20, 35), (20, 3)))) < 0.1
    assert abs(slant(strokes((8, 5), (28, 5), (16, 36)))) < 0.1  # a seven


def test_a_comma_hangs_below_the_digits_and_a_point_does_not():
    ink = np.zeros((40, 60), np.uint8)
    ink[5:30, 4:16] = ink[5:30, 40:52] = 1
    ink[27:30, 26:29] = 1
    assert _hang(ink, [10, 27, 46]) == 0
    ink[30:35, 25:27] = 1
    assert _hang(ink, [10, 27, 46]) == pytest.approx(0.2)


def test_ink_that_nobody_can_read_is_not_taken_for_an_empty_cell():
    page = np.full((60, 200), 255, np.uint8)
    dice = np.random.default_rng(1)
    page[20:44, 60:110] = np.where(dice.random((24, 50)) < 0.5, 0, 255)
    (strip, *_), _ = find_strips(page, Area(0, 0, 200, 60), 30)
    assert not read_strip(page, strip, 30).sure
    assert find_strips(np.full((60, 200), 255, np.uint8), Area(0, 0, 200, 60), 30) == ([], False)


def paper(change=lambda cell: cell) -> Document:
    """Return what a parser makes of a sure picture of a form, cells changed."""
    document = seen_once()
    table = document.tables[0]
    cells = tuple(change(replace(cell, flags=frozenset())) for cell in table.cells)
    blocks = (*document.paragraphs, Table(1, cells))
    return Document("image", tuple(plain_paragraph(b) for b in blocks), document.flags)


def plain_paragraph(block: Paragraph | Table) -> Paragraph | Table:
    return replace(block, flags=frozenset()) if isinstance(block, Paragraph) else block


_ONCE: list[Document] = []


def seen_once() -> Document:
    if not _ONCE:
        _ONCE.append(seen(SCAN))
    return _ONCE[0]


def at(row: int, column: int, **changes: object):
    def change(cell: Cell) -> Cell:
        here = (cell.row, cell.column) == (row, column)
        return replace(cell, **changes) if here else cell

    return change


@pytest.mark.parametrize("flag", ["readings-disagree", "unread-ink"])
def test_a_value_that_is_not_sure_is_unreadable_with_its_place(flag):
    answer = read(paper(at(5, 2, flags=frozenset({flag})))).get("leaflets")
    assert (answer.status, answer.value, answer.notes) == (Status.UNREADABLE, None, ("scan",))
    assert str(answer.place) == "表1 第5行第2列"


def test_rows_that_a_picture_does_not_show_are_told_apart_from_those_that_are_not_clear():
    whole = paper(at(5, 2, flags=frozenset({"readings-disagree"})))
    cells = tuple(cell for cell in whole.tables[0].cells if cell.row < 20)
    reading = read(replace(whole, blocks=(*whole.paragraphs, Table(1, cells))))
    assert reading.get("leaflets").notes == ("scan",)
    cut = reading.get("machines")
    assert (cut.status, cut.notes) == (Status.UNREADABLE, ("scan", "not-seen"))
    told = check_reading(reading, HOME.forms["statistics"], HOME.file)
    (wrong,) = {tell(finding).wrong for finding in told if finding.field == "machines"}
    assert "没有看到这一栏" in wrong


def test_an_empty_cell_with_unread_ink_is_not_missing():
    change = at(23, 2, text="", flags=frozenset({"unread-ink"}))
    assert read(paper(change)).get("machines").status is Status.UNREADABLE


def test_a_value_that_spans_more_rows_than_its_label_is_no_value():
    answer = read(paper(at(5, 2, row_span=2))).get("leaflets")
    assert answer.status in {Status.UNREADABLE, Status.AMBIGUOUS}


def test_rows_between_which_no_line_was_seen_are_unread_and_not_empty():
    cells = {(c.row, c.column): c for c in paper().tables[0].cells}
    both = f"{cells[5, 1].text}\n{cells[6, 1].text}"

    def merged(cell: Cell) -> Cell:
        gone = {"text": "", "row": 99, "place": Place(table=1, row=99, column=cell.column)}
        changes = {(5, 1): {"text": both, "row_span": 2}, (5, 2): {"text": "", "row_span": 2}}
        return replace(
            cell, **(gone if cell.row == 6 else changes.get((cell.row, cell.column), {}))
        )

    reading = read(paper(merged))
    told = [reading.get(key).status for key in ("leaflets", "consultations")]
    assert told == [Status.UNREADABLE] * 2


def test_where_few_labels_of_the_form_stand_the_grid_proves_nothing():
    def change(cell: Cell) -> Cell:
        return replace(cell, text="某项") if cell.column == 1 and cell.row > 9 else cell

    found = read_forms(paper(change), CAMPAIGNS)
    values = [a for f in found for a in f.reading.fields if a.status is Status.FOUND]
    assert values == []


@pytest.mark.parametrize(
    ("lost", "status"),
    [("☑分支机构", Status.UNREADABLE), ("□☑", Status.MISSING)],
    ids=["one box was lost", "none was printed"],
)
def test_a_choice_is_read_only_where_all_boxes_are_there_and_asked_for_where_none_is(lost, status):
    document = seen(PHOTO)
    table = document.tables[0]
    gone = (lost,) if len(lost) > 2 else tuple(lost)
    cells = list(table.cells)
    for box in gone:
        cells = [replace(c, text=c.text.replace(box, box[1:]), flags=frozenset()) for c in cells]
    known = Document("image", (*document.paragraphs, Table(1, tuple(cells))), document.flags)
    assert read(known).get("platform").status is status


MAIL = multipart(
    part(SCAN, b"Content-Type: image/jpeg; name=form.jpg"),
    part(event(), b"Content-Type: image/jpeg; name=event.jpg"),
)


def test_pictures_of_a_mail_are_looked_at_in_a_process_of_their_own(tmp_path):
    path = tmp_path / "mail.eml"
    path.write_bytes(MAIL)
    with ReadingPool(1) as pool:
        mail = pool.read(path)
    form, photo = mail.files
    assert read(form.document).get("leaflets").value == 12000
    assert (photo.document, photo.problem) == (None, None)


BLIND = """
import os
from parsers import child
child.main({**child.OPERATIONS, "look": lambda request: os.abort()})
"""


def test_eyes_that_fail_leave_the_picture_as_it_was(tmp_path):
    script = tmp_path / "blind.py"
    script.write_text(BLIND, encoding="utf-8")
    path = tmp_path / "a.jpg"
    path.write_bytes(SCAN)
    eyes = Eyes((sys.executable, str(script), "512", "eyes"))
    file = File("a.jpg", "0" * 64, len(SCAN), "image")
    (left,) = with_eyes(eyes, path, "a.jpg", (file,))
    eyes.close()
    assert (left.document, left.problem) == (None, None)
    assert left.detail.startswith("image: died")


def test_a_logo_in_a_signature_is_not_looked_at(tmp_path):
    class Open(Eyes):
        def look(self, *_: object):
            raise AssertionError("looked at")

    logo = File("logo.png", "0" * 64, 1, "image", inline=True)
    assert with_eyes(Open(()), tmp_path, None, (logo,)) == (logo,)


def test_the_process_that_looks_stays_within_its_memory_and_needs_no_network(tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(PHOTO)
    command = (sys.executable, "-m", "parsers.child", "512", "eyes")
    child = Child(command)
    request = {"op": "look", "path": str(path), "name": "a.jpg", "pages": 2}
    request["sha256"] = hashlib.sha256(PHOTO).hexdigest()
    kind, _ = child.ask(request, 120)
    _, peak = child.ask({"op": "peak"}, 10)
    child.end()
    assert kind == b"J"
    assert float(peak) < 512
