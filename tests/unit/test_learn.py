"""A blank's proposal, unedited, loads beside the blank and reads a filled copy fully."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from parsers.document import Document, Paragraph, Place
from parsers.formats import read_document
from parsers.writing.filling import Entry, fill_docx
from rules.campaign import Campaign, CampaignFile, Requirement
from rules.folder.form import load_form
from rules.form import FieldType, Form, Where
from rules.labels import read_label
from rules.learn import DraftForm, learn, write_form
from rules.learn.trial import answers
from rules.learn.types import guess
from rules.reading import Reading, Status
from rules.recognise import read_forms
from rules.roster import Roster
from templates.drafts import say
from tests.unit.learn_blanks import BLANKS

SHIPPED = Path(__file__).parents[2] / "rules/campaigns"
FORMS = {
    **{f"{path.parts[-3]}-{path.stem}": path.read_bytes for path in SHIPPED.glob("*/forms/*.docx")},
    **BLANKS,
}


def learned(name: str) -> DraftForm:
    return learn(read_document(FORMS[name](), "docx"), "form")


def loaded(name: str, folder: Path) -> Form:
    """Write the proposal and the blank as `shoubiao learn` does, and load them."""
    (folder / "form.yaml").write_text(write_form(learned(name), say, "a blank"), encoding="utf-8")
    (folder / "form.docx").write_bytes(FORMS[name]())
    entry = load_form(folder / "form.yaml")
    assert [str(problem) for problem in entry.problems] == []
    assert entry.form is not None
    return entry.form


def campaign(form: Form, blank: bytes) -> Campaign:
    due = Requirement(key="form", title="表", due=date(2024, 6, 15), form="form")
    file = CampaignFile(id="learned", title="learned", requirements=(due,))
    return Campaign(file, {"form": form}, Roster(()), {"form": blank}, Path())


def filled(name: str, form: Form) -> Reading:
    """Fill a real copy of the blank by hand, so to say: answers written where it asks."""
    entry, data = campaign(form, FORMS[name]()), FORMS[name]()
    blank = read_document(data, "docx")
    places = {one.key: one.place for one in read_forms(blank, (entry,))[0].reading.fields}
    texts = answers(blank, form, places)
    copy = fill_docx(data, [Entry(place, text) for place, text in texts.items()])
    found = read_forms(read_document(copy, "docx"), (entry,))
    assert len(found) == 1
    return found[0].reading


def by_label(draft: DraftForm) -> dict[str, tuple[FieldType, str | None]]:
    return {field.label: (field.type, field.unit) for field in draft.form.fields}


@pytest.mark.parametrize("name", FORMS)
def test_the_proposal_reads_every_field_of_a_filled_copy(name, tmp_path):
    form = loaded(name, tmp_path)
    reading = filled(name, form)
    unread = {one.label: (one.status, one.raw) for one in reading.fields if one.status != "found"}
    assert unread == {}
    assert len(reading.fields) >= 3


@pytest.mark.parametrize("name", FORMS)
def test_the_proposal_reads_the_blank_itself_as_blank(name, tmp_path):
    form = loaded(name, tmp_path)
    entry = campaign(form, FORMS[name]())
    found = read_forms(read_document(FORMS[name](), "docx"), (entry,))
    stated = [one for one in found[0].reading.fields if one.status is not Status.MISSING]
    assert [(one.label, one.raw) for one in stated] == []


@pytest.mark.parametrize("name", sorted(FORMS.keys() - BLANKS.keys()))
def test_the_proposal_has_every_label_a_person_put_into_a_shipped_form(name):
    campaign_id, _, form_id = name.rpartition("-")
    shipped = load_form(SHIPPED / campaign_id / "forms" / f"{form_id}.yaml").form
    assert shipped is not None
    proposed = {read_label(field.label).plain: field for field in learned(name).form.fields}
    asked = {read_label(field.label).plain: field for field in shipped.fields}
    assert asked.keys() <= proposed.keys()
    units = {label: field.unit for label, field in asked.items() if field.where is Where.COLUMN}
    assert units == {label: proposed[label].unit for label in units}


def test_merged_labels_become_groups_and_their_unit_that_of_their_rows():
    fields = {field.label: field for field in learned("sixian-statistics").form.fields}
    money = fields["企业赞助经费情况"]
    assert (money.type, money.unit, money.group) == (
        FieldType.MONEY, "万元", "活动经费投入数量（单位：万元）",
    )  # fmt: skip
    assert fields["参与媒体数量"].type is FieldType.COUNT
    assert fields["活动周期间开放活动的大学数量"].group is None


def test_a_title_over_two_lines_is_one_title():
    assert learned("sixian-statistics").form.title == "2023年全县科技活动周开展情况统计表"
    assert learned("indicators").form.title == "2024年全省科普活动基本情况汇总表"


def test_boxes_become_choices_and_the_line_to_explain_none():
    field = next(f for f in learned("cis-registration").form.fields if f.choices)
    assert field.many
    assert field.choices[:3] == ("科普教育基地", "分支机构", "科技志愿团队")
    assert field.choices[-1] == "与本学会相关的其他组织或科技工作者"
    assert "个人会员所在单位" in field.choices


def test_boxes_under_a_question_belong_to_it():
    field = next(f for f in learned("cis-statistics").form.fields if f.choices)
    assert field.label == "组织活动单位是中国仪器仪表学会"
    assert field.choices[3:5] == ("地方仪器仪表学会", "会员所在单位")


def test_two_opposite_boxes_ask_for_one():
    field = next(f for f in learned("enrolment").form.fields if f.label == "性别")
    assert (field.choices, field.many) == (("男", "女"), False)


def test_words_of_a_label_tell_its_type():
    kinds = by_label(learned("enrolment"))
    assert kinds["手机号码"][0] is FieldType.PHONE
    assert kinds["电子邮箱"][0] is FieldType.EMAIL
    assert kinds["填表日期"][0] is FieldType.DATE
    assert kinds["出生年月"][0] is FieldType.TEXT


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("负责人及电话", FieldType.TEXT),
        ("联系人、手机：", FieldType.TEXT),
        ("填表人（签字）/联系电话", FieldType.TEXT),
        ("通讯地址和联系方式", FieldType.TEXT),
        ("负责人电话", FieldType.PHONE),
        ("办公电话/手机", FieldType.PHONE),
        ("电话及传真", FieldType.PHONE),
    ],
)
def test_a_label_that_asks_for_more_than_a_number_gets_all_that_is_written(label, kind):
    assert guess(label, "", None, None).type is kind


def test_units_in_a_column_of_their_own_are_taken_and_serial_numbers_left():
    kinds = by_label(learned("indicators"))
    assert kinds["举办科普讲座"] == (FieldType.COUNT, "场")
    assert kinds["投入经费"] == (FieldType.MONEY, "万元")
    assert kinds["展览面积"] == (FieldType.NUMBER, "平方米")
    assert learned("indicators").form.table is not None


def test_a_part_is_checked_against_its_whole_and_nothing_else_is_checked():
    draft = learned("indicators")
    keys = {field.label: field.key for field in draft.form.fields}
    limits = {
        (check.field, check.limit) for check in draft.form.checks if check.check == "not-above"
    }
    assert limits == {
        (keys["青少年"], keys["参加人数"]),
        (keys["其中：线上参加人数"], keys["参加人数"]),
    }
    assert len(draft.form.checks) == 2
    assert learned("enrolment").form.checks == ()


def test_a_note_that_allows_rows_and_rows_left_empty_say_that_rows_may_be_added():
    table = learned("2023-neimenggu-statistics").form.table
    assert table is not None
    assert (table.extra_rows, table.end) == (True, ("说明",))
    assert learned("indicators").form.table.extra_rows


def test_a_list_of_persons_is_said_to_be_read_in_its_first_row_only():
    draft = learned("roll-of-names")
    assert [field.label for field in draft.form.fields][:2] == ["推荐单位", "姓名"]
    assert "rows-repeat" in {doubt.code for doubt in draft.doubts}


def test_one_label_under_two_headings_is_two_fields():
    fields = [f for f in learned("two-values").form.fields if f.label == "研发人员"]
    assert [field.column for field in fields] == ["2023年", "2024年"]


def test_a_unit_stated_over_the_table_is_that_of_its_money():
    kinds = {f.label: f.unit for f in learned("two-values").form.fields}
    assert (kinds["研发经费支出"], kinds["企业名称"]) == ("万元", None)


def test_money_without_a_unit_is_said_and_not_guessed():
    draft = learned("2023-neimenggu-project")
    budget = next(field for field in draft.form.fields if field.label == "活动经费")
    assert budget.unit is None
    assert "money-without-unit" in {doubt.code for doubt in draft.doubts_about(budget.key)}


def test_a_seal_does_not_make_the_unit_optional():
    fields = {field.label: field for field in learned("taiyuan-statistics").form.fields}
    assert fields["填报单位"].required
    assert fields["其他人员数量"].required


def test_every_blank_says_which_label_names_the_unit():
    named = {name: learned(name).form.unit_field for name in BLANKS}
    assert None not in named.values()


def test_a_document_that_asks_for_nothing_says_so():
    text = Document("text", (Paragraph("会议很成功。", Place(paragraph=1)),))
    draft = learn(text, "form")
    assert draft.form.fields == ()
    assert {"no-title", "no-fields"} <= {doubt.code for doubt in draft.doubts}
    assert learn(Document("text", ()), "form").form.fields == ()


@pytest.mark.parametrize("name", FORMS)
def test_the_yaml_says_each_doubt_beside_its_field(name):
    draft = learned(name)
    text = write_form(draft, say, "blank\nid: evil")
    assert text.count("# ? ") == len(draft.doubts)
    assert "blank id: evil" in text.splitlines()[0]
