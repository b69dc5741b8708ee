"""Pages that say only where ink stands, as PDF and OFD do: glyphs and lines become tables."""
