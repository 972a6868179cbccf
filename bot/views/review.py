"""The review card: everything needed to decide, and what was decided."""

from datetime import datetime, timedelta

from bot.cards import (
    Button,
    Buttons,
    Card,
    Confirm,
    Facts,
    Person,
    Quote,
    Role,
    Small,
    Status,
    Title,
    Tone,
    about,
    buttons,
)
from bot.commands.moderation import (
    ApproveStory,
    AskAuthor,
    ChooseChannels,
    DeclineStory,
    EditStory,
    RecallStory,
    RemindModerators,
    ScheduleStory,
    UndoApproval,
)
from bot.ports import Surroundings
from bot.slots import first_slot, goes_to
from bot.views.ending import end
from bot.views.naming import who
from bot.views.newest import is_newest
from bot.views.story import preview, rest
from content.programmes import Use
from content.promises import due_by
from content.stories import OPEN, Origin, Reason, State, Story
from content.texts import LANGUAGES, Listing, Moment, MomentStyle, Text, Words, text
from storage import persons, queries
from storage.records import Copy
from storage.work import Reading

_STATUS = {
    State.READING: (Tone.WAITING, "created"),
    State.ASKED: (Tone.WAITING, "decided_at"),
    State.LIVE: (Tone.GOOD, "live_at"),
    State.ENDED: (Tone.GOOD, "over_at"),
    State.RECALLED: (Tone.STOPPED, "over_at"),
    State.DECLINED: (Tone.STOPPED, "decided_at"),
    State.WITHDRAWN: (Tone.STOPPED, "over_at"),
}
"""How each state feels, and the moment it counts from."""
_NEWER = Small(text("review.newer_below"))


async def review_card(at: Reading, copy: Copy, around: Surroundings) -> Card | None:
    """One story in the review channel, as it stands."""
    story = await queries.story(at, copy.subject)
    if story is None:
        return None
    zone = (await queries.programme(at)).zone
    names = await queries.names(at, [story.author, story.decided_by, story.asked_by, story.source])
    name = names.get(story.author or "", "")
    from_ = _from(story, who(names, story.author), zone)
    if not await is_newest(at, copy):
        return Card(_notice(story, name), (from_, Title(_title(story), story.link), _NEWER))
    roles: list[Role] = [from_, *preview(story, around)]
    roles += [Quote(rest(story))] if story.why and rest(story) else []
    roles += [await _facts(at, story), *_dialogue(story, names), *await _status(at, story, names, zone)]
    action = about(await _actions(at, story, name), _title(story))
    return Card(_notice(story, name), (*roles, action) if action.items else tuple(roles))


def _title(story: Story) -> str:
    return story.title or story.host or "…"


def _notice(story: Story, name: str) -> Words:
    title = _title(story)
    if not name:
        return text("review.notice_found", title=title)
    key = "review.notice_moderator" if story.origin is Origin.MODERATOR else "review.notice"
    return text(key, name=name, title=title)


def _from(story: Story, name: Words, zone: str) -> Role:
    due = Moment(due_by(story, zone), zone)
    open_ = story.origin is Origin.IDEA and story.state in OPEN
    key = "review.idea_from" if open_ else f"review.{story.origin}"
    said = text(key, name=name, due=due)
    if story.origin is Origin.FEED:
        return Person("Herald", said)
    return Person(name, said) if isinstance(name, str) else Small(said)


async def _facts(at: Reading, story: Story) -> Facts:
    rows: list[tuple[Words, Words]] = [(text("review.goes_to"), await goes_to(at, story))]
    if story.unread:
        rows.append((text("review.page"), text(story.unread)))
    if story.twin:
        twin = await queries.story(at, story.twin)
        rows.append((text("review.seen_before"), text("review.twin", title=twin.title if twin else "…")))
    missing = await _missing(at, story)
    if missing and story.state in OPEN:
        rows.append((text("review.missing"), text("review.lacks", parts=Listing(missing))))
    if story.channels or story.kind != "other":
        rows.append((text("review.kind"), text(f"kind.{story.kind}")))
    return Facts(tuple(rows))


async def _missing(at: Reading, story: Story) -> tuple[Text, ...]:
    written = {caption.language for caption in await queries.captions(at, story.id)}
    spoken = {channel.language for channel in await queries.channels(at, Use.STORIES)} or set(LANGUAGES)
    words = tuple(text(f"review.no_words_{language}") for language in sorted(spoken - written))
    why = () if story.why else (text("review.no_why"),)
    return (*_untitled(story), *words, *why)


def _untitled(story: Story) -> tuple[Text, ...]:
    """Where nothing else was found, a story is called like the site of its page."""
    known = story.state is State.READING or story.title not in {"", story.host}
    return () if known else (text("review.no_title"),)


def _dialogue(story: Story, names: dict[str, str]) -> list[Role]:
    if not story.question:
        return []
    asker, author = who(names, story.asked_by), who(names, story.author)
    asked: list[Role] = [Small(text("review.question_from", name=asker)), Quote(story.question)]
    answered: list[Role] = [Small(text("review.answered", name=author)), Quote(story.answer)]
    return [*asked, *answered] if story.answer else asked


async def _status(at: Reading, story: Story, names: dict[str, str], zone: str) -> list[Role]:
    name = who(names, story.decided_by)
    if story.state is State.APPROVED:
        return [Status(await _going_out(at, story, name, zone), Tone.GOOD)]
    if story.state not in _STATUS:
        return []
    tone, since = _STATUS[story.state]
    moment = Moment(getattr(story, since) or story.created, zone, "day_time")
    return [Status(text(f"review.{story.state}", name=name, at=moment), tone), *_reason(story)]


async def _going_out(at: Reading, story: Story, name: Words, zone: str) -> Text:
    out_at = story.out_at or at.now
    slot = await first_slot(at, story, out_at)
    programme = await queries.programme(at)
    soon = (slot - (story.decided_at or at.now)).total_seconds() <= programme.hold + 1
    if soon and programme.hold < 60:  # noqa: PLR2004  seconds in a minute
        return text("review.approved_seconds", name=name, count=programme.hold)
    if soon:
        return text("review.approved_soon", name=name, count=round(programme.hold / 60))
    return text("review.approved", name=name, at=Moment(slot, zone, _style(slot, at.now)))


def _style(slot: datetime, now: datetime) -> MomentStyle:
    return "weekday_time" if slot - now < timedelta(days=6) else "day_time"


def _reason(story: Story) -> list[Role]:
    ready: list[Role] = [Small(text(f"reason.{story.reason}"))] if story.reason in tuple(Reason) else []
    return [*ready, Quote(story.reason_words)] if story.reason_words else ready


async def _actions(at: Reading, story: Story, name: str) -> Buttons:
    id_, version = story.id, story.version
    if story.state is State.APPROVED:
        return buttons(
            Button(text("review.undo"), UndoApproval(id_, version)),
            Button(text("review.edit"), EditStory(id_, version), rare=True),
        )
    if story.state is State.LIVE:
        return buttons(
            end(story),
            Button(text("review.recall"), RecallStory(id_, version)),
            Button(text("review.edit"), EditStory(id_, version), rare=True),
        )
    if story.state is State.ENDED:
        return buttons(Button(text("review.recall"), RecallStory(id_, version)))
    if story.state not in {State.SUGGESTED, State.ASKED}:
        return buttons()
    return await _deciding(at, story, name)


async def _deciding(at: Reading, story: Story, name: str) -> Buttons:
    id_, version = story.id, story.version
    mine = await persons.of_one_human(at, story.author)
    deciding = [one in mine for one in await queries.moderators(at)]
    own, alone = any(deciding), bool(deciding) and all(deciding)
    asks = story.author is not None and not own
    return buttons(
        _approve_own(story)
        if alone
        else Button(text("review.approve"), ApproveStory(id_, version), primary=True),
        Button(text("review.ask", name=name.split(" ", maxsplit=1)[0]), AskAuthor(id_, version))
        if asks
        else None,
        Button(text("review.decline"), DeclineStory(id_, version)),
        Button(text("review.schedule"), ScheduleStory(id_, version), rare=True),
        Button(text("review.edit"), EditStory(id_, version), rare=True),
        Button(text("review.channels"), ChooseChannels(id_, version), rare=True),
        Button(text("review.remind"), RemindModerators(id_), rare=True) if own and not alone else None,
    )


def _approve_own(story: Story) -> Button:
    sure = Confirm(text("own.title"), text("own.words"), text("own.yes"), text("own.no"))
    command = ApproveStory(story.id, story.version, own=True)
    return Button(text("review.approve_own"), command, primary=True, confirm=sure)
