"""Requests that nobody of good will makes, for every route of the console.

Decides which strings are hostile and how they get into path, query and form. What goes where is read from the
application's own description, so a page added tomorrow is asked too. The same requests come out every time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote, urlencode

import httpx
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from sqlalchemy import Engine, String, select
from sqlmodel import SQLModel

from bot.web.console.parts import PREFIX
from tests.support.office import Client

FORM = "application/x-www-form-urlencoded"
SCRIPT = "<script>alert(1)</script>"
HOSTILE = (
    "", " ", "\0", "a\0b", "\ud800", "\udfff\ud800", "\u202egnp.exe", "\u200f", "\ufeff", "\r\nSet-Cookie: evil=1",
    "1" + "0" * 30, "-1", "0", "9223372036854775808", "-9223372036854775809", "1e999", "NaN", "\u0663", "\u00b2",
    "%00", "%", "%ff", "_", "*", "'", '" OR 1=1 --', SCRIPT, '"><img src=x onerror=alert(1)>', "{{7*7}}", "${7*7}",
    "../../../../etc/passwd", "..%2f..%2f", "=1+1", "//evil.example", "https://evil.example", "2026-02-30",
    "0000-00-00", "99999-01-01", "0001-01-01", "9999-12-31", "1.1", "en", "xx", "true", "[]",
    "\N{PILE OF POO}" * 50, "x" * 5_000,
)  # fmt: skip
T = TypeVar("T")


class Place(NamedTuple):
    """Where a parameter is: in "path", "query" or "form"."""

    where: str
    name: str


@dataclass(frozen=True)
class Asked:
    """One request. `way` is as `routes.Way` writes itself."""

    way: str
    path: str
    query: Sequence[tuple[str, str]] = ()
    form: Sequence[tuple[str, str]] = ()

    @property
    def method(self) -> str:
        """Its method."""
        return self.way.partition(" ")[0]

    async def by(self, client: Client, token: str) -> httpx.Response:
        """Make it, as a page of ours would."""
        address = f"{PREFIX}{self.path}?{_encoded(self.query)}".removesuffix("?")
        if self.method == "GET":
            return await client.http.get(address)
        body = _encoded([("form_token", token), *self.form])
        headers = {
            "content-type": FORM,
            "sec-fetch-site": "same-origin",
            "origin": str(client.http.base_url).rstrip("/"),
        }
        return await client.http.request(self.method, address, content=body, headers=headers)


def described(app: FastAPI) -> dict[str, list[Place]]:
    """Every way, with its parameters."""
    description = app.openapi()
    found = {}
    for path, ways in description["paths"].items():
        for method, way in ways.items():
            places = [Place(each["in"], each["name"]) for each in way.get("parameters", ())]
            places += [Place("form", name) for name in _fields(way, description)]
            found[f"{method.upper()} {path}"] = places
    return found


def by_the_description(app: FastAPI, examples: int) -> Iterator[Asked]:
    """What schemathesis makes of the application's description: what fits it, and what just does not."""
    schema = schemathesis.openapi.from_dict(app.openapi())
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        for result in schema.get_all_operations():
            assert isinstance(result, Ok), result
            strategy = result.ok().as_strategy(generation_mode=mode)
            yield from map(_case, drawn(strategy, examples))


def hostile(
    app: FastAPI, real: Sequence[str], examples: int, only: Collection[str] = ()
) -> Iterator[Asked]:
    """Hostile strings everywhere, beside names of things that are really there so that they get far. `only` names ways,
    all of them unless given.
    """
    values = st.sampled_from(HOSTILE) | st.sampled_from([*real, "x"]) | st.text(max_size=20)
    for way, places in described(app).items():
        if only and way not in only:
            continue
        needed = {place: values for place in places if place.where != "query"}
        asked = {place: values for place in places if place.where == "query"}
        some = st.fixed_dictionaries(needed, optional=asked)
        for each in drawn(some, examples * len(places) or 1):
            yield _asked(way, each)


def real_names(engine: Engine) -> list[str]:
    """What stands in the short text columns of all tables: references, ids, names."""
    found: set[str] = set()
    with engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            columns = [each for each in table.c if isinstance(each.type, String)]
            for row in connection.execute(select(*columns).limit(5)) if columns else ():
                found |= {value for value in row if value and len(value) <= 64}
    return sorted(found)


def drawn(strategy: st.SearchStrategy[T], examples: int) -> list[T]:
    """So many values, the same ones every time; none where nothing can be drawn."""
    found: list[T] = []

    @settings(
        max_examples=examples, derandomize=True, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def collect(value: T) -> None:
        found.append(value)

    with suppress(Unsatisfiable):  # nothing that does not fit: there is nothing to give
        collect()
    return found


def _case(case: Any) -> Asked:  # noqa: ANN401 - schemathesis's own
    way = f"{case.method.upper()} {case.operation.path}"
    given_all: dict[Place, Any] = {}
    for where, values in (
        ("path", case.path_parameters),
        ("query", case.query),
        ("form", case.body),
    ):
        if isinstance(values, Mapping):
            given_all |= {Place(where, str(name)): value for name, value in values.items()}
    return _asked(way, given_all)


def _asked(way: str, values: Mapping[Place, Any]) -> Asked:
    path = way.partition(" ")[2]
    for place, value in values.items():
        if place.where == "path":
            path = path.replace(
                f"{{{place.name}}}", quote(str(value), safe="", errors="surrogatepass")
            )
    path = re.sub(r"{\w+}", "x", path)
    return Asked(way, path, _pairs("query", values), _pairs("form", values))


def _pairs(where: str, values: Mapping[Place, Any]) -> list[tuple[str, str]]:
    return [
        (place.name, str(each))
        for place, value in values.items()
        if place.where == where
        for each in (value if isinstance(value, list) else [value])
    ]


def _encoded(pairs: Sequence[tuple[str, str]]) -> str:
    return urlencode(pairs, errors="surrogatepass")


def _fields(way: Mapping[str, Any], description: Mapping[str, Any]) -> list[str]:
    schema = way.get("requestBody", {}).get("content", {}).get(FORM, {}).get("schema", {})
    if "$ref" in schema:
        schema = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return list(schema.get("properties", {}))
