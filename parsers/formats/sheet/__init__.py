"""What SpreadsheetML stores, and what a person sees of it."""
