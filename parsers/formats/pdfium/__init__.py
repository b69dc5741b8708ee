"""What PDFium tells of a page: its glyphs, its ruling lines, and what was typed into fields."""
