"""What is remembered: ledger, archive, outbox, claims."""
