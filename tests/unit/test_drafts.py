"""Everything a draft can be unsure of has its sentence, and every sentence is said somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rules.learn import CODES
from templates import words
from templates.drafts import say

ROOT = Path(__file__).parents[2]
ROOMS = (
    *(ROOT / "rules/notice").glob("*.py"),
    *(ROOT / "rules/learn").glob("*.py"),
    *(ROOT / "rules/renew").glob("*.py"),
    *(ROOT / "bot/commands").glob("*.py"),
)
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in ROOMS)
SENTENCES = words.load("drafts.yaml")


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_doubt_about_a_form_has_a_sentence(code):
    assert say(code, {"label": "活动经费", "key": "budget"}).endswith("。")


@pytest.mark.parametrize("code", re.findall(r"Question\(\s*\"([a-z-]+)\"", SOURCE))
def test_every_question_about_a_notice_has_a_sentence(code):
    assert code in SENTENCES


@pytest.mark.parametrize("code", SENTENCES)
def test_no_sentence_is_idle(code):
    assert re.search(f"[\"']{code}[\"']", SOURCE) or code.startswith("kind-")
