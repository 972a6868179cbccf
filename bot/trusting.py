"""Whose e-mail addresses tell that two accounts are one colleague's: listed by those who run Herald."""

from collections.abc import Iterable
from dataclasses import replace

from bot.authority import admin
from bot.commands.settling import TrustDomains
from bot.ports import Answer, By, Told, Wrong
from bot.signatures import Handlers
from bot.views.settling import checklist
from content.domains import MOST, listed
from content.refusals import Refusal
from content.texts import Listing, text
from storage import persons, queries
from storage.work import Work


async def trust_domains(work: Work, command: TrustDomains, by: By) -> Answer:
    """From now on these domains, and no others."""
    await admin(work, by)
    found, wrong = listed(command.domains)
    if wrong or len(found) > MOST:
        return Wrong({"domains": text("setup.no_domain", domains=Listing(wrong or found[MOST:]))})
    if found and not work.secrets.keys:
        return Wrong({"domains": text("setup.no_key")})
    await trust(work, found, by.member)
    return Told(await checklist(work, by))


async def trust(work: Work, domains: Iterable[str], by: str) -> None:
    """Keep the list. New ones are looked for in accounts met before; what a removed one told is forgotten."""
    programme, after = await queries.programme(work), tuple(sorted(domains))
    if after == programme.domains:
        return
    if after and not work.secrets.keys:
        raise Refusal(text("setup.no_key"))
    more = set(after) - set(programme.domains)
    await work.put(replace(programme, domains=after, domains_at=work.now if more else programme.domains_at))
    for gone in set(programme.domains) - set(after):
        await persons.forget_domain(work, gone)
    await work.audit(by, "trust domains", programme.id)


HANDLERS: Handlers = {TrustDomains: trust_domains}
