"""One mail's way through the bot: it arrives, is judged, answered, and remembered."""
