"""Tables of other fields of work, as notices print them, each made a campaign of as `notice` does.

Nothing in the program was written for them: what it reads of them it would read of any.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import docx
import openpyxl

from bot.commands.notice import drafted
from rules.folder.load import load_campaign
from tests.draw.strangers.habits import UNIT

NOTICE = (
    "关于报送《{title}》的通知",
    "各有关单位：",
    "请各单位填写《{title}》（见附件），于2026年12月20日前将电子版发送至邮箱 form@example.cn。",
    "附件：{title}",
    "某市某局",
    "2026年11月16日",
)
FOOT = "填表人：        审核人：        联系电话："
# title, the line over the table, its rows: | parts cells, < and ^ belong to the cell beside, above
BLANKS = {
    "graduates": ("2026届高校毕业生就业情况统计表", "填报单位：                      单位：人", """
        指标|<|人数
        毕业生总数|<|
        已就业|签订就业协议|
        ^|签订劳动合同|
        ^|自主创业|
        升学|国内升学|
        ^|出国（境）|
        未就业|<|
        其中：困难毕业生|<|
        举办招聘会场次（场）|<|"""),
    "libraries": ("2026年度公共图书馆服务情况统计表", "填表单位（盖章）：", """
        序号|项目|计量单位|数量
        1|馆藏总量|万册|
        2|年度新增图书|册|
        3|持证读者|人|
        4|到馆人次|万人次|
        5|图书外借|万册次|
        6|举办讲座|场|
        7|购书经费|万元|
        8|分馆数|个|"""),
    "safety": ("安全生产大检查情况统计表", "报送单位：            填报日期：    年  月  日", """
        类别|检查企业数（家）|发现隐患数（处）|已整改（处）|罚款金额（万元）
        危险化学品||||
        建筑施工||||
        道路交通||||
        人员密集场所||||
        合计||||"""),
    "teachers": ("中小学教师培训情况汇总表", "学校（盖章）：", """
        学校名称||<|<
        教职工总数（人）||专任教师（人）|
        参加国家级培训（人次）||参加省级培训（人次）|
        培训经费投入（元）||人均学时|
        骨干教师（人）||其中：省级骨干（人）|
        存在问题及建议||<|<"""),
    "volunteers": ("2026年志愿服务工作情况表", "单位名称：", """
        一、队伍建设|志愿服务队（支）|
        ^|注册志愿者（名）|
        ^|党员志愿者（名）|
        二、活动开展|开展活动（次）|
        ^|参与人次|
        ^|服务时长（小时）|
        三、保障|投入经费（万元）|
        ^|社会捐赠（元）|"""),
    "machines": ("农机化生产情况月报表", "填报单位：         2026年11月", """
        指标名称|代码|计量单位|本月|累计
        投入拖拉机|01|台||
        投入播种机|02|台||
        机耕面积|03|万亩||
        机收面积|04|万亩||
        农机作业服务收入|05|万元||"""),
    "supplies": ("防汛物资储备情况统计表", "填报单位（公章）：", """
        物资名称|规格|单位|现有数量|需补充数量
        编织袋|60×100cm|条||
        救生衣|成人|件||
        冲锋舟|6米|艘||
        发电机|5kW|台||
        帐篷|12㎡|顶||"""),
    "outreach": ("科普工作基本情况调查表", "", """
        单位名称||<|<
        科普专职人员（人）||科普场馆数量|
        年度科普经费筹集额（万元）||其中政府拨款（万元）|
        科普活动次数||科普活动参加人次|
        科普图书种数||发行量（册）|
        微信公众号数量||阅读量（万次）|
        联系人||联系电话|"""),
}  # fmt: skip


def forms(root):
    """Yield campaign and form of every blank, drafted into a folder under `root`."""
    for name, (title, over, rows) in BLANKS.items():
        folder = Path(root) / name
        file = folder / "notice.docx"
        folder.mkdir(parents=True)
        file.write_bytes(_notice(title, over, [row.strip().split("|") for row in rows.split("\n")]))
        _, files_of = drafted(file, ())
        for path, content in files_of(name).items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content)
        _name_a_unit(folder / "roster.xlsx")
        campaign = load_campaign(folder)
        yield from ((campaign, form) for form in campaign.forms.values())


def drafted_forms():
    """Return campaign and form of every blank; what they need of their folders is in memory."""
    with tempfile.TemporaryDirectory() as root:
        return list(forms(root))


def _notice(title, over, rows):
    page = docx.Document()
    for line in NOTICE:
        page.add_paragraph(line.format(title=title))
    page.add_page_break()
    for line in filter(None, ("附件", title, over)):
        page.add_paragraph(line)
    rows = [row for row in rows if row != [""]]
    table = page.add_table(len(rows), len(rows[0]), style="Table Grid")
    owner = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            beside = {"<": (r, c - 1), "^": (r - 1, c)}.get(text)
            owner[r, c] = owner[beside] if beside else (r, c)
    for first in dict.fromkeys(owner.values()):
        last = max(place for place, own in owner.items() if own == first)
        cell = table.cell(*first).merge(table.cell(*last))
        cell.text = rows[first[0]][first[1]]
    page.add_paragraph(FOOT)
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


def _name_a_unit(path):
    book = openpyxl.load_workbook(path)
    book.active["A2"] = UNIT
    book.save(path)
