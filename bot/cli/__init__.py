"""The command line: what may be asked, one file per group; nothing heavy is imported here."""
