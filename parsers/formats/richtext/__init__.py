"""What Rich Text Format says, as a person sees it (RTF 1.9.1)."""
