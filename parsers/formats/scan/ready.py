"""Whether what pictures are read with is there: the recognisers' engine and their two models."""

from __future__ import annotations

import importlib.util

from parsers.formats.scan.places import FIRST, SECOND, WORDS, folder

ENGINES = ("cv2", "onnxruntime")


def lacking() -> str:
    """Return the first package or model that is not there; "" when pictures can be read."""
    for engine in ENGINES:
        if importlib.util.find_spec(engine) is None:
            return engine
    for package, path in (FIRST, SECOND, WORDS):
        try:
            if not (folder(package) / path).is_file():
                return f"{package}/{path}"
        except ModuleNotFoundError:
            return package
    return ""
