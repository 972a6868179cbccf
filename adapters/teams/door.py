"""The HTTP door: the token first, then JSON, then the activity; whatever nobody foresaw ends here."""

import json
from collections.abc import Mapping
from http import HTTPStatus

import structlog
from aiohttp import web

from adapters.teams.activities import Activities
from adapters.teams.auth import Admitted, Gate, Unadmitted
from adapters.teams.failed import apology
from adapters.teams.plain import Json, packed
from adapters.teams.press import Reply
from adapters.teams.reading import read
from adapters.teams.turn import Turns
from adapters.teams.wire import Event, Malformed
from bot.ports import Unreachable
from content.texts import supported

log = structlog.get_logger("herald.teams")


class Door:
    """One route for everything Teams sends. `tenants` are the ones that are served."""

    def __init__(self, gate: Gate, turns: Turns, tenants: Mapping[str, Activities]) -> None:
        """Hand admitted activities to their tenant."""
        self._gate = gate
        self._turns = turns
        self._tenants = tenants

    async def answer(self, request: web.Request) -> web.Response:
        """401 for what is not Microsoft's or not for us, 400 for what is no activity, else the answer."""
        try:
            admitted = await self._gate.admit(request)
            activity = parsed(await request.read())
            self._gate.match(admitted, activity)
            event = read(activity)
        except Unadmitted as refused:
            log.warning("teams.unadmitted", cause=str(refused), peer=request.remote)
            return web.Response(status=HTTPStatus.UNAUTHORIZED, text="unverified")
        except Unreachable as failure:
            log.warning("teams.unverifiable", cause=str(failure))
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, text="try again")
        except Malformed:
            return web.Response(status=HTTPStatus.BAD_REQUEST, text="malformed")
        return _response(await self._done(admitted, activity, event))

    async def _done(self, admitted: Admitted, activity: Json, event: Event) -> Reply:
        activities = self._tenants[event.at.tenant]
        try:
            return await self._turns.run(activity, admitted.claims, lambda: activities.answered(event))
        except Exception as error:  # noqa: BLE001  the adapter's one edge: logged, and an apology shown
            by = activities.ours.by(event.at)
            language = activities.screen.heard.get(by.member) or supported(event.at.language)
            return apology(error, event, language)


def parsed(raw: bytes) -> Json:
    """An object of JSON; raises `Malformed`."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as broken:
        raise Malformed("not JSON") from broken
    if not isinstance(body, dict):
        raise Malformed("no object")
    return body


def _response(reply: Reply) -> web.Response:
    if reply.body is None:
        return web.Response(status=int(reply.status))
    return web.Response(
        body=packed(reply.body), status=int(reply.status), content_type="application/json", charset="utf-8"
    )
