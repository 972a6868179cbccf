"""One company's Herald: its programme, workspaces, channels and hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from content.texts import Text, text

A_DAY = 2
"""A channel gets at most two cards a day ..."""
APART = timedelta(hours=2)
"""... two hours apart."""


class Use(StrEnum):
    """What a channel is for."""

    STORIES = "stories"
    REVIEW = "review"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Programme:
    """One company's Herald over one or more workspaces. `hold` is in seconds.

    `digest_hour` is local to `zone`. `domains` are those whose addresses tell that two accounts are one
    person's, `domains_at` is when the list was changed last.
    """

    id: str
    name: str
    created: datetime
    language: str = "en"
    zone: str = "UTC"
    hold: int = 60
    digest_day: int = 0
    digest_hour: int = 9
    council: bool = False
    prefill: bool = False
    contact: str = ""
    employer: str = ""
    charter: int = 1
    all_day: bool = False
    domains: tuple[str, ...] = ()
    domains_at: datetime | None = None

    @property
    def weekday(self) -> Text:
        """The day of the weekly summary."""
        return text(f"weekday.{self.digest_day}")


@dataclass(frozen=True, slots=True)
class Workspace:
    """One Slack workspace or one Teams tenant; `paused` says why nothing is sent there, when nothing is."""

    id: str
    programme: str
    platform: str
    name: str = ""
    paused: str | None = None
    swept: datetime | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel in use; `use` and `language` are its role in the programme.

    `zone` is empty where the programme's holds. `checked` is when the platform was last asked about it;
    `shut` says why nothing goes there. `vouched`: an admin said that only few can read it, where the platform
    does not say.
    """

    id: str
    programme: str
    workspace: str
    use: Use
    name: str
    language: str = "en"
    opens: int = 8
    closes: int = 18
    weekend: bool = False
    zone: str = ""
    checked: datetime | None = None
    shut: str | None = None
    vouched: bool = False

    @property
    def called(self) -> str:
        """Its name as people write it."""
        return called(self.id, self.name)


def called(id_: str, name: str) -> str:
    """A channel as people write it: `#stories` on Slack, `Stories` on Teams, whose ids hold a colon."""
    teams = id_.startswith("teams:") or ":" in id_.rpartition("/")[2]
    return name if teams else f"#{name}"


SMALL = 25
"""People in a team that an admin may vouch for as private: more are no review team."""


def unfit(use: Use, *, private: bool, shared: bool, archived: bool, joined: bool) -> str | None:
    """Why a channel cannot have a use, as the end of a text's key; None when it can.

    Review is for the company's own eyes: private, and shared with nobody.
    """
    if shared:
        return "shared"
    if archived:
        return "archived"
    if use is Use.REVIEW and not private:
        return "public"
    return None if joined else "not_in"


def is_zone(name: str) -> bool:
    """Whether a time zone of that name exists (`Europe/Paris`)."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Hours:
    """When a channel takes cards: from `opens` to `closes` o'clock in `zone`, perhaps at weekends too."""

    zone: str
    opens: int
    closes: int
    weekend: bool

    def hold_open(self, day: date) -> bool:
        """Whether the channel takes cards at all on a day."""
        return self.weekend or day.weekday() < 5  # noqa: PLR2004  Monday to Friday


def hours(channel: Channel, programme: Programme) -> Hours:
    """A channel's hours; `all_day` programmes (the local workspace) never wait."""
    if programme.all_day:
        return Hours(programme.zone, 0, 24, weekend=True)
    return Hours(channel.zone or programme.zone, channel.opens, channel.closes, channel.weekend)


def next_slot(
    after: datetime, open_hours: Hours, sent: tuple[datetime, ...], *, spaced: bool = True
) -> datetime:
    """The first moment from `after` on at which a channel takes another card.

    Inside its hours and, unless `spaced` is off, at most two a day and two hours apart; `sent` are when
    cards were sent or promised there already.
    """
    moment = after
    for _ in range(800):
        moment = _opening(moment, open_hours)
        later = _crowded(moment, open_hours, sent) if spaced else None
        if later is None:
            return moment
        moment = later
    return moment


def _opening(moment: datetime, open_hours: Hours) -> datetime:
    local = moment.astimezone(ZoneInfo(open_hours.zone))
    if open_hours.hold_open(local.date()):
        if local.hour < open_hours.opens:
            return _at(local.date(), open_hours.opens, open_hours.zone)
        if local.hour < open_hours.closes:
            return moment
    day = local.date() + timedelta(days=1)
    while not open_hours.hold_open(day):
        day += timedelta(days=1)
    return _at(day, open_hours.opens, open_hours.zone)


def _crowded(moment: datetime, open_hours: Hours, sent: tuple[datetime, ...]) -> datetime | None:
    """When to look again if the channel has had enough around `moment`; None when it has not."""
    zone = ZoneInfo(open_hours.zone)
    day = moment.astimezone(zone).date()
    if sum(at.astimezone(zone).date() == day for at in sent) >= A_DAY:
        return _at(day + timedelta(days=1), 0, open_hours.zone)
    near = [at for at in sent if abs(at - moment) < APART]
    return max(near) + APART if near else None


def _at(day: date, hour: int, zone: str) -> datetime:
    return datetime.combine(day, time(hour % 24), ZoneInfo(zone)).astimezone(UTC)
