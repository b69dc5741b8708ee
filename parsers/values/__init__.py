"""What a cell's text means where a form asks for a number, a date, a phone or a choice."""

from parsers.values.answer import ValueRead
from parsers.values.read import read_labelled, read_value

__all__ = ["ValueRead", "read_labelled", "read_value"]
