"""The values that go into the ledger and come out of it, all frozen, a file of them a subject.

Python takes a millisecond to make a dataclass, so the ledger names a file's values through this
package, `rows.mails.MailRow`, and a file is loaded when the first of its values is wanted.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from state.rows import accounts, acts, letters, mails, rosters, stored, submissions, workers
else:

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(name)
        return import_module(f"{__name__}.{name}")


__all__ = ["accounts", "acts", "letters", "mails", "rosters", "stored", "submissions", "workers"]
