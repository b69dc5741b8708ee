"""Campaigns in force: their folders, edits taken up, rosters by mail, what people decided."""
