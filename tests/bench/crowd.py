"""Many units, and one well filled form of each: mails for a storm, all different."""

from __future__ import annotations

import io
import itertools
import random
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from parsers.writing.workbook import Sheet, SheetCell, write_workbook
from rules.form import FieldType
from rules.reader.fill_form import fill_form
from tests.story.deployment import now

PLACES = "东西南北上下大小长新安平和乐清永宁康泰华林河山川江湖海云星石泉松柏桃"
NAMES = ["".join(pair) for pair in itertools.permutations(PLACES, 2)]
random.Random(3).shuffle(NAMES)
HEADINGS = ("编号", "单位", "联系人", "邮箱", "手机")
NUMBERS = {FieldType.COUNT, FieldType.NUMBER, FieldType.MONEY}
UNIT_MARK = "未填单位"


def roster(size):
    """Return a roster workbook of so many units."""
    rows = [HEADINGS, *(unit_row(number) for number in range(size))]
    cells = tuple(tuple(SheetCell(value, "text") for value in row) for row in rows)
    return write_workbook([Sheet("应报名单", cells)])


def unit_row(number):
    address = f"unit{number}@kepu{number % 40}.example.cn"
    return f"unit{number}", unit_name(number), "李其木格", address, f"1390000{number % 10000:04d}"


def unit_name(number):
    again, place = divmod(number, len(NAMES))
    return f"{NAMES[place]}{again or ''}县科学技术局"


class Blank:
    """A form filled in with marks, in which each clerk's numbers take the marks' places."""

    def __init__(self, campaign, form_id):
        self._form = campaign.forms[form_id]
        counted = [field.key for field in self._form.fields if field.type in NUMBERS]
        self._marks = {key: f"{90000 + place}" for place, key in enumerate(counted)}
        filled = fill_form(campaign, self._form, {**self._marks, "reporter": UNIT_MARK})
        with zipfile.ZipFile(io.BytesIO(filled)) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}

    def filled(self, unit, rng):
        """Return the .docx of one clerk."""
        text = self._parts["word/document.xml"].decode()
        for key, mark in self._marks.items():
            low, high = (1000, 9000) if key == "participants" else (0, 900)
            text = text.replace(mark, str(rng.randrange(low, high)))
        text = text.replace(UNIT_MARK, unit)
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self._parts.items():
                package.writestr(name, text if name == "word/document.xml" else content)
        return file.getvalue()


def mails(campaign, mailbox, count, units, size):
    """Yield raw mails of about `size` bytes, each a filled statistics form."""
    blank, rng = Blank(campaign, "statistics"), random.Random(9)
    for number in range(count):
        _, name, contact, address, phone = unit_row(number % units)
        message = EmailMessage(policy=SMTP)
        message["From"] = f'"{contact}" <{address}>'
        message["To"] = mailbox
        message["Subject"] = f"{name}统计表报送"
        message["Date"] = format_datetime(now())
        message["Message-ID"] = f"<storm.{number}@kepu.example.cn>"
        message.set_content(
            f"您好，附件是我单位的统计表。\n\n{name} {contact} {phone}\n", cte="base64"
        )
        form = blank.filled(name, rng)
        message.add_attachment(form, "application", "octet-stream", filename=f"{name}统计表.docx")
        missing = size - len(bytes(message))
        if missing > 3000:
            noise = rng.randbytes(missing * 3 // 4)
            message.add_attachment(
                noise, "image", "jpeg", filename="标志.jpg", disposition="inline"
            )
        yield bytes(message)
