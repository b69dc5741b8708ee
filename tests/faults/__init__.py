"""The fault suite: `python -m tests.faults [--full] [--only T3]`, every promise under every fault."""
