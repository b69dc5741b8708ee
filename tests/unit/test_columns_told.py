"""A letter tells a number of a table with several columns with its column, and shows any form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from parsers.formats import read_document
from rules.campaign import Campaign, CampaignFile, Requirement
from rules.finding import Finding, Severity
from rules.form import Form, FormField, FormTable, Where
from rules.learn import learn
from rules.roster import Roster, Unit
from templates.findings import tell
from templates.previews import preview
from templates.words import in_group
from tests.unit.learn_tables import MONTHLY, TEACHERS, workbook
from tests.unit.typed_blanks import as_xlsx


def cell(key: str, label: str, column: str, unit: str | None = None) -> FormField:
    return FormField(key=key, label=label, unit=unit, where=Where.COLUMN, column=column)


def table(*fields: FormField) -> Form:
    others = ("门诊", "床位数（张）")
    shown = FormTable(label="指标", value="合计", others=others)
    return Form(id="f", title="表", blank="f.docx", fields=fields, table=shown)


def test_a_label_under_several_headings_is_told_with_its_own():
    fields = (cell("a", "人次", "合计"), cell("b", "人次", "门诊"), cell("c", "经费", "合计"))
    form = table(*fields)
    assert [in_group(field, field.label) for field in form.fields] == [
        "人次·合计",
        "人次·门诊",
        "经费",
    ]
    wrong = Finding("required", Severity.ERROR, field="b", label="人次")
    assert tell(wrong, form).where == "「人次·门诊」"


@pytest.mark.parametrize("letter", ["receipt", "correction", "reminder"])
@pytest.mark.parametrize("blank", ["monthly", "teachers"])
def test_letters_show_a_form_that_was_learned(letter, blank):
    data = workbook(MONTHLY, ("A1:D1",)) if blank == "monthly" else as_xlsx(TEACHERS, typed=False)
    form = learn(read_document(data, "xlsx"), "form").form
    due = Requirement(key="form", title="表", due=date(2025, 6, 16), form="form")
    file = CampaignFile(id="x", title="月报", mailboxes=("a@example.cn",), requirements=(due,))
    units = Roster((Unit("u1", "心内科", addresses=("u@example.cn",)),))
    shown = preview(letter, Campaign(file, {"form": form}, units, {"form": b""}, Path()))
    if letter == "receipt" and blank == "monthly":
        assert "诊疗人次·门诊：" in shown.text


def test_a_form_with_one_number_is_shown():
    field = FormField(key="hours", label="课时数", type="count", unit="节")
    form = Form(id="form", title="表", blank="f.docx", fields=(field,))
    due = Requirement(key="form", title="表", due=date(2025, 6, 16), form="form")
    file = CampaignFile(id="x", title="月报", mailboxes=("a@example.cn",), requirements=(due,))
    units = Roster((Unit("u1", "心内科", addresses=("u@example.cn",)),))
    shown = preview("receipt", Campaign(file, {"form": form}, units, {"form": b""}, Path()))
    assert "课时数" in shown.text
