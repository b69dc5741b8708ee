"""Blanks as texts, beside what people type into them: `blank=>typed`, `<` and `^` merge cells."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import openpyxl

if TYPE_CHECKING:
    from docx.table import Table

Row = tuple[str, ...]
Part = str | tuple[Row, ...]  # a paragraph, or a table
TITLE_WIDTH = 5


def shown(text: str, *, typed: bool) -> str:
    """Return what stands there before, or after somebody has filled it in."""
    blank, arrow, answer = text.partition("=>")
    return answer if arrow and typed else blank


def as_docx(parts: tuple[Part, ...], *, typed: bool) -> bytes:
    page = docx.Document()
    for part in parts:
        if isinstance(part, str):
            page.add_paragraph(shown(part, typed=typed))
        else:
            width = max(map(len, part))
            table = page.add_table(len(part), width, style="Table Grid")
            _fill(table, [(*row, *["<"] * (width - len(row))) for row in part], typed=typed)
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


def _fill(table: Table, rows: list[Row], *, typed: bool) -> None:
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            beside = {"<": (r, c - 1), "^": (r - 1, c)}.get(text)
            owner[r, c] = owner[beside] if beside else (r, c)
    for first in dict.fromkeys(owner.values()):
        last = max(place for place, own in owner.items() if own == first)
        cell = table.cell(*first)
        cell = cell if last == first else cell.merge(table.cell(*last))
        cell.text = shown(rows[first[0]][first[1]], typed=typed)


def as_xlsx(rows: tuple[Row, ...], *, typed: bool) -> bytes:
    """Write a sheet whose first row is a title merged over the columns."""
    book = openpyxl.Workbook()
    sheet = book.active
    for r, row in enumerate(rows, start=1):
        for c, text in enumerate(row, start=1):
            said = shown(text, typed=typed)
            if said:
                sheet.cell(r, c).value = float(said) if said.isdigit() and "=>" in text else said
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=TITLE_WIDTH)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


DOCX: dict[str, tuple[Part, ...]] = {
    "headings-over-headings": (
        "2025年社区教育情况统计表",
        "填报单位：=>填报单位：东湖街道",
        (
            ("序号", "社区名称", "举办培训", "<", "参加人数", "<"),
            ("^", "^", "线上（场）", "线下（场）", "线上（人次）", "线下（人次）"),
            ("1", "=>团结社区", "=>3", "=>5", "=>120", "=>260"),
            ("2", "=>光明社区", "=>1", "=>2", "=>40", "=>88"),
            ("合计", "<", "=>4", "=>7", "=>160", "=>348"),
        ),
    ),
    "years-over-plan-and-fact": (
        "企业经营情况表",
        "企业名称：=>企业名称：宏达机械有限公司",
        (
            ("指标名称", "计量单位", "代码", "2024年", "<", "2025年", "<"),
            ("^", "^", "^", "计划", "实际", "计划", "实际"),
            ("营业收入", "万元", "01", "=>1200", "=>1180.5", "=>1300", "=>1299"),
            ("从业人员", "人", "02", "=>56", "=>55", "=>60", "=>58"),
        ),
    ),
    "title-and-two-sides-in-the-table": (
        (
            ("2025年度科普经费决算表", "<", "<", "<"),
            ("单位名称", "=>北岭县科协", "填表日期", "=>2025.12.31"),
            ("收入（万元）", "<", "支出（万元）", "<"),
            ("财政拨款", "=>30", "活动费", "=>22.5"),
            ("社会捐赠", "=>2", "印刷费", "=>6"),
            ("合计", "=>32", "合计", "=>28.5"),
        ),
    ),
    "two-persons-of-one-kind": (
        (
            ("科普教育基地申报书", "<", "<", "<", "<"),
            ("基地名称", "=>湿地公园科普馆", "<", "所属领域", "=>生态"),
            ("负责人", "姓名", "=>韩冬", "电话", "=>13900007777"),
            ("^", "职务", "=>主任", "邮箱", "=>hd@example.cn"),
            ("联系人", "姓名", "=>何夏", "电话", "=>13900008888"),
            ("年接待人次", "=>35000", "<", "专职人员", "=>6人"),
        ),
    ),
    "list-of-persons": (
        "科技特派员名单",
        "推荐单位：=>推荐单位：南坡县科技局",
        (
            ("序号", "姓名", "性别", "工作单位", "手机号码"),
            ("1", "=>苏青", "=>女", "=>县农技站", "=>13900004444"),
            ("2", "=>谷雨", "=>男", "=>县畜牧站", "=>13900005555"),
            ("3", "", "", "", ""),
        ),
    ),
    "reasons-in-a-column": (
        "审核汇总表",
        "填报单位（盖章）：=>填报单位（盖章）：甲县教育局",
        (
            ("指标", "单位", "上年数", "本年数", "增减（%）", "增减原因"),
            ("学校数", "所", "=>120", "=>118", "=>-1.7", "=>撤并2所"),
            ("在校学生数", "人", "=>35000", "=>34,210", "=>-2.3%", "=>生源减少"),
        ),
    ),
    "a-heading-twice": (
        "国庆假期值班表",
        "单位：=>单位：县林业局",
        (
            ("日期", "带班领导", "手机", "值班人员", "手机"),
            ("10月1日", "=>王大", "=>13900000001", "=>李小", "=>13900000002"),
            ("10月2日", "=>张三", "=>13900000003", "=>赵四", "=>13900000004"),
        ),
    ),
    "two-tables": (
        "乡村医生情况表",
        "填报单位：=>填报单位：河口镇卫生院",
        (("乡村医生总数", "=>23人", "其中：女", "=>9人"), ("平均年龄", "=>46.5", "党员数", "=>8")),
        "培训情况",
        (
            ("培训内容", "人次", "经费（元）"),
            ("急救", "=>23", "=>1,200"),
            ("中医", "=>15", "=>800"),
        ),
    ),
    "ruled-lines": (
        "志愿服务项目申报表",
        "项目名称：____________________=>项目名称：银龄课堂",
        "实施单位：______________  负责人：__________=>实施单位：南园社区  负责人：何清",
        "服务人数：______人=>服务人数：120人",
        "经费预算：______元=>经费预算：8000元",
        "服务类别：□助老 □助残 □其他=>服务类别：☑助老 □助残 □其他",
    ),
    "things-asked-inside-a-cell": (
        "成果登记表",
        (
            ("成果名称", "=>节水灌溉系统"),
            ("完成单位", "=>河西农科所"),
            (
                "联系方式",
                "联系人：\n电话：=>联系人：柳叶\n电话：13900006666",
            ),
            ("知识产权", "专利____项，论文____篇=>专利3项，论文5篇"),
        ),
    ),
    "dates-with-room": (
        "活动备案表",
        (
            ("活动名称", "=>科普大集", "主办单位", "=>东街社区"),
            ("活动时间", "2025年   月   日至   月   日=>2025年5月20日至5月22日", "地点", "=>广场"),
            ("参与人数", "约      人=>约500人", "经费来源", "□财政 □自筹=>☑财政 □自筹"),
        ),
    ),
    "questions-with-boxes": (
        "单位自查表",
        "单位：=>单位：实验小学",
        (
            ("序号", "检查内容", "检查结果", "整改措施"),
            ("1", "是否制定应急预案", "□是 □否=>☑是 □否", "=>无"),
            ("2", "是否开展演练", "□是 □否=>□是 ☑否", "=>6月底前开展"),
        ),
    ),
    "groups-and-units": (
        "农业技术推广情况表",
        "单位名称（公章）：      填表人：    =>单位名称（公章）：平川县农技站      填表人：王强",
        (
            ("类别", "指标", "计量单位", "数量"),
            ("培训", "举办培训班", "期", "=>12"),
            ("^", "培训农民", "人次", "=>1,560"),
            ("经费", "财政投入", "万元", "=>20"),
            ("^", "自筹", "万元", "=>5.5"),
        ),
    ),
    "sub-values": (
        "科技活动情况表",
        "填报单位：=>填报单位：科技馆",
        (
            ("项目", "数量", "备注"),
            ("举办活动（场）", "=>6", "其中：线上____场=>其中：线上2场"),
            (
                "参与人数（人次）",
                "=>900",
                "其中：青少年____人次，老年人____人次=>其中：青少年500人次，老年人120人次",
            ),
        ),
    ),
}
XLSX: dict[str, tuple[Row, ...]] = {
    "sheet-of-kinds": (
        ("2025年科普活动统计表",),
        ("填报单位：=>填报单位：古城区科协", "", "", "", "单位：场、人次"),
        ("活动类型", "举办场次", "参与人次", "投入经费（万元）", "备注"),
        ("科普讲座", "=>12", "=>1200", "=>3.5"),
        ("科普展览", "=>3", "=>5000", "=>8"),
    ),
    "sheet-of-persons": (
        ("专家信息汇总表",),
        ("序号", "姓名", "工作单位", "联系电话", "邮箱"),
        ("1", "=>魏宁", "=>理工大学", "=>13911110000", "=>wn@example.cn"),
        ("2", "=>蒋昕", "=>医学院", "=>13911112222", "=>jx@example.cn"),
        ("3", "", "", "", ""),
    ),
}
