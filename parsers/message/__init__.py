"""A message, from its raw bytes: headers, sender, parts, own words, what is quoted, its files."""
