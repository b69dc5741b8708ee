"""Rosters as people write them: columns, rows, cells; what is different, what was decided since."""
