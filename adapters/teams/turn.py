"""One turn of botbuilder around our own: the only file that knows the SDK (docs/decisions/0013).

Its `CloudAdapter.process` answers 500 to every invoke with a body, so `process_activity` is called
directly; what it would build for each turn (two clients, a login) is replaced by nothing, for Herald speaks
through its own connector.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ChannelAccount, ConversationAccount
from botframework.connector.auth import BotFrameworkAuthentication, ClaimsIdentity
from botframework.connector.auth.authenticate_request_result import AuthenticateRequestResult
from botframework.connector.auth.connector_factory import ConnectorFactory

from adapters.teams.plain import Json
from adapters.teams.press import Reply

Work = Callable[[], Awaitable[Reply]]


class _Nobody(ConnectorFactory):  # type: ignore[misc]  # published without types
    """Makes the client of a turn, which nobody uses."""

    async def create(self, service_url: str, audience: str) -> object:
        """Something that is there: the SDK insists."""
        del service_url, audience
        return self


class _Verified(BotFrameworkAuthentication):  # type: ignore[misc]  # published without types
    """The SDK's own door stays shut: the token was verified before (auth.py)."""

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        """Never asked: every turn brings its result."""
        del activity, auth_header
        raise PermissionError("verified elsewhere")

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> AuthenticateRequestResult:
        """Never asked: Herald takes no streams."""
        del auth_header, channel_id_header
        raise PermissionError("no streams")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        """A factory of nothing."""
        del claims_identity
        return _Nobody()

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """Nobody signs in to anything."""
        del claims_identity


class Turns(CloudAdapterBase):  # type: ignore[misc]  # published without types
    """Runs activities through the SDK's pipeline."""

    def __init__(self) -> None:
        """Nothing to configure: no token is verified and no client made here."""
        super().__init__(_Verified())

    async def run(self, activity: Json, claims: Mapping[str, Any], work: Work) -> Reply:
        """Do the work as one turn; an invoke's reply goes through the SDK as an invoke response."""
        reply = Reply()

        async def on_turn(context: TurnContext) -> None:
            nonlocal reply
            reply = await work()
            if context.activity.type == ActivityTypes.invoke:
                answer = InvokeResponse(status=int(reply.status), body=reply.body)
                await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=answer))

        done = await self.process_activity(_verified(claims), _inbound(activity), on_turn)
        return Reply(done.status, done.body) if done is not None else reply


def _verified(claims: Mapping[str, Any]) -> AuthenticateRequestResult:
    result = AuthenticateRequestResult()
    result.claims_identity = ClaimsIdentity(dict(claims), True)  # noqa: FBT003  the SDK's own signature
    result.audience = str(claims.get("aud") or "")
    result.connector_factory = _Nobody()
    return result


def _inbound(activity: Json) -> Activity:
    """As much of an activity as the pipeline reads. `Activity.deserialize` costs more than all the rest."""
    return Activity(
        type=str(activity.get("type")), id=str(activity.get("id") or ""), name=activity.get("name"),
        channel_id=activity.get("channelId"), service_url=activity.get("serviceUrl"),
        conversation=ConversationAccount(id=str((activity.get("conversation") or {}).get("id") or "")),
        from_property=ChannelAccount(id=str((activity.get("from") or {}).get("id") or "")),
        recipient=ChannelAccount(id=str((activity.get("recipient") or {}).get("id") or "")),
    )  # fmt: skip
