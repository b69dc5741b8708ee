"""Many units, and their mails for a storm: forms in the mix of a season, all different."""

from __future__ import annotations

import itertools
import random
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from parsers.writing.sheet import Sheet, SheetCell
from parsers.writing.workbook import write_workbook
from tests.bench.copies import Papers, drawn_units
from tests.story.deployment import now
from tests.story.hostile_mails import Forge

PLACES = "东西南北上下大小长新安平和乐清永宁康泰华林河山川江湖海云星石泉松柏桃"
NAMES = ["".join(pair) for pair in itertools.permutations(PLACES, 2)]
random.Random(3).shuffle(NAMES)
HEADINGS = ("编号", "单位", "联系人", "邮箱", "手机")
MIXES = {  # per cent
    "docx": {"docx": 100},
    "office": {"docx": 75, "xlsx": 25},
    "notice": {"docx": 60, "xlsx": 20, "doc": 8, "pdf": 5, "zip": 4, "scan": 2, "hostile": 1},
}
LARGE_EVERY, LARGE = 250, 20_000_000  # of the notice's mix some mails have pictures beside


def roster(size):
    """Return a roster workbook of so many units, and of those the corpus's files are of."""
    drawn = [
        (key, name, "王建国", f"{key}@drawn.example.cn", "13900009999")
        for key, name in drawn_units()
    ]
    rows = [HEADINGS, *(unit_row(number) for number in range(size)), *drawn]
    cells = tuple(tuple(SheetCell(value, "text") for value in row) for row in rows)
    return write_workbook([Sheet("应报名单", cells)])


def unit_row(number):
    address = f"unit{number}@kepu{number % 40}.example.cn"
    return f"unit{number}", unit_name(number), "李其木格", address, f"1390000{number % 10000:04d}"


def unit_name(number):
    again, place = divmod(number, len(NAMES))
    return f"{NAMES[place]}{again or ''}县科学技术局"


def kinds_of(mix):
    """Return a hundred kinds in the mix's shares, shuffled."""
    kinds = [kind for kind, share in MIXES[mix].items() for _ in range(share)]
    random.Random(5).shuffle(kinds)
    return kinds


def mails(campaign, mailbox, count, units, size, *, mix="office"):
    """Yield raw mails of about `size` bytes, each a filled statistics form in the mix's formats."""
    papers, dice, kinds = Papers(campaign), random.Random(9), kinds_of(mix)
    attacks = Forge(campaign, mailbox, "kepu@example.cn").everything() if "hostile" in kinds else []
    for number in range(count):
        kind = kinds[number % len(kinds)]
        if kind == "hostile":
            yield attacks[number // len(kinds) % len(attacks)].raw
            continue
        large = mix == "notice" and number % LARGE_EVERY == LARGE_EVERY // 2
        paper = papers.of(kind, unit_name(number % units), dice)
        yield mail_of(mailbox, number, units, paper, LARGE if large else size, dice)


def mail_of(mailbox, number, units, paper, size, dice):  # noqa: PLR0917 - what makes one mail
    """Return one unit's mail with its paper: a file's name and bytes."""
    name, file = paper
    message = _letter(mailbox, number, units)
    message.add_attachment(file, "application", "octet-stream", filename=name)
    return _padded(message, size, dice)


def _letter(mailbox, number, units):
    _, name, contact, address, phone = unit_row(number % units)
    message = EmailMessage(policy=SMTP)
    message["From"] = f'"{contact}" <{address}>'
    message["To"] = mailbox
    message["Subject"] = f"{name}统计表报送"
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<storm.{number}@kepu.example.cn>"
    message.set_content(f"您好，附件是我单位的统计表。\n\n{name} {contact} {phone}\n", cte="base64")
    return message


def _padded(message, size, dice):
    """Add a picture that makes up what the mail lacks of its size."""
    missing = size - len(bytes(message))
    if missing > 3000:
        noise = dice.randbytes(missing * 3 // 4)
        message.add_attachment(noise, "image", "jpeg", filename="标志.jpg", disposition="inline")
    return bytes(message)
