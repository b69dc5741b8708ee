"""Filled forms printed by LibreOffice, stamped, scanned and photographed, are read or asked about.

SHOUBIAO_STORY=full reads every form in every way it may reach us.
"""

from __future__ import annotations

import os
import shutil

import pytest

from parsers.allowance import looking
from parsers.formats import read_document
from rules.folder.load import SHIPPED, load_campaigns
from tests.bench.scans import Page, marked, printed
from tests.draw.scans import KINDS, scanned_pdf

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)
FULL = os.environ.get("SHOUBIAO_STORY") == "full"
CAMPAIGNS = load_campaigns(SHIPPED)
EVERYTHING = [(c.id, form, kind) for c in CAMPAIGNS for form in c.forms for kind in KINDS]
FEW = [
    ("2023-neimenggu", "statistics", "scan-200"),
    ("2023-neimenggu", "project", "photo"),
    ("2023-cis", "project", "turned-90"),
    ("2023-sixian", "statistics", "photo-turned"),
    ("2023-taiyuan", "statistics", "faded-200"),
]


@pytest.fixture(scope="session")
def papers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("printed")
    return {
        (campaign.id, truth.form): (campaign, truth, pdf)
        for campaign, truth, pdf, _ in printed(CAMPAIGNS, [3], folder)
    }


@pytest.mark.parametrize(("campaign", "form", "kind"), EVERYTHING if FULL else FEW)
def test_a_picture_of_a_form_is_read_or_asked_about_and_never_wrong(campaign, form, kind, papers):
    known, truth, pdf = papers[campaign, form]
    (picture, *_) = KINDS[kind](pdf, 3)
    with looking():
        document = read_document(picture, "image")
    counts = marked(document, Page(kind, known, picture, truth))
    assert counts["wrong"] == 0
    least = 0.8 if kind.startswith("photo") else 0.85
    assert counts["right"] >= least * counts.total(), counts


def test_a_scan_that_is_a_pdf_is_read_as_its_picture_is(papers):
    known, truth, pdf = papers["2023-national", "statistics"]
    picture = KINDS["scan-200"](pdf, 3)
    with looking():
        document = read_document(scanned_pdf(picture), "pdf")
    assert document.flags == {"scanned-pages", "ocr"}
    counts = marked(document, Page("scan-200", known, picture[0], truth))
    assert (counts["wrong"], counts["right"] >= 0.85 * counts.total()) == (0, True)
