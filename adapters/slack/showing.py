"""What an answer becomes in front of the person: a form, a few words, Home drawn anew."""

from dataclasses import dataclass

from adapters.slack.chat import SlackChat
from adapters.slack.forms import opened, told_view, view
from adapters.slack.herald import Herald
from adapters.slack.plain import Json, raw
from adapters.slack.render import blocks, render, render_words
from bot.cards import Body, Card, Role
from bot.forms import Form
from bot.lettering import clean, cut
from bot.ports import Answer, Asked, By, Gone, Told, Wrong
from bot.recent import Recent
from content.texts import Words, say, text

SAID = "herald:said"
"""Block ids of what was said inside an open form begin so; said again, it replaces itself."""
HEARD = 5_000
"""People whose language is remembered for an apology."""
_VIEW = ("type", "callback_id", "title", "close", "submit", "private_metadata", "notify_on_close")
_ERROR = 300
_IMAGE = ("type", "block_id", "image_url", "slack_file", "alt_text", "title")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a press happened: in an open view, in Home or in a channel; `trigger` may open a form there."""

    by: By
    user: str
    trigger: str = ""
    channel: str | None = None
    modal: Json | None = None
    home: bool = False


class Screen:
    """Shows answers after the acknowledgement, and words them for the acknowledgement itself."""

    def __init__(self, bot: Herald, chat: SlackChat) -> None:
        """Ask the bot for languages and Home; show through the chat."""
        self._bot = bot
        self._chat = chat
        self.heard: Recent[str] = Recent(HEARD)

    async def show(self, answer: Answer, place: Place) -> None:
        """Show what an answer means, where the person is; `Redrawn` and `Done` show by themselves."""
        words = said(answer)
        if isinstance(answer, Asked):
            await self._ask(answer.form, place)
        elif words is not None:
            await self.tell(words, place)
        if place.home:
            await self.publish(place)

    async def tell(self, words: Words | Card, place: Place) -> None:
        """Say something to the person only: in the open form, over Home, in the channel, else 1:1.

        A card takes the place of a view that only tells; what somebody may have typed is never replaced.
        """
        language = await self._language(place.by)
        inside = blocks(_roles(words), language, "modal")
        if place.modal is not None:
            whole = isinstance(words, Card) and not _asks(place.modal)
            shown = told_view(inside, language) if whole else saying(place.modal, inside)
            await self._chat.update_view(place.modal, shown)
        elif place.home and place.trigger:
            await self._chat.open_view(place.trigger, told_view(inside, language))
        else:
            await self._chat.tell(place.user, place.channel, words, language)

    async def publish(self, place: Place) -> None:
        """Draw this person's Home."""
        card, language = await self._bot.home(place.by)
        await self._chat.home(place.user, card, language)

    async def reply(self, answer: Answer, place: Place) -> Json:
        """What a slash command's acknowledgement says; a form is opened after it."""
        words = said(answer)
        if words is None:
            return {}
        language = await self._language(place.by)
        message = render(words, language) if isinstance(words, Card) else render_words(words, language)
        return {"response_type": "ephemeral", **message}

    async def close(self, answer: Answer, place: Place, shown: Json) -> Json:
        """What the acknowledgement of a submitted view does with it."""
        match answer:
            case Wrong(fields) if _asks(shown):
                language = await self._language(place.by)
                return {"response_action": "errors", "errors": errors(fields, shown, language)}
            case Asked(form):
                language = await self._language(place.by)
                sealed, kept = opened(shown)
                return _update(view(form, language, home=sealed.home, kept=kept))
            case Told() | Wrong():
                language, words = await self._language(place.by), said(answer) or ""
                return _update(told_view(blocks(_roles(words), language, "modal"), language))
            case _:
                return {"response_action": "clear"}

    async def _language(self, by: By) -> str:
        """The person's language, remembered for the day when storage cannot be asked."""
        language = await self._bot.language(by)
        self.heard.keep(by.member, language)
        return language

    async def _ask(self, form: Form, place: Place) -> None:
        language = await self._language(place.by)
        if place.modal is not None:
            sealed, kept = opened(place.modal)
            await self._chat.update_view(place.modal, view(form, language, home=sealed.home, kept=kept))
            return
        try:
            await self._chat.open_view(place.trigger, view(form, language, home=place.home))
        except Gone:
            await self._chat.tell(place.user, place.channel, text("slack.too_late"), language)


def said(answer: Answer) -> Words | Card | None:
    """What an answer says in words, if it does."""
    match answer:
        case Told(words):
            return words
        case Wrong(fields):
            return next(iter(fields.values()), None)
        case _:
            return None


def saying(shown: Json, inside: list[Json]) -> Json:
    """An open view with words on top; its fields stay as they are, typed words included."""
    view: Json = raw({key: shown[key] for key in (*_VIEW, "blocks") if shown.get(key)})
    kept = [_sendable(block) for block in view["blocks"] if not block.get("block_id", "").startswith(SAID)]
    marked = [block | {"block_id": f"{SAID}:{number}"} for number, block in enumerate(inside)]
    return view | {"blocks": [*marked, *kept]}


def errors(fields: dict[str, Words], shown: Json, language: str) -> dict[str, str]:
    """Words at their fields; those about no field of this view stand at the first."""
    names = [block["block_id"] for block in shown.get("blocks") or [] if block.get("type") == "input"]
    found: dict[str, str] = {}
    for name, words in fields.items():
        at = name if name in names else next(iter(names), name)
        said_here = cut(clean(say(words, language)), _ERROR)
        found[at] = "\n".join(filter(None, [found.get(at), said_here]))
    return found


def _asks(shown: Json) -> bool:
    return any(block.get("type") == "input" for block in shown.get("blocks") or [])


def _roles(words: Words | Card) -> tuple[Role, ...]:
    return words.roles if isinstance(words, Card) else (Body(words),)


def _sendable(block: Json) -> Json:
    """A block as it may be sent again: Slack adds measures to pictures that it does not take back."""
    return {key: block[key] for key in _IMAGE if key in block} if block["type"] == "image" else block


def _update(shown: Json) -> Json:
    return {"response_action": "update", "view": shown}
