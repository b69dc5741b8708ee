"""How last year's campaign becomes the next: new year and dates, the same forms and roster."""

from rules.renew.folder import Renewed, renew, year_of

__all__ = ["Renewed", "renew", "year_of"]
