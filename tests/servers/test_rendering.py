"""Letters in a real browser: readable on a phone and on a desk, nothing cut off or fetched."""

from __future__ import annotations

import re

import pytest

from rules.folder.load import SHIPPED, load_campaign
from templates.previews import PREVIEWS, preview
from templates.render import render
from tests.servers import browser
from tests.unit import letter_samples as samples

PHONE, DESK = 375, 1200
LONGEST = "https-is-not-a-link." * 12 + "docx"


CAMPAIGN = load_campaign(SHIPPED / "2023-sixian")
LETTERS = {kind: render(kind, view()) for kind, view in samples.SAMPLES.items()} | {
    f"preview of {one.name}": preview(one.name, CAMPAIGN) for one in PREVIEWS
}


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Return what every letter came to at both widths; one browser looks at them all."""
    pages = {
        f"{name} {width}": (letter.html, width)
        for name, letter in LETTERS.items()
        for width in (PHONE, DESK)
    }
    return browser.measure_all(pages, tmp_path_factory.mktemp("browser"))


@pytest.fixture(params=[(name, width) for name in LETTERS for width in (PHONE, DESK)], ids=str)
def shown(request, measured):
    name, width = request.param
    return LETTERS[name], measured[f"{name} {width}"]


def test_nothing_is_wider_than_the_screen(shown):
    _, seen = shown
    assert seen["width"] in {PHONE, DESK}
    assert seen["needed"] <= seen["width"]


def test_a_letter_is_not_stretched_over_a_wide_screen(shown):
    _, seen = shown
    assert seen["column"] <= 760


def test_a_browser_fetches_nothing_and_runs_nothing(shown):
    _, seen = shown
    assert seen["resources"] == []
    assert seen["scripts"] == 0


def test_the_smallest_print_can_still_be_read(shown):
    _, seen = shown
    assert seen["smallest"] >= 11


def test_every_word_stands_out_from_the_ground_it_stands_on(shown):
    _, seen = shown
    assert seen["contrast"]
    weakest = min(seen["contrast"], key=lambda pair: ratio(*pair))
    assert ratio(*weakest) >= 4.5, weakest  # WCAG 2.1 §1.4.3


def test_the_page_shows_the_same_values_as_the_plain_text(shown):
    letter, seen = shown
    text = letter.text.replace(",", "")
    for number in re.findall(r"\d{3,}", seen["text"].replace(",", "")):
        assert number in text


def test_a_name_without_a_break_does_not_push_a_phones_screen(tmp_path):
    file = samples.FileRef(LONGEST, "0" * 64)
    view = samples.answer_view(files=(file,), unit_name=LONGEST, receipt_number=LONGEST)
    seen = browser.measure(render("receipt", view).html, tmp_path, PHONE)
    assert seen["needed"] <= PHONE


def ratio(ink, ground):
    """Return the contrast of two colours by WCAG 2.1."""
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    """Return the relative luminance of `rgb(r, g, b)`."""
    parts = [int(number) / 255 for number in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
