"""Whole seasons of a campaign, lived by units with their habits; run as `tests.bench.lives`."""
