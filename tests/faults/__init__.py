"""The fault suite: `python -m tests.faults [--full] [--only T3]`, promises under every fault."""
