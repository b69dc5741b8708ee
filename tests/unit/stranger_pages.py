"""Copies drawn as text: a line with bars is a table's row, `<` goes on from the left, `^` from above."""

# ruff: noqa: E501

from __future__ import annotations

from parsers.document import Cell, Document, Paragraph, Place, Table
from rules.folder.load import SHIPPED, load_campaigns
from rules.reading import Reading, Status
from rules.recognise import read_forms

CAMPAIGNS = load_campaigns(SHIPPED)
BY_ID = {campaign.id: campaign for campaign in CAMPAIGNS}

# the rows of the ministry's table, each with a number of its own
NATIONAL = (
    ("科普活动开展次数", "举办活动次数", "held"),
    ("^", "承接科技部活动任务个数", "tasks"),
    ("活动经费投入数量（单位：万元）", "中央财政经费投入情况", "central"),
    ("^", "省级、副省级财政经费投入情况", "province"),
    ("^", "市级财政经费投入情况", "city"),
    ("^", "县级财政经费投入情况", "county"),
    ("^", "企业赞助经费情况", "sponsors"),
    ("^", "实物投入情况（如：捐赠图书、光盘、创新操作室等）", "in_kind"),
    ("^", "其他经费情况", "other_money"),
    ("科普工作人员参与数量", "科普专职人员数量", "full_time"),
    ("^", "科技工作者参与数量", "workers"),
    ("^", "招募科技志愿者数量", "volunteers"),
    ("^", "其他人员数量", "other_staff"),
    ("科普活动群众参与数量", "线下活动群众参与数量", "offline"),
    ("^", "线上活动群众参与数量", "online"),
    ("宣传报道情况", "参与媒体数量", "media"),
    ("^", "宣传报道数量", "reports"),
)


def draw(text: str) -> Document:
    """Turn drawn text into a document; `//` breaks a line within a cell or paragraph."""
    blocks: list[Paragraph | Table] = []
    rows: list[list[str]] = []
    tables = 0
    for number, line in enumerate([*text.strip("\n").splitlines(), ""], 1):
        if "|" in line:
            rows.append([cell.strip().replace("//", "\n") for cell in line.split("|")])
            continue
        if rows:
            tables += 1
            blocks.append(_table(rows, tables))
            rows = []
        if line.strip():
            blocks.append(Paragraph(line.strip().replace("//", "\n"), Place(paragraph=number)))
    return Document("docx", tuple(blocks))


def _table(rows: list[list[str]], number: int) -> Table:
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows, 1):
        for c, typed in enumerate(row, 1):
            before = {"<": (r, c - 1), "^": (r - 1, c)}.get(typed)
            owners[r, c] = owners[before] if before else (r, c)
    cells = []
    for (r, c), owner in owners.items():
        if owner == (r, c):
            covered = [place for place, o in owners.items() if o == owner]
            high = max(row for row, _ in covered) - r + 1
            wide = max(column for _, column in covered) - c + 1
            place = Place(table=number, row=r, column=c)
            cells.append(Cell(r, c, rows[r - 1][c - 1], place, high, wide))
    return Table(number, tuple(cells))


def readings(text: str, *campaigns: str) -> list[Reading]:
    """Read what is drawn against the named campaigns, or all."""
    known = [BY_ID[c] for c in campaigns] or CAMPAIGNS
    return [found.reading for found in read_forms(draw(text), known)]


def only(text: str, *campaigns: str) -> Reading:
    """Read the one form that is drawn."""
    (reading,) = readings(text, *campaigns)
    return reading


def found(reading: Reading) -> dict[str, object]:
    """Return the values found, by field."""
    return {a.key: a.value for a in reading.fields if a.status is Status.FOUND}
