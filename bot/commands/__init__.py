"""What each command of `shoubiao` does."""
