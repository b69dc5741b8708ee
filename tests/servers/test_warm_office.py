"""Old files that come in numbers share a LibreOffice, which harms none and does not stay."""

from __future__ import annotations

import signal
from pathlib import Path

import psutil
import pytest

from bot.reading import warm
from bot.reading.converting import NotConverted, convert, missing
from bot.reading.warm import WarmOffice
from parsers.converted import read_converted
from parsers.legacy import LEGACIES
from tests.unit.legacy_files import excel_4, word_95

DOC, XLS = LEGACIES["doc"], LEGACIES["xls"]
pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))


@pytest.fixture(scope="module")
def office():
    office = WarmOffice()
    yield office
    office.close()


def words(number):
    return word_95(["情况统计表"], [("参加活动人员", str(number))])


def said(made):
    return [cell.text for cell in read_converted(made, "odt").tables[0].cells]


def test_a_single_file_keeps_nothing_running_and_those_after_it_share_one_process(office):
    assert said(office.convert(words(1), DOC)) == ["参加活动人员", "1"]
    assert office._kept is None
    for number in (2, 3):
        assert said(office.convert(words(number), DOC)) == ["参加活动人员", str(number)]
    assert office._kept.files == 2
    sheet = excel_4([("内容", 12.0)])
    cells = read_converted(office.convert(sheet, XLS), "ods").tables[0].cells
    assert [cell.text for cell in cells] == ["内容", "12"]
    assert office._kept.files == 3


def test_what_is_kept_has_no_network(office):
    kept = psutil.Process(office._kept._process.pid)
    inner = [child for child in kept.children(recursive=True) if "soffice" in child.name()]
    ours = Path("/proc/self/ns/net").readlink()
    assert inner
    assert all(Path(f"/proc/{one.pid}/ns/net").readlink() != ours for one in inner)


def test_a_file_it_cannot_open_is_tried_by_itself_and_the_next_one_has_another_process(office):
    with pytest.raises(NotConverted, match="could not read"):
        office.convert(words(1)[:1000], DOC)
    assert office._kept is None
    assert said(office.convert(words(4), DOC)) == ["参加活动人员", "4"]
    assert office._kept.files == 1


def test_one_that_is_killed_costs_no_file_and_leaves_nothing(office):
    (pipe,) = office._kept._pipes()
    house = office._kept._house
    psutil.Process(office._kept._process.pid).send_signal(signal.SIGKILL)
    assert said(office.convert(words(5), DOC)) == ["参加活动人员", "5"]
    office.close()
    assert office._kept is None
    assert not house.exists()
    assert pipe.is_relative_to("/tmp")


def test_after_some_files_it_makes_room_for_a_fresh_one(monkeypatch):
    class Kept:
        made = 0

        def __init__(self):
            Kept.made, self.files = Kept.made + 1, 0

        def alive(self):
            return True

        def convert(self, _data, _how):
            self.files += 1
            return b"made"

        def end(self):
            pass

    monkeypatch.setattr(warm, "_Kept", Kept)
    monkeypatch.setattr(warm, "convert", lambda *_: b"alone")
    office = WarmOffice()
    got = [office.convert(b"", DOC) for _ in range(2 * warm.MOST + 2)]
    office.close()
    assert got == [b"alone", *[b"made"] * (2 * warm.MOST + 1)]
    assert Kept.made == 3


def test_it_gives_the_same_as_a_process_of_its_own(office):
    office.convert(words(6), DOC)
    assert said(office.convert(words(7), DOC)) == said(convert(words(7), DOC))
