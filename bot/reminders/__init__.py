"""Reminders: which are due, to whom, what has come so far, and who is left in peace."""
