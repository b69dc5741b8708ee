"""One mailbox kind per file; `kinds.py` is the registry, what all have in common `base.py` says."""
