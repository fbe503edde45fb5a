"""YAML as authors mean it: every scalar is a string, no key twice, every value knows its line.

Decides how text becomes a tree; it knows nothing of flows. (Plain YAML turns `yes`, `on` and `1` into one key, and the
country `NO` into false.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from dialogs.mistakes import Mistake


@dataclass(frozen=True, slots=True)
class Twig:
    """A value, the line it stands on, and the line of its key."""

    value: str | list[Twig] | dict[str, Twig]
    line: int
    key_line: int = 0

    @property
    def text(self) -> str | None:
        """The scalar, or None for a list or mapping."""
        return self.value if isinstance(self.value, str) else None

    @property
    def fields(self) -> dict[str, Twig]:
        """The mapping, empty for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Twig]:
        """The list; a single scalar counts as a list of one."""
        if isinstance(self.value, list):
            return self.value
        return [self] if isinstance(self.value, str) else []


_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def grow(text: str, file: str, mistakes: list[Mistake]) -> Twig:
    """The tree of a YAML text. Mistakes of spelling are added to `mistakes`, and an empty mapping is returned."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        mistakes.append(
            Mistake(file, line, f"not YAML: {error.problem}", "check indentation and quotes")
        )
        return Twig({}, 1)
    if root is None:
        mistakes.append(Mistake(file, 1, "empty file", "write a flow, or delete the file"))
        return Twig({}, 1)
    return _twig(root, file, mistakes)


def _twig(node: yaml.Node, file: str, mistakes: list[Mistake], key_line: int = 0) -> Twig:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Twig(dict(_pairs(node, file, mistakes)), line, key_line or line)
    if isinstance(node, yaml.SequenceNode):
        return Twig([_twig(item, file, mistakes) for item in node.value], line, key_line or line)
    return Twig(str(node.value), line, key_line or line)


def _pairs(
    node: yaml.MappingNode, file: str, mistakes: list[Mistake]
) -> Iterator[tuple[str, Twig]]:
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in seen:
            mend = f"it also stands on line {seen[key]}; keep one"
            mistakes.append(Mistake(file, line, f"the key {key!r} stands twice", mend))
            continue
        seen[key] = line
        yield key, _twig(value_node, file, mistakes, line)
