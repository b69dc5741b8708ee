"""Letters on their way out: addressed, marked, within caps and budget, and what servers said."""
