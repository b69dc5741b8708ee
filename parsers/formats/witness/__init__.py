"""A second reader of PDF, independent of PDFium: what is recorded, both must have seen."""
