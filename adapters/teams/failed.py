"""What somebody sees when nobody foresaw what happened: a plain apology, and nothing of the error."""

from http import HTTPStatus
from uuid import uuid4

import structlog

from adapters.teams.forms import said
from adapters.teams.plain import say
from adapters.teams.press import Reply
from adapters.teams.showing import TOLD
from adapters.teams.wire import DialogOpened, DialogSent, Event, ExtensionOpened, Other, Pressed
from content.texts import text

log = structlog.get_logger("herald.teams")


def apology(error: Exception, event: Event, language: str) -> Reply:
    """Log with a traceback, and answer: 500 where Teams tries again (events), words where a person waits."""
    request = uuid4().hex[:12]
    log.error("teams.failed", request=request, kind=type(event).__name__, exc_info=error)
    words = text("apology", request=request)
    match event:
        case Pressed(answered=True):
            return Reply(body={"statusCode": HTTPStatus.OK, "type": TOLD, "value": say(words, language)})
        case DialogOpened() | DialogSent() | ExtensionOpened():
            return Reply(body=said(words, language))
        case Other(invoke=True):
            return Reply()
        case _:
            return Reply(status=HTTPStatus.INTERNAL_SERVER_ERROR)
