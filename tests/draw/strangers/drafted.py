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
from tests.draw.strangers.blanks import BLANKS
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
