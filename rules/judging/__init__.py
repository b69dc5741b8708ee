"""From a mail to its decision: what it holds, whether that is enough, and how it ends."""
