"""Keeping: backups, how one becomes a deployment again, and room on the disk."""
