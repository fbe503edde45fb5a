"""The typesetter: a template and data -> PDF or PNG, in memory.

Decides when the fonts are read (once, at the first document) and that one document is made at a time. Neither what is
set nor the result touches the disk.
"""

from __future__ import annotations

import threading
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
from typst import Compiler, Fonts

from bot.documents.scripts import FONT_FOLDERS

_HERE = Path(__file__).parent
_TEMPLATES = {path.name: path.read_bytes() for path in _HERE.glob("*.typ")}


class Template(StrEnum):
    """What is set."""

    PLAN = "plan.typ"
    SIGN = "sign.typ"


class Press:
    """Sets documents. May be called from any thread; others wait."""

    def __init__(self) -> None:
        self._free = threading.Lock()

    def pdf(self, template: Template, data: dict[str, Any]) -> bytes:
        """The document as PDF."""
        return self._set(template, data, "pdf")[0]

    def pictures(self, template: Template, data: dict[str, Any], ppi: float) -> list[bytes]:
        """The document's pages as PNG."""
        return self._set(template, data, "png", ppi)

    @cached_property
    def _fonts(self) -> Fonts:
        return Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=list(FONT_FOLDERS),
        )

    def _set(
        self, template: Template, data: dict[str, Any], kind: str, ppi: float | None = None
    ) -> list[bytes]:
        sources = {
            "main.typ": _TEMPLATES[template],
            "kit.typ": _TEMPLATES["kit.typ"],
            "data.json": orjson.dumps(data),
        }
        with self._free:
            compiler = Compiler(root=_HERE, font_paths=self._fonts, ignore_system_fonts=True)
            # The stubs know neither several sources nor a kind that is not literal.
            made = compiler.compile(sources, format=kind, ppi=ppi)  # type: ignore[arg-type,type-var]
        return made if isinstance(made, list) else [made or b""]
