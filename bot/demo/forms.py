"""Parameters of a Bot API request as HTTP carries them: query, JSON, form, or multipart with files.

Decides only how bytes become named values and files. Everything stays text or JSON as it came; `spec` decides what it
means.
"""

from __future__ import annotations

from email.message import Message
from email.parser import HeaderParser
from typing import Any
from urllib.parse import parse_qsl

import orjson

Fields = dict[str, Any]
Parts = dict[str, tuple[str, bytes]]


class UnreadableBody(ValueError):
    """The body is not what its content type says."""


def read_body(content_type: str, body: bytes) -> tuple[Fields, Parts]:
    """Named values and files. Raises UnreadableBody."""
    header = Message()
    header["Content-Type"] = content_type or "application/octet-stream"
    match header.get_content_type():
        case "application/json":
            return _json(body), {}
        case "application/x-www-form-urlencoded":
            return _form(body), {}
        case "multipart/form-data":
            boundary = header.get_param("boundary")
            if not isinstance(boundary, str) or not boundary:
                raise UnreadableBody("no boundary")
            return _multipart(boundary.encode("utf-8", "replace"), body)
        case _:
            return {}, {}  # as the real server: a body it does not understand is no parameters


def read_query(query: str) -> Fields:
    """Named values of the address."""
    return dict(parse_qsl(query, keep_blank_values=True, errors="replace"))


def _json(body: bytes) -> Fields:
    try:
        fields = orjson.loads(body or b"{}")
    except ValueError as error:
        raise UnreadableBody("not JSON") from error
    if not isinstance(fields, dict):
        raise UnreadableBody("not an object")
    return fields


def _form(body: bytes) -> Fields:
    return read_query(body.decode("utf-8", "replace"))


def _multipart(boundary: bytes, body: bytes) -> tuple[Fields, Parts]:
    fields: Fields = {}
    files: Parts = {}
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise UnreadableBody("no closing boundary")
    for piece in pieces[1:-1]:
        head, separator, content = piece.partition(b"\r\n\r\n")
        if not separator:
            raise UnreadableBody("a part without a head")
        header = HeaderParser().parsestr(head.decode("utf-8", "replace").lstrip("\r\n"))
        name = header.get_param("name", header="content-disposition")
        if not isinstance(name, str):
            raise UnreadableBody("a part without a name")
        file_name = header.get_filename()
        if file_name is None:
            fields[name] = content.decode("utf-8", "replace")
        else:
            files[name] = (file_name, content)
    return fields, files
