"""What strangers put around and between a form's rows, and how two things are asked for at once."""

from __future__ import annotations

import pytest

from rules.reader.pieces import pieces
from rules.reading import Status
from tests.unit.stranger_pages import found, only

PROJECT = """
2023年内蒙古科技活动周活动项目备案表
项目名称|甲|<|<
主办单位|赤峰市科技局|主管部门|无
举办地点|广场|举办时间|5月20日
项目负责人|张三|联系人|李四
地址|玉龙大街|邮政编码|024000
{}|{}|电子邮箱|a@example.cn
活动经费|1万元|拟参加人数|30
项目简介|甲简介|<|<
"""
STATISTICS = """
2023年内蒙古科技活动周情况统计表
填报单位：赤峰市科学技术局
内容|数量|备注
参加单位（个）|45|
参加活动人员（人）|1200|
公众参与（人次）|5600|
资料发放（份、册）|300|
科技咨询（人次）|21|
下乡（次）|22|
农资、物品赠送（折合元）|23|
义诊（人次）|24|
企业技术诊断（项）|25|
宣传展板（块）|26|
科普画廊（米）|27|
开放科普基地（个）|28|
药品赠送（折合元）|29|
培训班（次）|30|
科普直播（场）|3|
"""


@pytest.mark.parametrize(
    ("label", "typed", "phone", "fax"),
    [
        ("电话/传真", "0470-8200000/0470-8200001", "0470-8200000", "0470-8200001"),
        ("电话、传真", "传真0470-8200001，电话0470-8200000", "0470-8200000", "0470-8200001"),
        ("电话/传真", "13900001111/无", "13900001111", "无"),
        ("电话/传真", "0470-8200000", None, None),
        ("电话及传真", "0470-8200000 0470-8200001 0470-8200002", None, None),
        ("联系电话/手机", "0470-8200000/13900001111", "0470-8200000、13900001111", None),
    ],
)
def test_of_numbers_asked_for_together_each_goes_to_its_own_label_or_to_none(
    label, typed, phone, fax
):
    read = found(only(PROJECT.format(label, typed), "2023-neimenggu"))
    assert (read.get("phone"), read.get("fax")) == (phone, fax)


@pytest.mark.parametrize(
    "line",
    [
        "填表人：王小明|联系电话：13900001111|填表日期：2023年6月10日",
        "审核人|李强|0470-8200000",
        "填表人：王小明　审核人：李强　联系电话：13900001111",
        "单位负责人（签字）：李强",
        "制表人|王小明|13900001111",
    ],
)
def test_a_line_of_signatures_is_no_row_added(line):
    reading = only(STATISTICS + line, "2023-neimenggu")
    assert [(row.label, row.value) for row in reading.extra] == [("科普直播", 3)]


@pytest.mark.parametrize("head", ["项目|数量", "指标|数值", "类别|完成情况"])
def test_the_headings_over_a_form_of_pairs_are_no_row_added(head):
    text = f"""
2023年全国科技活动周开展情况统计表
单位：四川省科学技术厅
{head}
举办活动次数|3
承接科技部活动任务个数|2
中央财政经费投入情况（万元）|0
科普专职人员数量|5
科技工作者参与数量|6
招募科技志愿者数量|7
其他人员数量|8
线下活动群众参与数量|9
线上活动群众参与数量|10
参与媒体数量|11
宣传报道数量|12
"""
    assert only(text, "2023-national").extra == ()


def test_a_pair_is_not_made_of_a_signer_s_name_and_the_next_label():
    text = PROJECT.format("联系电话", "13900001111") + "审核人|王五|<|填表时间|6月1日"
    assert only(text, "2023-neimenggu").extra == ()


def test_an_account_in_lines_goes_on_through_its_own_parts():
    text = """
2023年内蒙古科技活动周活动项目备案表
项目名称：科技点亮乡村
主办单位：兴安盟科技局
举办地点：乌兰浩特市
举办时间：5月20日—27日
联系人：李四
拟参加人数：300人
项目简介：科技下乡，
送医送药。
参加人员：农牧民。
填表人：王小明
"""
    read = found(only(text, "2023-neimenggu"))
    assert read["summary"] == "科技下乡，\n送医送药。\n参加人员：农牧民。"


def test_a_sub_value_with_a_column_of_its_own_is_read():
    text = """
2023年内蒙古科技活动周情况统计表
填报单位|参加单位（个）|参加活动人员（人）|其中：科技人员|公众参与（人次）|资料发放（份、册）|科技咨询（人次）|下乡（次）|农资、物品赠送（折合元）|义诊（人次）|企业技术诊断（项）|宣传展板（块）|科普画廊（米）|开放科普基地（个）
乌海市科学技术局|11|1200|120|3400|5600|780|9|10000|56|4|33|40|6
"""
    read = found(only(text, "2023-neimenggu"))
    assert (read["participants"], read["scientists"], read["public"]) == (1200, 120, 3400)


def test_two_names_of_one_field_in_one_label_ask_for_that_field():
    reading = only(PROJECT.format("手机/电话", "13900001111"), "2023-neimenggu")
    assert reading.get("phone").status is Status.FOUND


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("1200人（科技人员300人）", ""),
        ("其中科技人员300人，共1200人", ""),
        ("1200", "含科技人员300人、医务人员100人"),
        ("1200", "其中：//科技人员//300"),
    ],
)
def test_a_sub_value_in_the_number_s_own_cell_leaves_the_number_its_own(typed, remark):
    row = "参加活动人员（人）|1200|"
    text = STATISTICS.replace(row, f"参加活动人员（人）|{typed}|{remark}")
    read = found(only(text, "2023-neimenggu"))
    assert (read["participants"], read["scientists"]) == (1200, 300)


def test_a_sub_value_given_a_row_of_its_own_has_its_number_under_the_heading():
    text = STATISTICS.replace("内容|数量|备注", "内容|单位|数量|备注").replace("|45|", "|个|45|")
    text = text.replace("参加活动人员（人）|1200|", "参加活动人员|人|1200|\n其中：科技人员|人|300|")
    read = found(only(text, "2023-neimenggu"))
    assert (read["participants"], read["scientists"]) == (1200, 300)


@pytest.mark.parametrize(
    "remark", ["300", "其中科技工作者", "科技人员、教师共300人", "科技人员占25%"]
)
def test_a_number_that_is_not_the_sub_value_s_alone_is_not_taken(remark):
    row = "参加活动人员（人）|1200|"
    text = STATISTICS.replace(row, f"参加活动人员（人）|1200|{remark}")
    assert "scientists" not in found(only(text, "2023-neimenggu"))


WHO = "填报人|王秀芳|职务|科员\n办公电话|0476-8330000|手机|13900001601\n单位地址|科技路18号|<|<"


def test_a_table_of_who_fills_it_in_adds_nothing_before_the_form_or_after_it():
    text = PROJECT.format("联系电话", "13900001111")
    after = only(f"{text}填表信息\n{WHO}", "2023-neimenggu")
    assert (found(after)["phone"], after.extra) == ("13900001111", ())
    rows = "举办活动次数|3|<|<\n承接科技部活动任务个数|2|<|<\n科普专职人员数量|5|<|<"
    rows += "\n其他人员数量|6|<|<\n参与媒体数量|7|<|<\n宣传报道数量|8|<|<"
    rows += "\n县级财政经费投入情况|9|<|<"
    title = "2023年全国科技活动周开展情况统计表\n填报单位：辽宁省科技厅"
    before = only(f"{title}\n{WHO}\n{rows}", "2023-national")
    assert (found(before)["reports"], before.extra) == (8, ())


def test_how_to_reach_whoever_signs_is_not_how_to_reach_the_project():
    text = PROJECT.format("联系电话", "") + "填表人：王秀芳    联系电话：13900001301"
    assert "phone" not in found(only(text, "2023-neimenggu"))
    lines = """
2023年内蒙古科技活动周活动项目备案表
项目名称：甲
主办单位：赤峰市科技局
举办地点：广场
举办时间：5月20日
联系人：李四
电话：13900001209
拟参加人数：300人
填表人：王秀芳    联系电话：13900001301
"""
    assert found(only(lines, "2023-neimenggu"))["phone"] == "13900001209"


@pytest.mark.parametrize("typed", ["0470 8200018", "139 0000 1202"])
def test_a_number_with_spaces_under_a_label_of_two_things_is_one_number(typed):
    reading = only(PROJECT.format("联系人电话", typed), "2023-neimenggu")
    digits = str(found(reading)["phone"]).replace("-", "")
    assert digits == typed.replace(" ", "")


@pytest.mark.parametrize("nothing", ["—", "/", "无", "-", "没有", "0"])
def test_nothing_written_behind_a_label_in_its_own_cell_is_nought(nothing):
    text = STATISTICS.replace("下乡（次）|22|", f"下乡（次）：{nothing}||")
    assert found(only(text, "2023-neimenggu"))["village_visits"] == 0


def test_a_group_beside_its_labels_is_neither_a_label_nor_a_row_added():
    text = """
2023年内蒙古科技活动周活动项目备案表
基本信息|项目名称|甲
^|主办单位|赤峰市科技局
^|举办地点|广场
^|举办时间|5月20日
联系方式|项目负责人|张三
^|联系人|李四
^|联系人电话|139 0000 1202
^|电子邮箱|a@example.cn
活动内容|项目简介|甲简介
"""
    reading = only(text, "2023-neimenggu")
    assert (found(reading)["phone"], reading.extra) == ("13900001202", ())


CHOICES = """
2023年科技活动周活动备案表
活动名称|科普报告会|<|<
主办单位|中国仪器仪表学会青年工作委员会|<|<
{}|√科普教育基地 □分支机构 □科技志愿团队//□会员所在单位 □理事单位会员 √地方仪器仪表学会|<|<
举办地点|广场|举办时间|5月20日
活动负责人|张三|联系方式|13900001203
拟参加人数（人）|60|<|<
项目简介|科普展览|<|<
"""


@pytest.mark.parametrize(
    "label", ["拟以学会哪类组织平台名义参与开展和宣传", "组织单位类别（可多选）", "平台"]
)
def test_choices_tell_their_field_whatever_stands_beside_them(label):
    read = only(CHOICES.format(label))
    assert read.get("platform").value == ("科普教育基地", "地方仪器仪表学会")
    assert not read.extra


def project(*rows: str) -> str:
    head = (
        "2023 年内蒙古科技活动周活动项目备案表",
        "项目名称|开放日|<|<",
        "主办单位|赤峰市科技局|主管部门|",
    )
    return "\n".join((*head, *rows, "拟参加人数|200|电子邮箱|a@example.cn"))


def test_a_row_without_a_label_goes_on_with_the_words_or_telephones_over_it():
    text = project(
        "项目负责人|张三|联系人|李四", "|王五||", "联系电话|0471-6281234|传真|", "|13900001234||",
        "项目简介|上午讲座。|<|<", "|下午展览。|<|<", "|晚上观星。|<|<",
    )  # fmt: skip
    read = found(only(text, "2023-neimenggu"))
    assert (read["leader"], read["contact"]) == ("张三\n王五", "李四")
    assert read["phone"] == "0471-6281234、13900001234"
    assert read["summary"] == "上午讲座。\n下午展览。\n晚上观星。"


def test_a_row_without_a_label_adds_no_number_note_or_second_unit():
    text = project(
        "举办地点|体育馆|举办时间|2023年5月20日",
        "|45|<|<",
        "地 址|某街1号|<|<",
        "|注：请填全。|<|<",
    )
    read = found(only(text.replace("主管部门|", "主管部门|\n|某某学会||"), "2023-neimenggu"))
    assert (read["organiser"], read["venue"], read["address"]) == (
        "赤峰市科技局",
        "体育馆",
        "某街1号",
    )


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("填报单位：某局填报日期：6月2日", ["填报单位：某局", "填报日期：6月2日"]),
        ("填报单位：某局（盖章）联系电话：1390", ["填报单位：某局（盖章）", "联系电话：1390"]),
        ("单位负责人：张三填表人：李四", ["单位负责人：张三", "填表人：李四"]),
        ("填报单位负责人：张三 传真：1", ["填报单位负责人：张三", "传真：1"]),
        ("项目名称：开放日 项目联系人：张三", ["项目名称：开放日", "项目联系人：张三"]),
        ("填报单位：某局 办公联系电话：1", ["填报单位：某局", "办公联系电话：1"]),
    ],
)
def test_a_label_begins_where_a_value_left_no_room_before_it(line, parts):
    assert pieces(line) == parts


def test_a_numbered_row_of_words_is_no_row_that_was_added():
    rows = STATISTICS.splitlines()
    table = [f"{n}|{row}" if "|" in row else row for n, row in enumerate(rows)]
    table[3] = "序号|内容|数量|备注"
    more = ["20|科普剧（场）|3|", "21.0|说明|可自行增加相关项目|"]
    added = only("\n".join([*table, *more])).extra
    assert [(extra.label, extra.value) for extra in added] == [("科普直播", 3), ("科普剧", 3)]
