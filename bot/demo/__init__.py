"""The demonstration: an embedded post office, people who use it, a season under a made clock."""
