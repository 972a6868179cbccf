"""One human on Slack and Teams: the question on the other side, Home, my-data, and whose domains tell it."""

from dataclasses import replace

from bot.commands.linking import DenyAccounts, LinkAccounts, UnlinkAccounts
from bot.commands.privacy import ShowMyData
from bot.commands.settling import TrustDomains
from bot.commands.wire import Command
from content.people import Member
from content.programmes import Workspace
from storage.records import Admin
from storage.secrets import Secrets
from tests.bot.programme import ANA, LEA, MONDAY, P
from tests.golden.stage import Stage

ASKED = ("link", "link-home", "link-denied", "link-again", "link-linked", "link-home-linked")
ASKING = ("link-confirm-there", "link-home-waits", "my-data-one-person")
KEPT = ("my-data-linked", "link-over")
DOMAINS = ("setup-domains-form", "setup-domains")
TEAMS, THERE = "teams:tenant", "teams:tenant/lea"


async def asked(stage: Stage) -> None:
    """Léa presses on Teams; the question comes to her on Slack."""
    await _two_accounts(stage)
    await stage.home("link-home", LEA)
    await _there(stage, LinkAccounts())
    await stage.card("link", LEA)
    await stage.told.do(DenyAccounts(), LEA)
    await stage.card("link-denied", LEA)
    await stage.answer("link-again", LinkAccounts(), LEA)
    await _there(stage, LinkAccounts())
    await stage.card("link-linked", LEA)
    await stage.home("link-home-linked", LEA)


async def asking(stage: Stage) -> None:
    """Léa presses on Slack first."""
    await _two_accounts(stage)
    await stage.form("my-data-one-person", ShowMyData(), LEA)
    await stage.answer("link-confirm-there", LinkAccounts(), LEA)
    await stage.home("link-home-waits", LEA)


async def kept(stage: Stage) -> None:
    """Linked: one form shows what is kept of both."""
    await _two_accounts(stage)
    await _there(stage, LinkAccounts())
    await stage.told.do(LinkAccounts(), LEA)
    await stage.form("my-data-linked", ShowMyData(), LEA)
    await stage.told.do(UnlinkAccounts(), LEA)
    await stage.card("link-over", LEA)


async def domains(stage: Stage) -> None:
    """Ana runs Herald over two workspaces."""
    await _two_accounts(stage)
    async with stage.told.storage.work(P) as work:
        await work.put(Admin(ANA, P, ANA))
    await stage.form("setup-domains-form", TrustDomains(), ANA)
    await stage.answer("setup-domains", TrustDomains(domains="acme.example, acme.fr"), ANA)


async def _two_accounts(stage: Stage) -> None:
    """Known already by one address; how is told elsewhere."""
    stage.told.storage.secrets = Secrets(("a key",))
    async with stage.told.storage.work(P) as work:
        await work.insert(Workspace(TEAMS, P, "teams", "Acme"))
        lea = await work.get(Member, id=LEA)
        assert lea is not None
        mark = "acme.example:made-up"
        await work.put(replace(lea, person="one human", mark=mark))
        there = Member(THERE, P, TEAMS, "Léa Martin", language=stage.language, met=MONDAY)
        await work.put(replace(there, person="one human", mark=mark))


async def _there(stage: Stage, command: Command) -> None:
    """Léa presses on Teams."""
    by = stage.told.by(THERE)
    await stage.told.bot.do(command, replace(by, workspace=TEAMS, home="tenant"))
    await stage.told.settle()
