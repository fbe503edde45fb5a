"""Our own YAML files: cues, hand-made lists, endings, clinical words.

Decides how they are read (a text block is words) and what their fingerprint is.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
FORMAT = 1


def yaml_files() -> list[Path]:
    folders = ("cues", "lists", "clinical")
    return sorted(
        [
            ROOT / "endings.yaml",
            *(path for name in folders for path in (ROOT / name).glob("*.yaml")),
        ]
    )


def fingerprint() -> str:
    """Of everything the frozen file is made of that is ours."""
    digest = sha256(str(FORMAT).encode())
    for path in yaml_files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        content = yaml.load(file, Loader=yaml.BaseLoader)  # noqa: S506 - builds strings and lists only
    return content or {}


def folder(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((ROOT / name).glob("*.yaml")):
        yield path.stem, read(path)


def listed(content: object, *, with_ambiguous: bool = False) -> list[str]:
    """A YAML list as it is; a text block as its words: an underscore stands for a
    space, and at the end of a word it leaves the word out."""
    if content is None or content == "":
        return []
    if isinstance(content, list):
        return [str(item) for item in content]
    words = str(content).split()
    if with_ambiguous:
        return [word.rstrip("_").replace("_", " ") for word in words]
    return [word.replace("_", " ") for word in words if not word.endswith("_")]
