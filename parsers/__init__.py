"""Bytes to mail, files, documents and values; knows nothing of campaigns."""
