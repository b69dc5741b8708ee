"""What a file that people write is read into: an unknown key is a mistake, and nothing changes."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A part of such a file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
