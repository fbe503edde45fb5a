"""Encryption at rest."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.vault import UnopenableError, Vault, new_keys, read_key
from tests.support.database import DATA_KEY, LOOKUP_KEY, vault

OTHER_KEY = bytes(range(64, 96))


@given(st.binary(max_size=500), st.text(max_size=20), st.text(max_size=20))
def test_what_was_sealed_opens_in_its_own_row(plain: bytes, table: str, row: str) -> None:
    sealed = vault().seal(table, row, plain)
    assert vault().open(table, row, sealed) == plain


@pytest.mark.parametrize(("table", "row"), [("outbox", "1"), ("conversation", "2")])
def test_a_value_moved_elsewhere_does_not_open(table: str, row: str) -> None:
    sealed = vault().seal("conversation", "1", b"x")
    with pytest.raises(UnopenableError):
        vault().open(table, row, sealed)


@given(st.integers(0, 200), st.integers(1, 255))
def test_a_changed_value_does_not_open(place: int, change: int) -> None:
    sealed = bytearray(vault().seal("t", "1", b"0123456789"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(UnopenableError):
        vault().open("t", "1", bytes(sealed))


@pytest.mark.parametrize("cut", [0, 1, 5, 13, 20])
def test_a_value_cut_short_does_not_open(cut: int) -> None:
    with pytest.raises(UnopenableError):
        vault().open("t", "1", vault().seal("t", "1", b"0123456789")[:cut])


def test_the_first_key_writes_and_all_read() -> None:
    old = vault().seal("t", "1", b"old")
    rotated = Vault([OTHER_KEY, DATA_KEY], LOOKUP_KEY)
    assert rotated.open("t", "1", old) == b"old"
    with pytest.raises(UnopenableError):
        vault().open("t", "1", rotated.seal("t", "1", b"new"))


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert vault().seal("t", "1", b"x") != vault().seal("t", "1", b"x")


def test_a_chat_is_found_again_only_with_the_lookup_key() -> None:
    other = Vault([DATA_KEY], OTHER_KEY)
    assert vault().lookup(42) == vault().lookup(42)
    assert len({vault().lookup(42), vault().lookup(-42), other.lookup(42)}) == 3


def test_fresh_keys_can_be_read() -> None:
    data, lookup = new_keys()
    assert data != lookup
    Vault([read_key(data)], read_key(lookup))


@pytest.mark.parametrize("text", ["", "abc", "!" * 44, base64.b64encode(b"short").decode()])
def test_a_bad_key_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(ValueError, match="key") as refused:
        read_key(text)
    assert not text or text not in str(refused.value)


def test_a_vault_needs_keys_of_the_right_length() -> None:
    with pytest.raises(ValueError, match="data key"):
        Vault([], LOOKUP_KEY)
    with pytest.raises(ValueError, match="31 bytes"):
        Vault([DATA_KEY[1:]], LOOKUP_KEY)
