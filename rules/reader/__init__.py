"""Reading a recognised form: page, labels, where values stand, answers. Knows no campaign."""
