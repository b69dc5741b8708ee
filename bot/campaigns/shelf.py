"""Which campaigns are in force: each folder looked at alone, the last version that loads kept.

What loads is also kept as a zip under the data folder: a broken edit leaves the old version in
force over a restart as well, or under `run --once`.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import threading
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.campaigns.outlines import keep_outline, outline_file
from bot.campaigns.steady_ids import keep, recall, settled, with_known
from bot.log import get_log
from rules.campaign import Campaign
from rules.folder.files import campaign_folders, content_of, digest_of, files_of
from rules.folder.load import load_campaign
from rules.folder.problem import CampaignError, CampaignProblem
from rules.rosters.ids import is_derived

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


log = get_log("shelf")
Mark = tuple[tuple[str, int, int], ...]  # name, modified, size of each file


@dataclass(slots=True)
class Broken:
    """A folder that does not load; `campaign` is the version still in force, if there is one.

    `settled` says that it was broken at two looks, or at the first of all: not half saved.
    """

    folder: str
    problems: tuple[CampaignProblem, ...]
    campaign: Campaign | None
    settled: bool = False


@dataclass(slots=True)
class _Standing:
    """What one folder was when it was last read."""

    mark: Mark
    content: str
    campaign: Campaign | None
    broken: Broken | None = None
    in_force: str = ""  # the content of the version in force

    @property
    def fingerprint(self) -> str:
        """Say what is in force: the files, and whom they name (ids outlast renames)."""
        units = sorted(unit.id for unit in self.campaign.on_file.units) if self.campaign else ()
        return hashlib.sha256("\n".join((self.in_force, *units)).encode()).hexdigest()[:16]


class Shelf:
    """The campaign folders under `root`; `kept` is where the versions in force are stored.

    `boxes` are mailboxes that the operator adds to a campaign, by its folder's name.
    """

    def __init__(
        self, root: Path, kept: Path, boxes: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self._root = root
        self._kept = kept
        self._boxes = boxes or {}
        self._folders: dict[Path, _Standing] = {}
        self._looked = False
        self._looking = threading.Lock()

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """The campaigns in force, by folder name."""
        ordered = (self._folders[folder] for folder in sorted(self._folders))
        return tuple(one.campaign for one in ordered if one.campaign is not None)

    @property
    def broken(self) -> tuple[Broken, ...]:
        """The folders that do not load as they stand."""
        return tuple(one.broken for one in self._folders.values() if one.broken is not None)

    @property
    def fingerprints(self) -> dict[str, str]:
        """What is in force, by folder name: the same for workers who judge alike."""
        return {folder.name: one.fingerprint for folder, one in list(self._folders.items())}

    def look(self) -> bool:
        """Read the folders that changed since the last look; say whether any campaign did."""
        if self._folders and not self._root.is_dir():  # a disk that went away, not an order
            log.error("campaigns-unreachable")
            return False
        with self._looking:
            return self._look()

    def _look(self) -> bool:
        before = self.campaigns
        there = dict.fromkeys((*campaign_folders(self._root), *filter(Path.is_dir, self._folders)))
        self._drop(set(self._folders) - set(there))
        for folder in there:
            self._look_at(folder)
        self._looked = True
        return self.campaigns != before

    def _drop(self, gone: Iterable[Path]) -> None:
        for folder in gone:
            del self._folders[folder]
            self._zip(folder).unlink(missing_ok=True)
            self._ids(folder).unlink(missing_ok=True)
            outline_file(self._kept, folder).unlink(missing_ok=True)
            log.warning("campaign-removed", campaign=folder.name)

    def _look_at(self, folder: Path) -> None:
        mark, known = _mark(folder), self._folders.get(folder)
        if known is not None and known.broken is not None:
            known.broken.settled = True
        if known is not None and known.mark == mark:
            return
        content = content_of(folder)
        if known is not None and known.content == content:  # saved again as it was
            known.mark = mark
            return
        self._folders[folder] = self._read(folder, _Standing(mark, content, None), known)

    def _read(self, folder: Path, new: _Standing, known: _Standing | None) -> _Standing:
        try:
            loaded = self._load(folder)
        except CampaignError as error:
            new.campaign = known.campaign if known else self._restored(folder)
            new.in_force = known.in_force if known else self._kept_content(folder)
            new.broken = Broken(folder.name, error.problems, new.campaign, not self._looked)
            _log_broken(new.broken)
        else:
            new.campaign, new.in_force = self._settled(folder, loaded, known), new.content
            self._keep(folder)
            outline = outline_file(self._kept, folder)
            keep_outline(outline, new.campaign, new.content, self._added(folder))
            if self._looked:
                log.info("campaign-loaded", campaign=folder.name)
        return new

    def _settled(self, folder: Path, loaded: Campaign, known: _Standing | None) -> Campaign:
        """Let units that an edit renamed be the units they were."""
        before = known.campaign if known else None
        if before is None and any(map(is_derived, loaded.on_file.units)):
            before = self._restored(folder)
        campaign, names = settled(loaded, before, recall(self._ids(folder)))
        keep(self._ids(folder), names)
        return campaign

    def _ids(self, folder: Path) -> Path:
        return self._kept / f"{folder.name}.ids.json"

    def _load(self, folder: Path) -> Campaign:
        return load_campaign(folder).collected_in(self._added(folder))

    def _added(self, folder: Path) -> tuple[str, ...]:
        return self._boxes.get(folder.name, ())

    def _zip(self, folder: Path) -> Path:
        return self._kept / f"{folder.name}.zip"

    def _keep(self, folder: Path) -> None:
        """Store the version in force; written beside and moved, so that it is never half."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in files_of(folder):
                archive.writestr(f"{folder.name}/{path.relative_to(folder)}", path.read_bytes())
        self._kept.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=self._kept, delete=False) as beside:
            beside.write(packed.getvalue())
        Path(beside.name).replace(self._zip(folder))

    def _kept_content(self, folder: Path) -> str:
        try:
            with zipfile.ZipFile(self._zip(folder)) as archive:
                files = [(Path(name).name, archive.read(name)) for name in archive.namelist()]
        except (OSError, zipfile.BadZipFile):
            return ""
        return digest_of(files)

    def _restored(self, folder: Path) -> Campaign | None:
        """Return the version that was in force before the worker was started, if it loads."""
        try:
            with tempfile.TemporaryDirectory() as place:
                with zipfile.ZipFile(self._zip(folder)) as archive:
                    archive.extractall(place)
                campaign = self._load(Path(place) / folder.name)
        except (OSError, zipfile.BadZipFile, CampaignError):
            return None
        return with_known(campaign, recall(self._ids(folder)))


def _mark(folder: Path) -> Mark:
    stats = ((path.name, path.stat()) for path in files_of(folder))
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


def _log_broken(broken: Broken) -> None:
    """Log places and codes; what is written there may be people's data."""
    for problem in broken.problems:
        log.error(
            "campaign-broken",
            campaign=broken.folder,
            place=problem.place,
            code=problem.code,
            old_version_in_force=broken.campaign is not None,
        )
