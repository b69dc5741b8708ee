"""How a mail is kept that was too large to be fetched: by its header, under a line of ours."""

from __future__ import annotations

NOT_FETCHED = b"X-Shoubiao-Not-Fetched: "
"""Begins the stored bytes of a mail too large to be fetched; its size follows, then its header."""
