"""The roll-up workbook: totals, every unit's numbers, who is missing, each number's source."""

from templates.rollup.view import RollupView
from templates.rollup.workbook import render_rollup, render_upward

__all__ = ["RollupView", "render_rollup", "render_upward"]
