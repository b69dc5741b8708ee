"""The worker: wires everything; owns time, network, schedule, log and commands."""

__version__ = "0.2.0"  # the only place; CHANGELOG.md beside it says what changed
