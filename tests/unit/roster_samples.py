"""Answers to a mailed roster, for the letter tests."""

from __future__ import annotations

from pathlib import Path

from rules.folder.load import load_campaign
from templates.previews import roster
from templates.previews.sample import Sample

FOLDER = Path(__file__).parents[2] / "rules" / "campaigns" / "2023-neimenggu"


def proposed():
    return roster.proposed(Sample(load_campaign(FOLDER)))


def faulty():
    return roster.faulty(Sample(load_campaign(FOLDER)))


ROSTER_SAMPLES = {"roster-proposed": proposed, "roster-faulty": faulty}
