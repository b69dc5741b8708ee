"""Which addresses are those of oversize attachments and cloud disks (facts/mail.md §5)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# provider, host, start of the path; the first that fits
_PROVIDERS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (name, re.compile(host), re.compile(path))
    for name, host, path in (
        ("qq", r"(?:\w+\.)?mail\.qq\.com", r"/cgi-bin/ftnExs_|/ftn/|/cgi-bin/ftnGetURL"),
        ("exmail", r"exmail\.qq\.com", r"/cgi-bin/ftnExs_|/ftn/"),
        ("foxmail", r"mail\.foxmail\.com", r"/cgi-bin/ftnExs_|/ftn/"),
        ("netease", r"mail\.(?:163|126)\.com|mail\.yeah\.net", r"/large-attachment-download/"),
        ("netease", r"fs\.163\.com", r"/fs/"),
        ("netease-master", r"dashi\.163\.com", r"/html/cloud-attachment-download"),
        ("netease-enterprise", r"edisk\.qiye\.163\.com", r"/api/biz/attachment/download"),
        ("netease-enterprise", r"fs\.qiye\.163\.com", r"/"),
        ("sina", r"(?:\w+\.)?mail\.sina\.com\.cn", r"/filecenter/download"),
        ("189", r"download\.cloud\.189\.cn", r"/file/downloadFile"),
        ("189", r"cloud\.189\.cn", r"/t/|/web/share"),
        ("baidu", r"pan\.baidu\.com", r"/s/|/share/"),
        ("weiyun", r"share\.weiyun\.com", r"/"),
        ("aliyun", r"(?:www\.)?(?:aliyundrive|alipan)\.com", r"/s/"),
    )
)
SOME_HOST = re.compile(
    r"mail\.qq\.com|\.163\.com|mail\.126\.com|mail\.yeah\.net|mail\.sina\.com\.cn|189\.cn"
    r"|foxmail\.com|pan\.baidu\.com|weiyun\.com|aliyundrive\.com|alipan\.com"
)
"""Finds the mails in which one of them may stand."""


def provider_of(url: str) -> str | None:
    """Return whose link an address is; None for any other."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    return next(
        (n for n, h, path in _PROVIDERS if h.fullmatch(host) and path.match(parts.path)), None
    )
