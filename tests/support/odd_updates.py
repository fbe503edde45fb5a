"""Updates as the Bot API's documentation allows them, and nearly so: for properties that must hold whatever is sent.

Decides nothing about them. Every text holds `SECRET`, so that a test can look where it went.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson
from hypothesis import strategies as st

import bot.demo

SECRET = "pancreatitis"
LARGEST = 2**63 - 1
_ARRAY = "Array of "
_DEPTH = 3


def odd_updates() -> st.SearchStrategy[dict[str, Any]]:
    """Update objects, some of whose values are of a wrong type, missing, or not documented at all."""
    kinds = [name for name in _types()["Update"]["fields"] if name != "update_id"]
    return st.builds(
        lambda number, kind, content, more: {"update_id": number, kind: content, **more},
        st.integers(0, LARGEST),
        st.sampled_from([*kinds, "message", "message", "callback_query", "my_chat_member"]),
        st.deferred(lambda: st.one_of(*map(_content, kinds), _junk())),
        st.dictionaries(st.sampled_from([*kinds, "made_up"]), _junk(), max_size=1),
    )


@cache
def _types() -> dict[str, Any]:
    file = Path(bot.demo.__file__).with_name("bot_api.json")
    types: dict[str, Any] = orjson.loads(file.read_bytes())["types"]
    return types


@cache
def _content(kind: str) -> st.SearchStrategy[Any]:
    return _one_of(tuple(_types()["Update"]["fields"][kind]["types"]), _DEPTH)


def _one_of(names: tuple[str, ...], depth: int) -> st.SearchStrategy[Any]:
    return st.one_of([_value(name, depth) for name in names])


@cache
def _value(name: str, depth: int) -> st.SearchStrategy[Any]:
    match name:
        case "Integer":
            return _mostly(st.one_of(st.integers(1, 9), st.integers(-LARGEST, LARGEST)))
        case "String":
            return _mostly(_texts())
        case "Boolean":
            return _mostly(st.booleans())
        case "Float":
            return _mostly(st.floats(allow_nan=False))
        case _ if name.startswith(_ARRAY):
            item = _value(name.removeprefix(_ARRAY), depth - 1) if depth else _junk()
            return _mostly(st.lists(item, max_size=2))
        case _ if depth == 0:
            return _junk()
        case _ if "subtypes" in _types()[name]:
            return _one_of(tuple(_types()[name]["subtypes"]), depth)
        case _:
            return _mostly(_object(name, depth))


def _object(name: str, depth: int) -> st.SearchStrategy[Any]:
    fields = _types()[name].get("fields", {})

    def of(field: str) -> st.SearchStrategy[Any]:
        return _one_of(tuple(fields[field]["types"]), depth - 1)

    required = {field: of(field) for field, spec in fields.items() if spec["required"]}
    likely = [field for field in fields if field in ("from", "text", "data", "message", "caption")]
    optional = {field: of(field) for field in likely if field not in required}
    return st.fixed_dictionaries(required, optional=optional)


def _texts() -> st.SearchStrategy[str]:
    odd = st.text(st.characters(exclude_categories=()), max_size=5)
    return st.one_of(
        st.builds(lambda text: f"{SECRET} {text}", odd),
        st.sampled_from(["private", "group", "member", "kicked", "/start", "1:yes", "menu"]),
    )


def _mostly(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, values, values, values, values, values, _junk())


def _junk() -> st.SearchStrategy[Any]:
    leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.just(SECRET), st.just(""))
    return st.recursive(leaves, lambda inner: st.lists(inner, max_size=2), max_leaves=3)
