"""What SpreadsheetML 2003 stores, and what a person sees of it."""
