"""A rehearsal (演练): what it keeps apart, and the pages it leaves to look at."""
