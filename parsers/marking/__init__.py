"""Marked copies: the sender's own file with the bad cells highlighted and commented."""
