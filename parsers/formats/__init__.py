"""One file format per file, and the registry of readers."""
