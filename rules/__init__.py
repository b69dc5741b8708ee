"""What is expected: campaigns, forms, rosters, calendar; reading, checks, the decision."""
