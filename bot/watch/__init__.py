"""Watching the bot itself: what its operator is told, heartbeat, counts, who else works here."""
