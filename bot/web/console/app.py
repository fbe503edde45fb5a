"""The console as one application.

Decides which pages there are. It offers no description of itself to strangers.
"""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from bot.web.console import (
    about,
    account,
    assets,
    audit,
    colleagues,
    conversation,
    conversations,
    cut_out,
    directory,
    exports,
    flows,
    funnel,
    labels,
    make_test,
    not_understood,
    questions,
    queue,
    review,
    set_up,
    sign_in,
    sign_on,
    today,
    views,
)
from bot.web.console.assets import Assets
from bot.web.console.headers import Guard
from bot.web.console.pages import Pages
from bot.web.console.parts import Parts
from bot.web.console.refusals import on_refusals

ROUTERS = (
    about.router,
    account.router,
    assets.router,
    audit.router,
    colleagues.router,
    conversation.router,
    conversations.router,
    cut_out.router,
    directory.router,
    exports.router,
    flows.router,
    funnel.router,
    labels.router,
    make_test.router,
    not_understood.router,
    questions.router,
    queue.router,
    review.router,
    set_up.router,
    sign_in.router,
    sign_on.router,
    today.router,
    views.router,
)


def bare_app(parts: Parts, also: Sequence[APIRouter] = ()) -> FastAPI:
    """The application without its guard, for whoever has to look at its routes."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, title="Console")
    app.router.redirect_slashes = False  # it would name whatever host the request did
    app.state.parts, app.state.assets = parts, Assets()
    app.state.pages = Pages(parts, app.state.assets)
    on_refusals(app, app.state.pages)
    for router in (*ROUTERS, *also):
        app.router.routes.extend(router.routes)  # plain routes, whose permissions can be looked at
    return app


def console_app(parts: Parts, also: Sequence[APIRouter] = ()) -> ASGIApp:
    """The application, to be mounted at `PREFIX`. `also` are routes that only the demo has."""
    return guarded(bare_app(parts, also), parts)


def guarded(app: ASGIApp, parts: Parts) -> ASGIApp:
    """The application behind its guard."""
    return Guard(app, parts.origin, secure=parts.secure)
