"""Nothing that is known by a reference is overlooked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, LargeBinary, String, Table, insert, select
from sqlmodel import SQLModel

import bot.storage.staff_tables
from bot.storage.hanging import OF_A_REF
from bot.storage.log import Log
from tests.support.database import database, vault

__all__ = ["bot"]


def test_every_table_with_a_reference_is_listed() -> None:
    with_ref = {table.name for table in SQLModel.metadata.tables.values() if "ref" in table.c}
    assert {table.name for table in OF_A_REF} == with_ref


@pytest.mark.parametrize("table", OF_A_REF, ids=lambda table: table.name)
def test_removing_empties_every_one_of_them_for_that_reference(
    tmp_path: Path, table: Table
) -> None:
    engine = database(tmp_path)
    with engine.begin() as connection:
        for number, ref in enumerate(("mine", "other")):
            connection.execute(insert(table).values(_row(table, ref, number)))
        Log(engine.dialect, vault()).remove(connection, ["mine"])
        assert connection.scalars(select(table.c.ref)).all() == ["other"]
    engine.dispose()


def _row(table: Table, ref: str, number: int) -> dict[str, Any]:
    return {column.name: _value(column, number) for column in table.c} | {"ref": ref}


def _value(column: Column[Any], number: int) -> object:
    match column.type:
        case String():
            return f"a{number}"
        case LargeBinary():
            return b"a"
        case _:
            return number
