"""Which tables only frame a page: others stand in them, and they say little themselves."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def is_frame(rows: Iterable[int], inner: int) -> bool:
    """Tell whether a table is layout; its cells then stand on the page like any other blocks.

    `rows` gives, for each cell that holds text and no table, its row; `inner` is the number of
    tables inside. A table around others holds data when at least two of its rows have two texts
    of their own, and there are more of these texts than of tables inside.
    """
    if not inner:
        return False
    texts = Counter(rows)
    return sum(count >= 2 for count in texts.values()) < 2 or texts.total() <= 2 * inner
