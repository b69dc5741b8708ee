"""What units mail in the fault tests: a filled form each, in words of this test alone."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache

from rules.folder.load import SHIPPED, load_campaign
from rules.form import FieldType
from rules.reader.fill_form import fill_form

CAMPAIGN = "2023-neimenggu"
MAILBOX = "nmkepu@126.com"


@lru_cache(maxsize=1)
def campaign():
    return load_campaign(SHIPPED / CAMPAIGN)


@lru_cache(maxsize=4096)
def statistics(unit_id, number=0, wrong=None):
    """Return a 统计表 that is right but for `wrong`; `number` makes it this one's own."""
    form, unit = campaign().forms["statistics"], campaign().roster.get(unit_id)
    counted = (f for f in form.fields if f.type is not FieldType.TEXT and f.within is None)
    values = {field.key: str(3 + number % 97) for field in counted}
    return fill_form(campaign(), form, values | {"reporter": unit.name} | dict(wrong or ()))


def mail(sender, subject, text, *, files=(), to=MAILBOX, name="", reply_to=None, **headers):
    """Write a mail as a client does; `name` is its Message-ID's."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{name or subject.encode().hex()}@kepu.example.cn>"
    if reply_to is not None:
        message["In-Reply-To"] = message["References"] = reply_to
    for key, value in headers.items():
        message[key.replace("_", "-")] = value
    message.set_content(f"{text}\n", cte="base64")
    for filename, content in files:
        message.add_attachment(content, "application", "octet-stream", filename=filename)
    return message.as_bytes()


def form_mail(unit_id, number=0, *, sender=None, wrong=None, **more):
    """Write the mail with which a unit sends its 统计表."""
    unit = campaign().roster.get(unit_id)
    return mail(
        sender or unit.addresses[0],
        f"{unit.name}统计表{number}",
        f"您好，附件是{unit.name}的统计表，请查收。",
        files=[("统计表.docx", statistics(unit_id, number, wrong))],
        name=f"form.{unit_id}.{number}.{abs(hash(sender)) % 10**8 if sender else 0}",
        **more,
    )


def units():
    """Return the ids of the units that have an address of their own."""
    return [unit.id for unit in campaign().roster.units if unit.addresses]
