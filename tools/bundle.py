"""Pack what a class gets: chapters, library, exercises; no solutions, no hidden tests."""

import zipfile
from pathlib import Path

# Named one by one, so that nothing else can slip in.
FOLDERS = ("chapters", "course_lib", "docs", "exercises", "tools")
FILES = (
    "CHANGELOG.md",
    "CITATION.cff",
    "CONTRIBUTING.md",
    "LICENSE",
    "LICENSE-TEXT",
    "Makefile",
    "README.md",
    "environment.yml",
    "nbgrader_config.py",
    "pyproject.toml",
    "requirements.lock",
)
HIDDEN = (".", "__pycache__")


def pack(root):
    """Write dist/learning-from-error.zip, and return its path."""
    root = Path(root)
    archive = root / "dist" / "learning-from-error.zip"
    archive.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in contents(root):
            packed.write(file, Path("learning-from-error") / file.relative_to(root))
    return archive


def contents(root):
    """The files of the bundle, in order."""
    for name in FILES:
        yield root / name
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            parts = file.relative_to(root).parts
            if file.is_file() and not any(part.startswith(HIDDEN) for part in parts):
                yield file
