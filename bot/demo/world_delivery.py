"""The methods that decide how the bot hears of updates: by asking, or by webhook.

Decides who may take updates and the conflicts between the ways. Waiting for updates is the doors' (`poll`), pushing
them is the webhook sender's (`sender`).
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from bot.demo.spec import Files
from bot.demo.world_methods import method
from bot.demo.world_people import Json
from bot.demo.world_refusals import WEBHOOK_ACTIVE, bad_request, conflict
from bot.demo.world_state import Webhook, WorldState

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_BATCH: Final = 100


@method("getUpdates")
def get_updates(world: WorldState, params: Json, _files: Files) -> list[Json]:
    """What waits, at once; everything below `offset` is confirmed."""
    if world.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    if "allowed_updates" in params:
        world.inbox.allow(params["allowed_updates"])
    return world.inbox.take(params.get("offset", 0), params.get("limit", _BATCH))


@method("setWebhook")
def set_webhook(world: WorldState, params: Json, _files: Files) -> bool:
    """Push updates to `url` from now on; an empty one stops that."""
    url = params.get("url", "")
    if url:
        _check_address(url)
    if "allowed_updates" in params:
        world.inbox.allow(params["allowed_updates"])
    _drop_pending(world, params)
    world.webhook = Webhook(url, params.get("secret_token", ""), params.get("max_connections", 40))
    world.wake()
    return True


@method("deleteWebhook")
def delete_webhook(world: WorldState, params: Json, _files: Files) -> bool:
    """Back to asking."""
    _drop_pending(world, params)
    world.webhook = Webhook()
    world.wake()
    return True


@method("getWebhookInfo")
def get_webhook_info(world: WorldState, _params: Json, _files: Files) -> Json:
    """How the webhook does."""
    webhook = world.webhook
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.inbox),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if webhook.last_error is not None:
        info["last_error_date"], info["last_error_message"] = webhook.last_error
    if world.inbox.allowed:
        info["allowed_updates"] = world.inbox.allowed
    return info


def _check_address(url: str) -> None:
    """A real server wants https; ours may also push to this machine, where there is none."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise bad_request("bad webhook: invalid webhook URL specified") from error
    if not host:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


def _drop_pending(world: WorldState, params: Json) -> None:
    if params.get("drop_pending_updates"):
        world.inbox.clear()
