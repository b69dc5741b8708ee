"""For which unit an address has spoken so far, and who alone uses a domain: asked by key."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class Known(Protocol):
    """What earlier mails taught of addresses and domains, both in lower case."""

    def unit_of(self, address: str) -> str | None:
        """Return the one unit an address spoke for."""
        ...

    def units_at(self, domain: str) -> frozenset[str]:
        """Return the units whose addresses are at a domain; of many, two."""
        ...


class Learned:
    """What senders' words have taught, word by word; the same word may be told again."""

    def __init__(self, spoken: Iterable[tuple[str, str]] = ()) -> None:
        """`spoken` are addresses, each with the unit that a form of it named."""
        self._units: dict[str, set[str]] = {}
        self._named: set[str] = set()
        self._known: dict[str, str] = {}
        self._at: dict[str, Counter[str]] = {}
        for address, unit in spoken:
            self.add(address, unit, named=True)

    def add(self, address: str, unit: str, *, named: bool) -> None:
        """Learn for which unit an address spoke, and whether a form of its own named that unit.

        Who ever spoke for two units is known for neither.
        """
        units = self._units.setdefault(address, set())
        units.add(unit)
        if named:
            self._named.add(address)
        self._forget(address)
        if len(units) == 1 and address in self._named:
            self._known[address] = unit
            self._at.setdefault(_domain(address), Counter())[unit] += 1

    def _forget(self, address: str) -> None:
        unit = self._known.pop(address, None)
        if unit is not None:
            users = self._at[_domain(address)]
            users[unit] -= 1
            if not users[unit]:
                del users[unit]

    def unit_of(self, address: str) -> str | None:
        """Return the one unit an address spoke for."""
        return self._known.get(address)

    def units_at(self, domain: str) -> frozenset[str]:
        """Return the units whose addresses are at a domain; of many, two."""
        return frozenset(islice(self._at.get(domain, ()), 2))


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
