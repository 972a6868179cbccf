"""How things go on in the local workspace: set up, a past week lived, time moved, all started over."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog

from adapters.local.people import BY_ID, DOMAIN, MODERATORS, TEAM
from adapters.local.scenario import live_past_week, past_start
from adapters.local.teams import beginning
from adapters.local.teams import people as teams
from adapters.local.workspace import LocalWorkspace
from bot.bot import Bot
from bot.founding import Plan, set_up
from bot.meeting import meet
from storage.emptying import empty

log = structlog.get_logger("herald.local")

WORKSPACE = f"slack:{TEAM}"
TENANT = f"teams:{teams.TENANT}"
EMPLOYER = "Lumen Ateliers"
"""A company that does not exist."""
HOLD = 10
"""Seconds an approval can be undone here: long enough to try, short enough to wait for."""


class Movable(Protocol):
    """A clock that can be moved."""

    def now(self) -> datetime:
        """The moment it shows."""
        ...

    def shift(self, by: timedelta) -> None:
        """Move it."""
        ...

    def reset(self) -> None:
        """Back to real time."""
        ...


class Course:
    """Herald's side of the local workspace."""

    def __init__(self, bot: Bot, clock: Movable) -> None:
        """Nothing happens before `begin`."""
        self._bot = bot
        self._clock = clock
        self._workspace: LocalWorkspace | None = None

    async def shift(self, by: timedelta) -> None:
        """Time goes by, and Herald does what is due."""
        self._clock.shift(by)
        await self._bot.fetch()
        await self._bot.tick()

    async def start_over(self) -> None:
        """Forget everything and begin again."""
        await empty(self._bot.storage)
        self._bot.forget()
        if self._workspace is not None:
            await self.begin(self._workspace)

    async def begin(self, workspace: LocalWorkspace) -> None:
        """Set the sample company up a week ago and let it live until now."""
        self._workspace = workspace
        now = datetime.now(UTC)
        self._clock.reset()
        self._clock.shift(past_start(now) - now)
        await self._settle(workspace)
        missing = await live_past_week(workspace, now)
        self._clock.reset()
        if missing:
            log.warning("local.past_week", missing=missing)

    async def _settle(self, workspace: LocalWorkspace) -> None:
        """One programme over both platforms.

        Herald has met everybody on Slack; on Teams it meets people when they act, in their language then.
        """
        storage, chats = self._bot.storage, self._bot.rounds.chats
        programme = await set_up(storage, chats[WORKSPACE], plan())
        await beginning.introduce(workspace)
        await set_up(storage, chats[TENANT], teams_plan(programme))
        await beginning.install(workspace)
        for person in BY_ID:
            await meet(storage, chats[WORKSPACE], programme, f"{WORKSPACE}/{person}")


def plan() -> Plan:
    """The sample company's set-up."""
    stories, digest = _ours("C0STORIES", "C0LYON"), _ours("C0GENERAL")
    [review], moderators, admins = _ours("C0REVIEW"), _ours("U0ANA", "U0TOM"), _ours("U0IDA")
    return Plan(
        WORKSPACE, review, stories, digest, admins, moderators, language="en", zone="Europe/Paris",
        hold=HOLD, name=EMPLOYER, employer=EMPLOYER, domains=(DOMAIN,), all_day=True,
    )  # fmt: skip


def teams_plan(programme: str) -> Plan:
    """The same company on Teams joins the programme: its own channels, the same people."""
    moderators = tuple(f"{TENANT}/{teams.OBJECT_IDS[person]}" for person in MODERATORS)
    return Plan(
        TENANT, f"{TENANT}/{teams.REVIEW}", (f"{TENANT}/{teams.STORIES}",), (f"{TENANT}/{teams.TEAM}",),
        (f"{TENANT}/{teams.OBJECT_IDS['U0IDA']}",), moderators, programme=programme,
    )  # fmt: skip


def _ours(*ids: str) -> tuple[str, ...]:
    return tuple(f"{WORKSPACE}/{id_}" for id_ in ids)
