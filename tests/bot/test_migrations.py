"""The database's history."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from bot.storage.engine import open_engine
from bot.storage.migrate import HEAD, at_head, config, downgrade, upgrade


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database that does not exist yet, in a directory that does not either."""
    return f"sqlite:///{tmp_path / 'new' / 'test.sqlite3'}"


def test_an_empty_database_is_brought_up_to_date(url: str) -> None:
    assert not at_head(url)
    upgrade(url)
    assert at_head(url)


def test_bringing_up_to_date_again_changes_nothing(url: str) -> None:
    upgrade(url)
    upgrade(url)
    assert at_head(url)


def test_the_tables_are_those_of_the_program(url: str) -> None:
    upgrade(url)
    engine = open_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_a_database_of_the_first_release_keeps_its_conversations(url: str) -> None:
    upgrade(url, "0001")
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO conversation (id, chat_hash, state, updated_at, unreachable) "
                "VALUES ('a', 'b', x'00', 1, 0)"
            )
        )
    upgrade(url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT id FROM conversation")) == "a"
        assert connection.scalar(text("SELECT count(*) FROM question")) == 0
    downgrade(url, "0001")
    assert "question" not in inspect(engine).get_table_names()
    engine.dispose()


def test_events_of_before_the_log_get_a_visit_to_go_with(url: str) -> None:
    upgrade(url, "0002")
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO event (ref, at, kind, place, detail) "
                "VALUES ('r', 5, 'shown', 'a.b', ''), ('r', 9, 'shown', 'a.b', '')"
            )
        )
    upgrade(url)
    with engine.connect() as connection:
        (visit,) = connection.execute(text("SELECT ref, began_at, last_at FROM visit")).all()
    assert tuple(visit) == ("r", 5, 9)
    downgrade(url, "0002")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM event")) == 2
    assert not {"visit", "turn", "phrase"} & {*inspect(engine).get_table_names()}
    engine.dispose()


def test_the_way_back_removes_every_table(url: str) -> None:
    upgrade(url)
    downgrade(url, "base")
    engine = open_engine(url)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    upgrade(url)
    assert at_head(url)


def test_the_program_names_the_newest_revision(url: str) -> None:
    engine = open_engine(url)
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(config(connection))
        assert scripts.get_heads() == [HEAD]
    engine.dispose()
