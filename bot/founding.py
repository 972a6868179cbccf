"""How a programme begins: set up on the host without a person at the keyboard, or by an owner in chat."""

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from bot import rooms
from bot.looking import Sight, Wish, see
from bot.meeting import introduce
from bot.ports import Account, By, Chat
from bot.ruling import rule
from bot.trusting import trust
from content.programmes import Programme, Use, Workspace, is_zone
from content.refusals import Refusal
from content.texts import LANGUAGES, supported, text
from storage import directory, queries
from storage.records import HOST, Admin, Moderator
from storage.work import Storage, Work, new_id


@dataclass(frozen=True, slots=True)
class Plan:
    """A set-up as the host writes it down; every id is ours, `None` and empty leave what stands."""

    workspace: str
    review: str
    stories: tuple[str, ...]
    digest: tuple[str, ...] = ()
    admins: tuple[str, ...] = ()
    moderators: tuple[str, ...] = ()
    language: str | None = None
    zone: str | None = None
    hold: int | None = None
    programme: str | None = None
    name: str | None = None
    employer: str | None = None
    domains: tuple[str, ...] | None = None
    all_day: bool = False
    private_team: bool = False
    council: bool | None = None
    prefill: bool | None = None

    @classmethod
    def of(cls, asked: Namespace) -> Self:
        """The plan that somebody wrote on the command line, in the platform's own ids."""
        workspace = f"{asked.platform}:{asked.workspace}"

        def ours(ids: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(f"{workspace}/{id_}" for id_ in ids)

        [review] = ours((asked.review,))
        return cls(
            workspace, review, ours(asked.stories), ours(asked.digest), ours(asked.admin),
            ours(asked.moderators), asked.language, asked.timezone, asked.hold, asked.programme, asked.name,
            asked.employer, asked.domains, private_team=asked.private_team, council=asked.works_council,
            prefill=asked.prefill,
        )  # fmt: skip


async def set_up(storage: Storage, chat: Chat, plan: Plan) -> str:
    """Set a workspace up, or change how it is; posts nothing, `serve` does. Returns the programme's id.

    Raises `Refusal` with what is wrong in the plan, and the platform's families of failure.
    """
    _possible(plan)
    channels = (plan.review, *plan.stories, *plan.digest)
    people = (*plan.admins, *plan.moderators)
    sight = await see(chat, Wish(channels, rooms=(plan.review,), people=people, enter=True))
    programme = await _programme(storage, plan)
    async with storage.work(programme) as work:
        await _write(work, plan, sight, chat.platform)
    return programme


async def begin(storage: Storage, chat: Chat, by: By, admins: tuple[str, ...]) -> str | None:
    """A programme for whoever may begin one: Slack's full owners and admins, and those whom the host names.

    None for everybody else: a team's owner on Teams does not own the tenant. One deployment begins one
    programme per platform; further workspaces join on the host, so that nobody else's works by itself.
    """
    account = await chat.account(by.member.partition("/")[2])
    colleague = not (account.guest or account.bot or account.gone or account.home != _home(by.workspace))
    owner = account.owner and chat.platform == "slack"
    if not colleague or not (owner or by.member in admins):
        return None
    if await directory.workspaces(storage, chat.platform):
        raise Refusal(text("setup.taken"))
    return await found(storage, chat, by.workspace, account)


def _home(workspace: str) -> str:
    return workspace.partition(":")[2]


async def found(storage: Storage, chat: Chat, workspace: str, owner: Account) -> str:
    """An owner's first `/herald setup`: a programme that waits for its channels. Returns its id."""
    programme, zone = new_id(), owner.zone if is_zone(owner.zone) else "UTC"
    async with storage.work(programme) as work:
        first = Programme(programme, owner.home, work.now, language=supported(owner.language), zone=zone)
        await work.insert(first)
        if not await work.claim(Workspace(workspace, programme, chat.platform)):
            await work.undo()
            return await directory.programme_of(storage, workspace) or programme
        await introduce(work, f"{workspace}/{owner.user}", owner)
        await work.put(Admin(f"{workspace}/{owner.user}", programme, f"{workspace}/{owner.user}"))
        await work.audit(f"{workspace}/{owner.user}", "set up", workspace)
    return programme


async def appoint(storage: Storage, named: Iterable[str]) -> None:
    """Make the admins in the tables those whom the host's settings name, beside those named in chat."""
    wanted = set(named)
    for programme in await directory.programmes(storage):
        async with storage.work(programme) as work:
            homes = {workspace.id for workspace in await work.find(Workspace)}
            for admin in await work.find(Admin):
                if admin.named_by == HOST and admin.member not in wanted:
                    await work.remove(Admin, member=admin.member)
            for member in sorted(wanted):
                if member.partition("/")[0] in homes:
                    await work.claim(Admin(member, programme, HOST))


async def seed(work: Work, people: Iterable[str], sight: Sight) -> None:
    """Make colleagues moderators at once; everybody else is left out."""
    for member in people:
        account = sight.accounts.get(member)
        if account is not None and sight.colleague(member):
            await introduce(work, member, account)
            await work.put(Moderator(member, work.programme, work.now))


def _possible(plan: Plan) -> None:
    if plan.zone is not None and not is_zone(plan.zone):
        raise Refusal(text("setup.no_zone", zone=plan.zone))
    if plan.language is not None and plan.language not in LANGUAGES:
        raise Refusal(text("setup.no_language", language=plan.language))


async def _programme(storage: Storage, plan: Plan) -> str:
    """The programme that a plan is about: the named one, the workspace's, or a new one."""
    known = await directory.programme_of(storage, plan.workspace)
    if plan.programme is None:
        return known or new_id()
    if known not in (None, plan.programme):
        raise Refusal(text("setup.elsewhere"))
    if known is None and plan.programme not in await directory.programmes(storage):
        raise Refusal(text("setup.no_programme", programme=plan.programme))
    return plan.programme


async def _write(work: Work, plan: Plan, sight: Sight, platform: str) -> None:
    known = await work.get(Programme, id=work.programme)
    await work.put(_planned(known or Programme(work.programme, "Herald", work.now), plan))
    await work.claim(Workspace(plan.workspace, work.programme, platform))
    if plan.domains is not None:
        await trust(work, plan.domains, HOST)
    await rule(work, HOST, council=plan.council, prefill=plan.prefill)
    await rooms.assign(work, Use.REVIEW, (plan.review,), sight, vouched=plan.private_team)
    await rooms.assign(work, Use.STORIES, plan.stories, sight)
    await rooms.assign(work, Use.DIGEST, plan.digest, sight)
    if plan.moderators or not await queries.moderators(work):
        await seed(work, plan.moderators or sight.full(plan.review), sight)
    for member in plan.admins:
        await _admit(work, member, sight)
    await work.audit(HOST, "set up", plan.workspace)


async def _admit(work: Work, member: str, sight: Sight) -> None:
    if not sight.colleague(member):
        raise Refusal(text("setup.no_admin", member=member))
    await introduce(work, member, sight.accounts[member])
    await work.put(Admin(member, work.programme, f"{HOST} set-up"))


def _planned(programme: Programme, plan: Plan) -> Programme:
    given = {
        "language": plan.language, "zone": plan.zone, "hold": plan.hold, "name": plan.name,
        "employer": plan.employer, "all_day": plan.all_day or None,
    }  # fmt: skip
    return replace(programme, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
