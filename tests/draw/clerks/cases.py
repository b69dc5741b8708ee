"""Every case of the corpus, by form."""

from __future__ import annotations

from tests.draw.clerks.cases_grouped import GROUPED_CASES
from tests.draw.clerks.cases_habits import HABIT_CASES, SHEETS_OF_OTHERS, SWEPT_CASES
from tests.draw.clerks.cases_marks import BLANKS, MARK_CASES
from tests.draw.clerks.cases_pairs import PAIR_CASES
from tests.draw.clerks.cases_paper import PAPER_CASES
from tests.draw.clerks.cases_rows import ROW_CASES

CASES = (
    *ROW_CASES,
    *GROUPED_CASES,
    *PAIR_CASES,
    *MARK_CASES,
    *HABIT_CASES,
    *SWEPT_CASES,
    *BLANKS,
    *SHEETS_OF_OTHERS,
    *PAPER_CASES,
)
