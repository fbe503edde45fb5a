"""The documented Bot API as checks: does a call satisfy it, and what are its values?

Decides types, required parameters and limits from `bot_api.json`, compiled once into small functions so that a call
costs microseconds. Values come as JSON or, as forms carry them, as text; both end up as the documented type. It does
not decide what a method does, nor whether the world allows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import orjson

from bot.demo.world_refusals import SpecRefusal, absent, ill_typed, outside, spec_refusal

Files = Mapping[str, tuple[str, bytes]]
Notes = list[str]
Check = Callable[[object, str, Notes], object]
"""(value, its name, violations to add to) -> the value as documented; raises SpecRefusal."""

_FILE: Final = Path(__file__).with_name("bot_api.json")
_ARRAY: Final = "Array of "
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_INT64: Final = 2**63
_INTEGER: Final = re.compile(r"-?\d{1,19}")

# An empty address is how a webhook is removed.
_MAY_BE_EMPTY: Final = {("setWebhook", "url")}

# The real server quietly moves these into their range; we do the same, but note it.
_CLAMPED: Final = {("getUpdates", "limit"), ("setWebhook", "max_connections")}


@dataclass(frozen=True, slots=True)
class Field:
    """One documented parameter or field."""

    owner: str
    name: str
    required: bool
    check: Check


@dataclass(frozen=True, slots=True)
class Call:
    """A call that satisfies the documentation, but for what `violations` names."""

    values: dict[str, Any]
    violations: Notes = field(default_factory=list)


class Spec:
    """All methods and types of the Bot API, compiled on first use."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._types: Mapping[str, Any] = document["types"]
        self._methods: Mapping[str, Any] = document["methods"]
        self._compiled: dict[str, Check] = {}
        self._fields: dict[str, dict[str, Field]] = {}
        self._required: dict[str, tuple[str, ...]] = {}
        self.names: Mapping[str, str] = {name.lower(): name for name in self._methods}

    def check(self, method: str, params: Mapping[str, Any], files: Files) -> Call:
        """`method` must be one of `names`. Raises SpecRefusal with the server's words."""
        fields = self._fields_of(method, self._methods[method])
        notes: Notes = []
        values: dict[str, Any] = {}
        for name, value in params.items():
            if value is None or value == "":
                continue
            known = fields.get(name)
            if known is None:
                notes.append(f'{method} has no parameter "{name}"')
                continue
            try:
                values[name] = known.check(value, name, notes)
            except RecursionError as error:
                raise spec_refusal(f"can't parse {name} JSON object") from error
        for name in self._required[method]:
            if name not in values and name not in files:
                if (method, name) in _MAY_BE_EMPTY and name in params:
                    continue
                raise absent(name)
        if files:
            _check_attached(method, params, files, fields, notes)
        return Call(values, notes)

    def parameters(self, method: str) -> list[str]:
        """The names of the documented parameters."""
        return list(self._methods[method].get("fields", {}))

    def _fields_of(self, owner: str, entry: Mapping[str, Any]) -> dict[str, Field]:
        known = self._fields.get(owner)
        if known is None:
            known = self._fields[owner] = {
                name: Field(owner, name, spec["required"], self._field_check(owner, name, spec))
                for name, spec in entry.get("fields", {}).items()
            }
            self._required[owner] = tuple(name for name, one in known.items() if one.required)
        return known

    def _field_check(self, owner: str, name: str, spec: Mapping[str, Any]) -> Check:
        check = self._any_of(tuple(spec["types"]))
        if limits := spec.get("limits"):
            check = _limited(owner, name, check, limits)
        if (const := spec.get("const")) is not None:
            check = _constant(check, const)
        return check

    def _any_of(self, types: tuple[str, ...]) -> Check:
        if len(types) == 1:
            return self._type(types[0])
        if set(types) == {"Integer", "String"}:
            return _integer_or_string
        if "InputFile" in types:
            return _string
        return self._one_of(types)

    def _type(self, name: str) -> Check:
        check = _SCALARS.get(name) or self._compiled.get(name)
        if check is None:
            check = self._compiled[name] = self._compile(name)
        return check

    def _compile(self, name: str) -> Check:
        if name.startswith(_ARRAY):
            return self._array(name.removeprefix(_ARRAY))
        subtypes = self._types[name].get("subtypes")
        return self._one_of(tuple(subtypes)) if subtypes else self._object(name)

    def _array(self, item: str) -> Check:
        def check(value: object, name: str, notes: Notes) -> object:
            items = _decoded(value)
            if not isinstance(items, list):
                raise ill_typed(name, f"{_ARRAY}{item}")
            each = self._type(item)
            return [each(one, name, notes) for one in items]

        return check

    def _object(self, owner: str) -> Check:
        def check(value: object, name: str, notes: Notes) -> object:
            given = _decoded(value)
            if not isinstance(given, dict):
                raise ill_typed(name, owner)
            fields = self._fields_of(owner, self._types[owner])
            values: dict[str, Any] = {}
            for key, one in given.items():
                known = fields.get(key)
                if known is None:
                    notes.append(f'{owner} has no field "{key}"')
                elif one is not None:
                    values[key] = known.check(one, key, notes)
            for key in self._required[owner]:
                if key not in values:
                    raise spec_refusal(f"can't parse {owner}: can't find field \"{key}\"")
            return values

        return check

    def _one_of(self, types: tuple[str, ...]) -> Check:
        def check(value: object, name: str, notes: Notes) -> object:
            given = _decoded(value)
            refusal: SpecRefusal | None = None
            for one in types:
                if not self._looks_like(one, given):
                    continue
                try:
                    return self._type(one)(given, name, notes)
                except SpecRefusal as error:
                    refusal = refusal or error
            raise refusal or ill_typed(name, " or ".join(types))

        return check

    def _looks_like(self, name: str, given: object) -> bool:
        """Whether an object has the required fields and fixed values of this union member."""
        if name in _SCALARS or name.startswith(_ARRAY):
            return True
        if "subtypes" in self._types[name]:
            return isinstance(given, dict)
        if not isinstance(given, dict):
            return False
        fields = self._types[name]["fields"].items()
        return all(
            key in given and spec.get("const", given[key]) == given[key]
            for key, spec in fields
            if spec["required"]
        )


@cache
def bot_api() -> Spec:
    """The documentation this project keeps, read once."""
    return Spec(orjson.loads(_FILE.read_bytes()))


def _check_attached(
    method: str, params: Mapping[str, Any], files: Files, fields: Mapping[str, Field], notes: Notes
) -> None:
    for name in files:
        if name not in fields and f"attach://{name}" not in params.values():
            notes.append(f'{method} was sent a file "{name}" that no parameter names')


def _decoded(value: object) -> object:
    """Forms carry objects and arrays as JSON text."""
    if not isinstance(value, str):
        return value
    try:
        return orjson.loads(value)
    except ValueError:
        return value


def _integer(value: object, name: str, _notes: Notes) -> int:
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and -_INT64 <= value < _INT64:
        return value
    raise ill_typed(name, "Integer")


def _float(value: object, name: str, _notes: Notes) -> float:
    if isinstance(value, (int, float, str)) and not isinstance(value, bool):
        try:
            return float(value)
        except (ValueError, OverflowError) as error:
            raise ill_typed(name, "Float") from error
    raise ill_typed(name, "Float")


def _boolean(value: object, name: str, _notes: Notes) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "True", "false", "False"):
        return bool(value[0] in "tT")
    raise ill_typed(name, "Boolean")


def _string(value: object, name: str, _notes: Notes) -> str:
    if not isinstance(value, str):
        raise ill_typed(name, "String")
    if not value.isascii() and _LONE_SURROGATE.search(value):
        raise spec_refusal("strings must be encoded in UTF-8")
    return value


def _integer_or_string(value: object, name: str, notes: Notes) -> int | str:
    if isinstance(value, str) and not _INTEGER.fullmatch(value):
        return _string(value, name, notes)
    return _integer(value, name, notes)


_SCALARS: Final[Mapping[str, Check]] = {
    "Integer": _integer,
    "Float": _float,
    "Boolean": _boolean,
    "String": _string,
    "InputFile": _string,
}


def _constant(check: Check, const: object) -> Check:
    def checked(value: object, name: str, notes: Notes) -> object:
        found = check(value, name, notes)
        if found != const:
            raise ill_typed(name, repr(const))
        return found

    return checked


def _limited(owner: str, name: str, check: Check, limits: Mapping[str, Any]) -> Check:
    """Limits after entity parsing are the method's to enforce: only it has parsed them."""
    if limits.get("after_entities"):
        return check
    low, high = limits.get("min", 0), limits.get("max")
    pattern = re.compile(limits["pattern"]) if "pattern" in limits else None
    measure = _MEASURES.get(limits.get("unit", ""))
    clamped = (owner, name) in _CLAMPED

    def checked(value: object, label: str, notes: Notes) -> object:
        found = check(value, label, notes)
        if pattern is not None and not (isinstance(found, str) and pattern.fullmatch(found)):
            raise outside(owner, name)
        if measure is None or high is None or low <= measure(found) <= high:
            return found
        if not clamped:
            raise outside(owner, name)
        notes.append(f'{owner}: "{name}" is outside {low}..{high}')
        return min(max(found, low), high)

    return checked


def _bytes(value: str) -> int:
    return len(value.encode("utf-8", "surrogatepass"))


_MEASURES: Final[Mapping[str, Callable[[Any], int]]] = {
    "characters": len,
    "bytes": _bytes,
    "items": len,
    "value": lambda value: value,
}
