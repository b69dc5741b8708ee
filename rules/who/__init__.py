"""For which unit a mail speaks: by its form, its sender, the names in it."""
