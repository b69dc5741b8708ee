"""What the words behind a verb mean in a campaign: which mail, unit, requirement and day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import partial_ratio

from parsers.values.characters import plain
from parsers.values.numerals import chinese_number
from rules.commands.command import EVERYTHING, Command, Verb
from rules.commands.days import find_day
from rules.decision import EACH
from rules.who.names import match_name, sure
from rules.who.spellings import tidied

if TYPE_CHECKING:
    from datetime import date

    from rules.campaign import Campaign, Requirement
    from rules.commands.said import Said
    from rules.roster import Roster

_NUMBER = re.compile(
    r"(?<!\d)20\d{6}-(\d{4,9})(?!\d)|第?\s*(\d{1,9})\s*[号版封]|#\s*(\d{1,9})|^\s*(\d{1,9})(?!\d)"
    r"|第\s*([一二两三四五六七八九十百零〇]{1,6})\s*[号版封]"
)
_ALL = re.compile(r"全部材料|所有材料|全部|所有")
_PARTS = re.compile(r"[\s|/·→>=,，;；、:]+")
_FILLER = re.compile(
    r"材料|提醒|单位|给|归属于|归属|归|属于|为|到|至|的|请|谢谢|[-—→>=:,，。.;；、|/·\s]+"
)
EACH_UNIT = "表上各单位"
_EACH = re.compile(rf"{EACH_UNIT}|各自?单位|各归各的?|\*")
_LIKE = 80  # rapidfuzz: a part of a title, such as 统计表 of 情况统计表
_NUMBERED = frozenset(
    {Verb.CLAIM, Verb.REREAD, Verb.SETTLE, Verb.WITHDRAW, Verb.UNDO, Verb.ADOPT, Verb.ENLIST,
     Verb.RELEASE, Verb.REFUSE}
)  # fmt: skip
_OF_UNIT = frozenset(
    {Verb.CLAIM, Verb.EXEMPT, Verb.EXTEND, Verb.WITHDRAW, Verb.PAUSE, Verb.RESUME, Verb.STATUS,
     Verb.QUERY, Verb.ENLIST}
)  # fmt: skip
_OF_REQUIREMENT = frozenset({Verb.EXEMPT, Verb.EXTEND, Verb.WITHDRAW, Verb.BLANKS, Verb.RELEASE})
_OF_LETTER = frozenset({Verb.RELEASE, Verb.REFUSE})
_NEEDS_UNIT = frozenset({Verb.CLAIM, Verb.EXEMPT, Verb.EXTEND, Verb.ENLIST})


@dataclass(frozen=True, slots=True)
class Resolved:
    """A command, and the words of it that meant nothing."""

    command: Command
    left: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """What a command lacks.

    `lacks`: which-mail, which-letter, which-number, which-unit, which-day, day-past. `words` are
    what could not be told, `candidates` the names they may mean.
    """

    lacks: str
    verb: Verb
    words: str = ""
    candidates: tuple[str, ...] = ()


def resolve(said: Said, campaign: Campaign, today: date) -> Resolved | Unclear:
    """Return the command that the words mean. Pure; ids are the campaign's own."""
    reading = _Reading(said, campaign)
    reading.take_number()
    reading.take_day(today)
    reading.take_parts()
    reading.take_each()
    reading.take_held()
    lacks = reading.lacking(today)
    if lacks:
        return Unclear(lacks, said.verb, _bare(reading.words), reading.candidates)
    requirement = reading.requirement
    if said.verb in {Verb.EXEMPT, Verb.EXTEND}:
        requirement = requirement or EVERYTHING
    command = Command(said.verb, reading.number, reading.unit, requirement, reading.day)
    return Resolved(command, _bare(reading.words))


class _Reading:
    """What has been told of the words, and the words that are left."""

    def __init__(self, said: Said, campaign: Campaign) -> None:
        self.verb = said.verb
        self.words = said.words
        self.number: int | None = None
        self.unit = ""
        self.requirement = ""
        self.day: date | None = None
        self.candidates: tuple[str, ...] = ()
        self._campaign = campaign

    @property
    def _asks_unit(self) -> bool:
        return self.verb in _OF_UNIT and not self.unit

    @property
    def _asks_requirement(self) -> bool:
        return self.verb in _OF_REQUIREMENT and not self.requirement

    def lacking(self, today: date) -> str:
        """Return what the verb needs and was not told, "" if nothing."""
        if self.verb in _OF_LETTER:
            known = self.number is not None or self.requirement == EVERYTHING
            return "" if known else "which-letter"
        if self.verb in _NUMBERED and self.number is None:
            if self.verb in {Verb.UNDO, Verb.ADOPT}:
                return "which-number"
            if self.verb is not Verb.WITHDRAW or not self.unit:
                return "which-mail"
        if not self.unit and (self.verb in _NEEDS_UNIT or self.candidates):
            return "which-unit"
        if self.verb is Verb.EXTEND and self.day is None:
            return "which-day"
        return "day-past" if self.day is not None and self.day < today else ""

    def take_number(self) -> None:
        """Take 第12号, 12号, #12, a receipt's number, or the number that stands first."""
        found = _NUMBER.search(self.words) if self.verb in _NUMBERED else None
        if found is not None:
            written = next(group for group in found.groups() if group)
            self.number = int(written) if written.isdigit() else chinese_number(written)
            self._leave(found[0])

    def take_day(self, today: date) -> None:
        """Take the day an extension runs to."""
        found = find_day(self.words, today) if self.verb is Verb.EXTEND else None
        if found is not None:
            self.day = found[0]
            self._leave(found[1])

    def take_parts(self) -> None:
        """Take what stands alone between separators, as buttons write it."""
        for part in filter(None, _PARTS.split(self.words)):
            called = _called(part, self._campaign) if self._asks_requirement else ""
            owner = _owner(part, self._campaign.roster) if self._asks_unit and not called else ""
            self.requirement = called or self.requirement
            self.unit = owner or self.unit
            if called or owner:
                self._leave(part)

    def take_each(self) -> None:
        """Take the word that a mail is not one unit's."""
        found = _EACH.search(self.words) if self.verb is Verb.CLAIM and not self.unit else None
        if found is not None:
            self.unit = EACH
            self._leave(found[0])

    def take_held(self) -> None:
        """Take what stands inside the words that are left, as people type it."""
        if self._asks_unit:
            self._take_held_unit()
        if self._asks_requirement:
            self._take_held_requirement()
        if self._asks_unit and not self.candidates and _bare(self.words):
            self._take_likely_unit()

    def _leave(self, words: str) -> None:
        self.words = self.words.replace(words, " ", 1)

    def _take_held_unit(self) -> None:
        """Take the one unit that is named; of several, which is meant is asked, never chosen."""
        units = self._campaign.roster.units
        names = [(plain(name), unit) for unit in units for name in (unit.name, *unit.aliases)]
        held = [(name, unit) for name, unit in names if name and name in self.words]
        whole = [(n, u) for n, u in held if not any(n in other and n != other for other, _ in held)]
        owners = {unit.id: unit.name for _, unit in whole}
        if len(owners) == 1:
            self.unit = whole[0][1].id
            self._leave(whole[0][0])
        elif owners:
            self.candidates = tuple(owners.values())[:5]

    def _take_held_requirement(self) -> None:
        if everything := _ALL.search(self.words):
            self.requirement = EVERYTHING
            self._leave(everything[0])
            return
        held = [
            (name, requirement.key)
            for requirement in self._campaign.file.requirements
            for name in _names(requirement)
            if name in self.words
        ]
        if held:
            name, self.requirement = max(held, key=lambda pair: len(pair[0]))
            self._leave(name)
            return
        self._take_like_requirement()

    def _take_like_requirement(self) -> None:
        for part in filter(None, _PARTS.split(self.words)):
            like = {r.key for r in self._campaign.file.requirements if _is_like(_bare(part), r)}
            if len(like) == 1:
                self.requirement = like.pop()
                self._leave(part)
                return

    def _take_likely_unit(self) -> None:
        name = re.sub(rf"^(?:{_FILLER.pattern})+|(?:{_FILLER.pattern})+$", "", self.words)
        matches = match_name(name, self._campaign.roster)
        found = sure(matches)
        if found is not None:
            self.unit, self.words = found.id, ""
            return
        self.candidates = tuple(match.name for match in matches[:5])


def _called(part: str, campaign: Campaign) -> str:
    """Return the requirement that is called exactly so."""
    if _ALL.fullmatch(part):
        return EVERYTHING
    same = (r.key for r in campaign.file.requirements if part in {plain(r.title), r.key})
    return next(same, "")


@lru_cache(maxsize=16)
def _owners(roster: Roster) -> dict[str, frozenset[str]]:
    owners: dict[str, frozenset[str]] = {}
    for unit in roster.units:
        for name in {tidied(one) for one in (unit.name, *unit.aliases)} | {unit.id.lower()}:
            owners[name] = owners.get(name, frozenset()) | {unit.id}
    return owners


def _owner(part: str, roster: Roster) -> str:
    """Return the one unit that is called exactly so, or has this id."""
    owners = _owners(roster).get(tidied(part), frozenset())
    return next(iter(owners)) if len(owners) == 1 else ""


def _names(requirement: Requirement) -> tuple[str, ...]:
    return tuple(plain(w) for w in (requirement.title, *requirement.keywords) if len(w) > 1)


def _is_like(part: str, requirement: Requirement) -> bool:
    names = [name for name in _names(requirement) if len(name) >= len(part) >= 2]
    return any(partial_ratio(part, name) >= _LIKE for name in names)


def _bare(words: str) -> str:
    return _FILLER.sub(" ", words).strip()
