"""Run by the converters' own Python: file names on stdin, one JSON line of Markdown each on stdout.

`python converters.py markitdown|docling < names`. It knows nothing of Shoubiao.
"""

# ruff: noqa: T201 - each library is there only in its own environment

from __future__ import annotations

import json
import logging
import resource
import sys
import time
import warnings


def markitdown():
    """Return a function from a file's name to Markdown."""
    from markitdown import MarkItDown

    library = MarkItDown(enable_plugins=False)
    return lambda name: library.convert(name).text_content


def docling():
    """Return the same; its PDF models are downloaded on first use, so PDF and pictures are left."""
    from docling.datamodel.base_models import InputFormat
    from docling.document_converter import DocumentConverter

    models = {"PDF", "IMAGE", "AUDIO", "VIDEO"}
    allowed = [form for form in InputFormat if form.name not in models]
    library = DocumentConverter(allowed_formats=allowed)
    return lambda name: library.convert(name).document.export_to_markdown()


def main() -> None:
    """Convert one after the other; a failure is an empty text and the error's name."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    began = time.perf_counter()
    convert = {"markitdown": markitdown, "docling": docling}[sys.argv[1]]()
    print(json.dumps({"start": time.perf_counter() - began}), flush=True)
    for name in sys.stdin.read().split("\0"):
        if not name:
            continue
        began, text, error = time.perf_counter(), "", ""
        try:
            text = convert(name)
        except Exception as problem:  # noqa: BLE001 - whatever a converter raises is its answer
            error = type(problem).__name__
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        took = time.perf_counter() - began
        line = {"file": name, "text": text, "error": error, "seconds": took, "peak": peak}
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
