"""One programme on Slack and Teams: Ana decides on both, Léa has an account on each, Bob only on Teams."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.commands.wire import Command
from bot.ports import Account, Answer, By, Place, Surroundings
from content.people import Member
from content.programmes import Channel, Programme, Use, Workspace
from storage.records import Admin, Moderator
from tests.bot.programme import ANA, LEA, MONDAY, TOM, P, Told, programme
from tests.fakes import FakeChat

T = "teams:tenant"
LEA_T, ANA_T, BOB_T = f"{T}/lea", f"{T}/ana", f"{T}/bob"
STORIES_T, REVIEW_T, DIGEST_T = (f"{T}/19:{name}" for name in ("stories", "review", "digest"))
KEY, DOMAIN = "a key of the tests", "acme.example"


@dataclass
class Both:
    """A programme at work on two platforms."""

    slack: Told
    teams: FakeChat

    def by(self, member: str, **more: str) -> By:
        """A press by somebody, on the platform of their account."""
        workspace = member.partition("/")[0]
        press = self.slack.by(member, **more)
        return replace(
            press, workspace=workspace, key=f"{workspace}/{press.key}", home=workspace.partition(":")[2]
        )

    async def do(self, command: Command, member: str) -> Answer:
        """Somebody presses, and what follows happens."""
        answer = await self.slack.bot.do(command, self.by(member))
        await self.slack.settle()
        return answer

    async def meets(self, member: str, **account: object) -> Member:
        """Herald asks the platform who somebody is, who by now is so."""
        workspace, user = member.split("/")
        chat = self.slack.chat if workspace.startswith("slack") else self.teams
        known = chat.accounts.get(user) or Account(user, user, workspace.partition(":")[2])
        chat.knows(replace(known, **account))  # type: ignore[arg-type]
        await self.slack.bot.meet(self.by(member))
        return await self.member(member)

    async def member(self, id_: str) -> Member:
        """An account as it is kept."""
        async with self.slack.storage.reading(P) as at:
            found = await at.get(Member, id=id_)
        assert found is not None
        return found

    async def whose(self, *members: str) -> list[str]:
        """Who some accounts are now."""
        return [(await self.member(member)).whose for member in members]

    async def joins(self, *members: str, address: str = "lea@acme.example") -> None:
        """Accounts turn out to have one address."""
        for member in members:
            await self.meets(member, email=address)


@asynccontextmanager
async def both(folder: Path, around: Surroundings | None = None) -> AsyncIterator[Both]:
    """The programme on a database of its own, with a key and the company's domain listed."""
    keyed = replace(around or Surroundings(), secret_key=KEY)
    async with programme(folder, keyed) as told:
        teams = FakeChat("teams", told.clock.now)
        told.bot.speak(T, teams)
        async with told.storage.work(P) as work:
            for known in await work.find(Programme):
                await work.put(replace(known, domains=(DOMAIN,)))
            await work.insert(Workspace(T, P, "teams", "Acme", swept=MONDAY))
            for id_, use in ((STORIES_T, Use.STORIES), (REVIEW_T, Use.REVIEW), (DIGEST_T, Use.DIGEST)):
                name = id_.rpartition(":")[2]
                teams.places[f"19:{name}"] = Place(f"19:{name}", name, private=use is Use.REVIEW)
                await work.insert(Channel(id_, P, T, use, name))
            for id_, name in ((LEA_T, "Léa"), (ANA_T, "Ana"), (BOB_T, "Bob")):
                teams.knows(Account(id_.partition("/")[2], name, "tenant"))
                await work.insert(Member(id_, P, T, name, zone="Europe/Paris", met=MONDAY))
            await work.insert(Moderator(ANA_T, P, MONDAY))
            await work.insert(Admin(ANA, P))
        teams.people["19:review"] = ("ana",)
        yield Both(told, teams)


__all__ = [
    "ANA", "ANA_T", "BOB_T", "DIGEST_T", "DOMAIN", "KEY", "LEA", "LEA_T", "REVIEW_T", "STORIES_T", "TOM",
    "Both", "P", "T", "both",
]  # fmt: skip
