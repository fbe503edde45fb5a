"""Every route of the console, as requests that can be made.

Decides what stands in for the parts of a path. A route that declares no permission, or two, is an error here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from bot.web.console.permission import Permission
from bot.web.console.work import Anybody, Needs


@dataclass(frozen=True)
class Way:
    """One method of one route; `permission` is None where nobody has to be signed in."""

    method: str
    route: str
    permission: Permission | None

    @property
    def path(self) -> str:
        """An address of it, below the console's."""
        return re.sub(r"{\w+(:\w+)?}", "x", self.route)

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def ways(app: FastAPI) -> list[Way]:
    """All of them. Raises AssertionError for a route without exactly one declared permission."""
    found = []
    for route in app.routes:
        assert isinstance(route, APIRoute), f"{route} is served without a permission"
        declared = list(_declared(route.dependant))
        assert len(declared) == 1, f"{route.path} declares {declared}, not one permission"
        found += [Way(method, route.path, declared[0]) for method in sorted(route.methods or ())]
    return found


def _declared(dependant: Dependant) -> Iterator[Permission | None]:
    for each in dependant.dependencies:
        if isinstance(each.call, Needs):
            yield each.call.permission
        elif isinstance(each.call, Anybody):
            yield None
