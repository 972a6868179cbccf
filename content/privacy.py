"""What Herald keeps, why, for how long and who sees it: said from the way this Herald is really set up."""

from dataclasses import dataclass

from content.people import FIVE
from content.programmes import Programme
from content.shares import DRAFT_KEPT
from content.texts import Listing, Text, text


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing that is kept."""

    what: Text
    why: Text
    until: Text
    seen: Text


def kept(programme: Programme, *, visits: bool, pictures: bool = False) -> tuple[Kept, ...]:
    """Everything, one kind after the other.

    `visits` says whether this Herald can count readers at all, `pictures` whether it holds what people send.
    """
    by_others = text("privacy.seen.counts", count=FIVE)
    share_seen = by_others if programme.council else text("privacy.seen.counts_names", count=FIVE)
    days = text("privacy.until.days", count=DRAFT_KEPT.days)
    deleted, yourself = text("privacy.until.deleted"), text("privacy.seen.you")
    return (
        _kept("account", deleted, text("privacy.seen.herald")),
        _kept("share", deleted, share_seen),
        _kept("visits" if visits else "no_visits", text("privacy.until.person"), by_others),
        _kept("draft", days, yourself),
        _kept("ideas", deleted, text("privacy.seen.moderators")),
        *([_kept("picture", text("privacy.until.days", count=1), yourself)] if pictures else []),
        _kept("choices", deleted, yourself),
        _kept("problems", deleted, text("privacy.seen.moderators")),
        _kept("decisions", text("privacy.until.always"), text("privacy.seen.admins")),
        *_mark(programme),
    )


def _mark(programme: Programme) -> tuple[Kept, ...]:
    """Only where domains are listed an address is turned into a mark."""
    if not programme.domains:
        return ()
    what = text("privacy.mark", domains=Listing(programme.domains))
    until, herald = text("privacy.until.left"), text("privacy.seen.herald")
    return (Kept(what, text("privacy.mark.why"), until, herald),)


def rules(programme: Programme) -> tuple[Text, ...]:
    """What holds here beyond what is kept."""
    named = text("privacy.rule.council") if programme.council else text("privacy.rule.named")
    return (text("privacy.rule.choice"), named, text("privacy.rule.five"), text("privacy.rule.posts"))


def _kept(what: str, until: Text, seen: Text) -> Kept:
    return Kept(text(f"privacy.{what}"), text(f"privacy.{what}.why"), until, seen)
