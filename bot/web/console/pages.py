"""Templates made into pages.

Decides what every template may use: who is signed in, addresses of assets, times and numbers as the reader writes them.
Everything is escaped; a name that a template uses and nobody gave is an error, not a gap.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.web.console.menu import MENU
from bot.web.console.parts import PREFIX, Parts

if TYPE_CHECKING:
    from bot.web.console.assets import Assets

FOLDER: Final = Path(__file__).parents[1] / "templates"
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


class Pages:
    """All templates."""

    def __init__(self, parts: Parts, assets: Assets) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            asset=assets.address,
            at=PREFIX,
            menu=MENU,
            demo=parts.demo,
            sign_on=parts.sign_on is not None,
        )
        self._environment.filters.update(moment=moment, day=day, span=span, harmless=harmless)

    def page(
        self, template: str, status: int = 200, **values: Any  # noqa: ANN401 - whatever it shows
    ) -> HTMLResponse:  # fmt: skip
        """A page."""
        html = self._environment.get_template(template).render(**values)
        return HTMLResponse(html, status)

    def refused(self, request: Request, status: int, sentence: str) -> HTMLResponse:
        """The page that says what was refused, and leads back. It shows nothing else, whoever asks."""
        back = _path_of(request.headers.get("referer", ""))
        return self.page("refused.html", status, sentence=sentence, back=back, work=None)


def _path_of(address: str) -> str:
    """The page of ours that somebody came from; empty for anything else."""
    found = urlsplit(address) if address.isprintable() else None
    path = found.path if found else ""
    ours = path.startswith(f"{PREFIX}/") and "//" not in path and "\\" not in path
    return path if ours else ""


def moment(at: int) -> Markup:
    """A time, in UTC, that a machine can read too."""
    when = datetime.fromtimestamp(at, UTC)
    return Markup('<time datetime="{}">{} UTC</time>').format(
        when.isoformat(), when.strftime("%Y-%m-%d %H:%M")
    )


def day(at: int) -> str:
    """A day, in UTC."""
    return datetime.fromtimestamp(at, UTC).date().isoformat()


def harmless(text: str) -> str:
    """A short text in which no sign steers: line ends, turns of direction and the like show as one mark."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def span(seconds: int) -> str:
    """How long something takes or took, in one unit: "3 h"."""
    if seconds < _MINUTE:
        return f"{seconds} s"
    for size, unit, most in ((_MINUTE, "min", _HOUR), (_HOUR, "h", 2 * _DAY)):
        if seconds < most:
            return f"{seconds // size} {unit}"
    return f"{seconds // _DAY} days"
