"""The settings, and what is said when one is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.privacy.vault import new_keys
from bot.settings import MENDS, Mode, Settings, SettingsError, read_settings, read_storage_settings

TOKEN = "1000000001:a-token-for-tests-only"
DATA_KEY, LOOKUP_KEY = new_keys()
ROOT = Path(__file__).parents[2]
ENOUGH = {
    "TELEGRAM_BOT_TOKEN": TOKEN,
    "BOT_DATA_KEYS": DATA_KEY,
    "BOT_LOOKUP_KEY": LOOKUP_KEY,
}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of this machine, and no `.env` file."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def setting(monkeypatch: pytest.MonkeyPatch, **environment: str) -> None:
    for name, value in (ENOUGH | environment).items():
        monkeypatch.setenv(name, value)


def test_a_token_and_two_keys_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    setting(monkeypatch)
    settings = read_settings()
    assert settings.telegram_mode is Mode.POLLING
    assert settings.api_root == "https://api.telegram.org/bot"
    assert settings.on_sqlite
    assert settings.bot_keep_days == 90
    assert settings.port is None
    assert len(settings.data_keys) == 1
    assert len(settings.lookup_key) == 32


def test_the_env_file_is_read(tmp_path: Path) -> None:
    lines = [f"{name}={value}" for name, value in ENOUGH.items()]
    (tmp_path / ".env").write_text("\n".join([*lines, "PORT=", "SOMETHING_ELSE=1"]))
    assert read_settings().telegram_bot_token.get_secret_value() == TOKEN


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    older, _ = new_keys()
    setting(monkeypatch, BOT_DATA_KEYS=f"{DATA_KEY}, {older}", BOT_REF_CODES="clinic, ward_2,")
    settings = read_settings()
    assert len(settings.data_keys) == 2
    assert settings.bot_ref_codes == {"clinic", "ward_2"}


def test_a_webhook_is_served_at_the_path_of_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    setting(
        monkeypatch,
        TELEGRAM_MODE="webhook",
        WEBHOOK_URL="https://bot.example/deep/hook",
        WEBHOOK_SECRET="s3cret",
    )
    assert read_settings().webhook_path == "/deep/hook"


def test_another_bot_api_server_on_this_machine_may_be_plain_http(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    setting(monkeypatch, TELEGRAM_API_BASE_URL="http://127.0.0.1:8081/")
    assert read_settings().api_root == "http://127.0.0.1:8081/bot"


@pytest.mark.parametrize("name", sorted(ENOUGH))
def test_what_is_missing_is_named_with_its_mend(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    setting(monkeypatch, **{name: ""})
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert str(error.value) == f"{name} is missing: {MENDS[name.lower()]}."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "very-private"),
        ("TELEGRAM_API_BASE_URL", "http://very-private.example"),
        ("TELEGRAM_MODE", "very-private"),
        ("WEBHOOK_URL", "very-private"),
        ("WEBHOOK_SECRET", "very private"),
        ("PORT", "very-private"),
        ("DATABASE_URL", "very-private"),
        ("BOT_DATA_KEYS", "very-private"),
        ("BOT_DATA_KEYS", f"{DATA_KEY},dmVyeS1wcml2YXRl"),
        ("BOT_LOOKUP_KEY", "very-private"),
        ("CONSOLE_URL", "http://very-private.example"),
        ("CONSOLE_URL", "https://very-private.example/console"),
        ("CONSOLE_URL", "https://very:private@help.example"),
        ("OIDC_ISSUER", "very-private"),
        ("BOT_ANSWERING", "very-private"),
        ("BOT_REF_CODES", "very private!"),
        ("BOT_KEEP_DAYS", "0"),
    ],
)
def test_what_is_wrong_is_named_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    setting(monkeypatch, **{name: value})
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert str(error.value) == f"{name} is wrong: {MENDS[name.lower()]}."
    assert "private" not in str(error.value)


@pytest.mark.parametrize("name", ["WEBHOOK_URL", "WEBHOOK_SECRET"])
def test_a_webhook_needs_its_address_and_secret(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    given = {"WEBHOOK_URL": "https://bot.example/hook", "WEBHOOK_SECRET": "s3cret"}
    setting(monkeypatch, TELEGRAM_MODE="webhook", **(given | {name: ""}))
    with pytest.raises(SettingsError, match=f"^{name} is missing"):
        read_settings()


@pytest.mark.parametrize("name", ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_single_sign_on_needs_all_of_its_settings(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    given = {
        "OIDC_ISSUER": "https://id.example",
        "OIDC_CLIENT_ID": "console",
        "OIDC_CLIENT_SECRET": "s3cret",
    }
    setting(monkeypatch, **given)
    assert read_settings().oidc_client_id == "console"
    setting(monkeypatch, **(given | {name: ""}))
    with pytest.raises(SettingsError, match=f"^{name} is missing"):
        read_settings()


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    setting(monkeypatch, WEBHOOK_SECRET="very-private")
    shown = repr(read_settings())
    assert all(secret not in shown for secret in (TOKEN, DATA_KEY, LOOKUP_KEY, "very-private"))


def test_a_migration_needs_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///other.sqlite3")
    assert read_storage_settings().database_url == "sqlite:///other.sqlite3"


def test_every_setting_has_a_mend() -> None:
    assert set(MENDS) == set(Settings.model_fields)


def test_the_example_file_names_every_setting_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}


def test_the_example_file_shows_the_defaults() -> None:
    example = (ROOT / ".env.example").read_text()
    for name, value in re.findall(r"^([A-Z_]+)=(.+)$", example, re.MULTILINE):
        default = Settings.model_fields[name.lower()].default
        assert value == (
            {True: "yes", False: "no"}[default] if default in (True, False) else str(default)
        )
