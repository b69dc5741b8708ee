"""What OpenDocument says, as a person sees it (OASIS OpenDocument 1.3, part 3)."""
