"""怎样报送 in a real office suite: one page of A4, whatever the campaign, and nothing cut off."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from parsers.writing.handout import write_handout
from rules.folder.load import SHIPPED, load_campaigns
from templates.guide import guide_blocks, guide_text

CAMPAIGNS = {campaign.id: campaign for campaign in load_campaigns(SHIPPED)}


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Return the folder with every campaign's page as PDF, all from one start of LibreOffice."""
    office = shutil.which("soffice")
    assert office, "install libreoffice: the page for the units is checked in a real office suite"
    home = tmp_path_factory.mktemp("guide")
    for name, campaign in CAMPAIGNS.items():
        page = write_handout(guide_blocks(guide_text(campaign)))
        (home / f"{name}.docx").write_bytes(page)
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", home]
    files = sorted(home.glob("*.docx"))
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    return home


@pytest.mark.parametrize("name", sorted(CAMPAIGNS))
def test_the_page_for_the_units_is_one_page_with_the_mailbox_and_whom_to_call(printed, name):
    text = subprocess.run(
        ["pdftotext", "-layout", printed / f"{name}.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    file = CAMPAIGNS[name].file
    flat = "".join(text.split())
    assert text.count("\f") == 1
    for said in (*file.mailboxes, *(contact.name for contact in file.contacts)):
        assert said in flat
