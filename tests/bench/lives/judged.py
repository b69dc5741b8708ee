"""Whether a season was accounted for: every mail, every number, everybody who sent nothing."""

from __future__ import annotations

import io
from collections import Counter, defaultdict

import openpyxl

from bot.reports.rollup import rollup
from rules.standing import COUNTED

MOST_BOUNCES = 4  # reminders to an address that returns them all


def problems(it):
    """Return what was not as it should have been, a line each."""
    last, told = _mails(it)
    return [
        *it.problems,
        *_equation(it),
        *told,
        *_in_force(it, last),
        *_chased(it),
        *_book(it, last),
    ]


def _equation(it):
    equation = it.office.ledger.equation(it.post.box)
    if not equation.complete or equation.pending:
        yield f"the equation: {equation}"


def _mails(it):
    """Return the last accepted form of each unit, and what is wrong with single mails."""
    mails = {m.message_id.strip("<>"): m for m in it.office.ledger.mails()}
    rows = defaultdict(list)
    for row in it.office.ledger.submissions(it.campaign.id, in_force=False):
        rows[row.message_id.strip("<>")].append(row)
    letters = Counter(str(one.headers["In-Reply-To"] or "").strip("<>") for one in it.sink.accepted)
    last, told = {}, []
    for sent in it.post.forms:
        name = sent.message_id.strip("<>")
        if name not in mails:
            told.append(f"{name} is not in the ledger")
        elif mails[name].reason != "several-units":  # which wait for a person
            told += _mail(sent, mails[name], rows[name], letters[name], last)
    told += [f"{name} was answered" for name in it.post.unanswered if letters[name.strip("<>")]]
    return last, told


def _mail(sent, mail, rows, letters, last):
    """Yield what is wrong with one mail; one that was accepted is its unit's last."""
    about = f"{sent.message_id} ({sent.how}, {sent.copy.habits}, {mail.outcome} {mail.reason})"
    mine = [r for r in rows if r.requirement == "statistics" and r.unit == sent.unit.id]
    if sent.how != "together" and mail.unit != sent.unit.id:
        yield f"{about} of {sent.unit.id} was taken for {mail.unit}"
    if sent.how != "together" and letters != 1 and not (sent.how == "sealed" and not letters):
        yield f"{about} was answered {letters} times"
    if len(mine) != 1:
        yield f"{about} became {len(mine)} submissions"
    elif mine[0].standing in COUNTED:
        last[sent.unit.id] = sent
        yield from (f"{about} {line}" for line in _numbers(sent, mine[0]))


def _numbers(sent, row):
    got = {answer.key: answer.value for reading in row.readings for answer in reading.fields}
    for key, stated in sent.copy.stated.items():
        value = got.get(key)
        if stated is None and value is not None:
            yield f"{key}: {value} is recorded, nothing is stated"
        elif stated is not None and value is None and key not in sent.copy.asked:
            yield f"{key}: accepted without {stated}"
        elif stated is not None and value is not None and abs(float(value) - stated) > 1e-6:
            yield f"{key}: {value} is recorded, {stated} is stated"


def _in_force(it, last):
    standing = {
        row.unit: row.message_id
        for row in it.office.ledger.submissions(it.campaign.id)
        if row.requirement == "statistics" and row.standing in COUNTED
    }
    for unit in dict.fromkeys([*standing, *last]):
        mailed = last[unit].message_id.strip("<>") if unit in last else "nothing"
        if standing.get(unit, "nothing").strip("<>") != mailed:
            yield f"{unit}: {standing.get(unit)} is in force, {mailed} was accepted last"


def _chased(it):
    """Yield who sent nothing and was never reminded, and who was though every letter came back."""
    reminded = Counter(row.unit for row in it.office.ledger.letters(kind="reminder"))
    for person in it.people.all:
        unit = person.unit
        owes = "statistics" not in unit.exempt and (not unit.owes or "statistics" in unit.owes)
        if person.way == "never" and person.at < it.due and unit.addresses and owes:
            yield from [] if reminded[unit.id] else [f"{unit.id} was never reminded"]
    for unit, count in it.bounced.items():
        if count > MOST_BOUNCES:
            yield f"{unit}: {count} reminders to an address that bounces"


def _book(it, last):
    """Yield what the summary's rows lack of the numbers in force."""
    title = next(r.title for r in it.campaign.file.requirements if r.key == "statistics")
    book = openpyxl.load_workbook(io.BytesIO(rollup(it.office, it.campaign)))
    sheets = [s for s in book if s.title == title[:31] and s.cell(1, 1).value == "单位"]
    if not sheets:
        yield "the summary has no sheet of the form"
        return
    rows = {row[0]: row for row in sheets[0].iter_rows(values_only=True)}
    for sent in last.values():
        shown = [v for v in rows.get(sent.unit.name, ())[4:] if isinstance(v, int | float)]
        stated = [v for k, v in sent.copy.stated.items() if v is not None]
        sure = [sent.copy.stated[k] for k in sent.copy.stated if k not in sent.copy.asked]
        lacking = [v for v in sure if v is not None and not any(abs(v - s) < 1e-6 for s in shown)]
        if lacking or len(shown) > len(stated):
            yield f"{sent.unit.id}: the summary lacks {lacking} or has more than {len(stated)}"
