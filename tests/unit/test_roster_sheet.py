"""A roster as the bot writes one: what a clerk edits, and what comes back."""

from __future__ import annotations

import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from rules.campaign import Requirement
from rules.folder import load
from rules.roster import Roster, Unit
from rules.rosters.headings import HEADINGS
from rules.rosters.load import read_sheet
from rules.rosters.sheet import write_roster
from templates import words
from templates.rosters import roster_words

OWED = (
    Requirement(key="project", title="重点项目备案表", due=date(2023, 5, 12), form="project"),
    Requirement(key="media", title="照片、视频", due=date(2023, 6, 15), photos=True),
)
CHIFENG = Unit(
    "chifeng",
    "赤峰市科学技术局",
    ("赤峰科技局", "赤科局"),
    "自治区科技厅",
    "盟市",
    "刘思雨",
    ("a@example.cn", "b@example.cn"),
    "13900000001",
    ("project", "media"),
    ("media",),
    {"project": date(2023, 6, 1)},
    "=1+1",
)


def written(*units, own=None):
    return write_roster(Roster(units), OWED, roster_words(), own)


def sheet_of(data):
    return load_workbook(io.BytesIO(data)).worksheets[0]


def test_what_is_written_reads_back_as_the_same_roster():
    read = read_sheet(written(CHIFENG), OWED)
    assert (read.roster.units, read.errors) == ((CHIFENG,), ())


def test_every_heading_says_in_its_note_what_to_write_there():
    head = sheet_of(written(CHIFENG))[1]
    assert [cell.value for cell in head] == list(HEADINGS)
    notes = words.load("roster.yaml")["notes"]
    assert set(notes) == set(HEADINGS)
    assert [cell.comment.text for cell in head] == [notes[cell.value] for cell in head]


def test_requirements_parents_and_categories_are_offered_in_lists():
    book = load_workbook(io.BytesIO(written(CHIFENG)))
    lists = {str(one.sqref): one for one in book.worksheets[0].data_validations.dataValidation}
    assert set(lists) == {"C2:C2000", "D2:D2000", "H2:H2000", "I2:I2000"}
    assert all(not one.showErrorMessage for one in lists.values())
    options = book.worksheets[1]
    assert options.sheet_state == "hidden"
    columns = {column[0].value: [c.value for c in column[1:]] for column in options.columns}
    assert columns["应报材料"] == ["重点项目备案表", "media"]  # its title would read as two
    assert columns["上级"] == ["自治区科技厅", "赤峰市科学技术局"]


def test_a_number_typed_below_the_last_row_stays_text():
    sheet = sheet_of(written(CHIFENG))
    assert sheet.column_dimensions["G"].number_format == "@"
    assert sheet.freeze_panes == "B2"
    assert sheet["G2"].number_format == "@"


def test_columns_of_the_admins_own_are_kept():
    own = {"邮编": {"chifeng": "024000"}}
    read = read_sheet(written(CHIFENG, own=own), OWED)
    assert (read.own, read.problems) == (own, ())


def test_every_shipped_roster_is_as_the_bot_writes_it():
    for campaign in load.load_campaigns(load.SHIPPED):
        data = (campaign.folder / "roster.xlsx").read_bytes()
        requirements = campaign.file.requirements
        assert data == write_roster(campaign.roster, requirements, roster_words()), campaign.id


NAMES = st.text("赤峰市科学技术局一二三abc（）", min_size=3, max_size=12)


@settings(max_examples=25)
@given(
    NAMES,
    st.lists(st.sampled_from(["甲局", "乙局", "=丙"]), unique=True),
    st.dictionaries(st.sampled_from(["project", "media"]), st.dates(date(2023, 7, 1))),
    st.sets(st.sampled_from(["project", "media"])),
)
def test_any_extension_and_exemption_survives_being_written(name, aliases, days, owed):
    owes = tuple(r.key for r in OWED if r.key in owed)
    one = Unit("x", name, tuple(aliases), addresses=("a@example.cn",), owes=owes, extended=days)
    assert read_sheet(written(one), OWED).roster.units == (one,)
