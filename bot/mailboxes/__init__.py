"""One mailbox kind per file, and the registry."""
