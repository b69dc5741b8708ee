"""What a mail is once its bytes are read: who, when, which thread, which files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from parsers.document import Document

# on everything we send, so that our own mail is known when it comes back
LOOP_HEADER = "X-Shoubiao-Loop"
# detail of an inline picture that may be a page somebody put into the text, and no logo
PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class Party:
    """One person in a header: display name (may be empty) and bare address, lower case."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class VideoProperties:
    """What was measured of a film; None is what could not be.

    `width` and `height` are as shown, a phone's upright film turned (`rotation` in degrees).
    `mbps` counts sound and packing too, `video_mbps` the pictures only. `scan`: progressive,
    interlaced, mbaff. `container`: mp4, mov, mpg, ts, mts, avi, wmv, mkv, … `truncated`: cut off.
    """

    seconds: float | None = None
    width: int | None = None
    height: int | None = None
    rotation: int = 0
    mbps: float | None = None
    video_mbps: float | None = None
    frames_per_second: float | None = None
    scan: str | None = None
    container: str | None = None
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """One attachment, archive member or attached mail's file.

    `name` is a label for people only (controls and bidi marks taken out), never a path.
    `path` names the containers it was in, outermost first. `kind` is decided by content:
    docx, xlsx, doc, xls, pdf, zip, rar, 7z, image, video, audio, mail, text, html, program,
    empty, other. `document` is there when a reader understood it; else `problem` is one of
    "empty", "encrypted", "damaged", "unsupported", "too-large", "too-deep", "disguised",
    or None when the kind has no document (image, video, container).
    """

    name: str
    sha256: str
    size: int
    kind: str
    path: tuple[str, ...] = ()
    inline: bool = False
    document: Document | None = None
    problem: str | None = None
    detail: str = ""
    video: VideoProperties | None = None  # of a video only

    @property
    def is_refused(self) -> bool:
        """Whether its container did not give it out: `sha256` only stands for it then."""
        return bool(self.path and self.problem) and not self.size and self.kind != "empty"


@dataclass(frozen=True, slots=True)
class CloudLink:
    """A file that is only announced, by an oversize-attachment link; never fetched.

    `name` and `size_text` ("128.03M") are as printed, "" where nothing is; `expires_at` is aware
    UTC, None when nothing is printed (无限期 too). `provider`: qq, exmail, foxmail, netease,
    netease-master, netease-enterprise, sina, 189, baidu, weiyun, aliyun.
    """

    name: str
    size_text: str
    expires_at: datetime | None
    host: str
    provider: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One message as read. Text is clean: encodable as UTF-8, no controls but newline and tab.

    `sender` is None when there is not exactly one usable From address. `received_at` is the
    topmost Received date (aware, UTC); `date` is the Date header and proves nothing.
    `automatic` is None when a person wrote it, else a constant: "auto-submitted", "bounce",
    "list", "bulk", "read-receipt", "recall", "vacation", "daemon", "null-sender", "own-loop".
    `flags`: "no-sender", "several-senders", "sender-phrase-differs" (the display name shows
    another address), "automatic-subject" (a hint only), "too-many-parts", "too-deep".
    """

    message_id: str | None
    subject: str
    sender: Party | None
    to: tuple[Party, ...] = ()
    cc: tuple[Party, ...] = ()
    reply_to: tuple[Party, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    date: datetime | None = None
    received_at: datetime | None = None
    automatic: str | None = None
    text: str = ""
    html: str = ""
    files: tuple[File, ...] = ()
    links: tuple[CloudLink, ...] = ()
    body: Document | None = None
    bounced: tuple[str, ...] = ()
    returned_ids: tuple[str, ...] = ()
    flags: frozenset[str] = field(default=frozenset())
