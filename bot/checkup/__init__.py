"""What `shoubiao doctor` looks at: each check alone, a constant per answer, nothing changed."""
