"""What the binary Word format says, structure by structure ([MS-DOC])."""
