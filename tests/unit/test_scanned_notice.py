"""A notice that is a picture of paper is refused with what to do, in the reader's language."""

from __future__ import annotations

import pytest
from PIL import Image

from bot.commands.drafts import document_of
from bot.commands.trouble import told_in


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "是扫描的图片，没有文字可读；请用它的 Word 原件"), ("en", "a picture of paper")],
)
def test_a_scan_is_told_to_be_one(tmp_path, language, said):
    path = tmp_path / "notice.pdf"
    Image.new("L", (600, 800), 255).save(path)
    with pytest.raises(Exception, match=said), told_in(language):
        document_of(path, path.read_bytes(), "pdf")
