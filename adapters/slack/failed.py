"""The adapter's edge: whatever nobody foresaw ends here, once, with its traceback and a plain apology."""

from uuid import uuid4

import structlog
from slack_bolt import BoltResponse

from adapters.slack.chat import SlackChat
from adapters.slack.forms import told_view
from adapters.slack.plain import Json
from adapters.slack.render import blocks, render_words
from adapters.slack.showing import Screen, errors
from adapters.slack.who import Ours, channel_of, user_of
from bot.after import Afterwards
from bot.cards import Body
from content.texts import LANGUAGES, Words, text

log = structlog.get_logger("herald.slack")


class Failed:
    """Bolt's error handler. It asks storage nothing: storage may be what failed."""

    def __init__(self, screen: Screen, chat: SlackChat, ours: Ours, after: Afterwards) -> None:
        """Apologise in the acknowledgement where it can carry words, else after it."""
        self._screen = screen
        self._chat = chat
        self._ours = ours
        self._after = after

    async def answered(self, error: Exception, body: Json) -> BoltResponse:
        """Log, and answer: 500 where Slack tries again (events), an apology where a person waits."""
        request = uuid4().hex[:12]
        kind = str(body.get("type") or body.get("command") or "")
        log.error("slack.failed", request=request, kind=kind, exc_info=error)
        if kind == "event_callback":
            return BoltResponse(status=500, body="")
        language = self._screen.heard.get(self._ours.within(user_of(body))) or LANGUAGES[0]
        return BoltResponse(status=200, body=self._words(body, text("apology", request=request), language))

    def _words(self, body: Json, apology: Words, language: str) -> Json | str:
        if "command" in body:
            return {"response_type": "ephemeral", **render_words(apology, language)}
        if body.get("type") == "view_submission":
            return _in_form(body["view"], apology, language)
        if body.get("type") != "view_closed":
            self._after.start(self._chat.tell(user_of(body), channel_of(body), apology, language))
        return ""


def _in_form(shown: Json, apology: Words, language: str) -> Json:
    """At the first field, so that nothing typed is lost; a form without fields shows the words alone."""
    if any(block.get("type") == "input" for block in shown.get("blocks") or []):
        return {"response_action": "errors", "errors": errors({"": apology}, shown, language)}
    return {
        "response_action": "update",
        "view": told_view(blocks((Body(apology),), language, "modal"), language),
    }
