"""Who lives in the local workspace: its people, its channels, and how Slack describes them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

Json = dict[str, Any]

TEAM = "T0LOCAL"
APP = "A0HERALD"
BOT = "U0HERALD"
BOT_ID = "B0HERALD"
DOMAIN = "example.com"
ZONE = "Europe/Paris"
LOCALES = MappingProxyType({"en": "en-GB", "fr": "fr-FR"})


@dataclass(frozen=True, slots=True)
class Person:
    """One account of the workspace; `role` is a word for the page's switcher, `flags` are Slack's own."""

    id: str
    name: str
    role: str
    flags: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A channel as it stands when the workspace starts."""

    id: str
    name: str
    members: tuple[str, ...]
    private: bool = False


SAMPLE_NAMES = ("Bilal", "Chloé", "David", "Emma", "Farid", "Hélène", "Inès", "Jonas")


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


SAMPLES = tuple(Person(f"U0{_plain(name).upper()}", name, "sample") for name in SAMPLE_NAMES)
PEOPLE = (
    Person("U0LEA", "Léa", "employee"),
    Person("U0ANA", "Ana", "moderator"),
    Person("U0TOM", "Tom", "moderator"),
    Person("U0GIL", "Gil", "outside"),
    Person("U0MAX", "Max", "guest", {"is_restricted": True}),
    Person("U0IDA", "Ida", "admin", {"is_admin": True, "is_owner": True, "is_primary_owner": True}),
    *SAMPLES,
)
BY_ID = MappingProxyType({person.id: person for person in PEOPLE})

STAFF = tuple(person.id for person in PEOPLE if person.role != "guest")
PLACES = (
    Place("C0STORIES", "stories", (*STAFF, "U0MAX", BOT)),
    Place("C0LYON", "lyon", ("U0LEA", "U0ANA", "U0GIL", "U0BILAL", "U0CHLOE", "U0EMMA", BOT)),
    Place("C0GENERAL", "general", (*STAFF, BOT)),
    Place("C0REVIEW", "comms-review", ("U0ANA", "U0TOM", BOT), private=True),
)
STORIES, REVIEW, GENERAL = "C0STORIES", "C0REVIEW", "C0GENERAL"
LEA, ANA = "U0LEA", "U0ANA"
MODERATORS = ("U0ANA", "U0TOM")

_FLAGS = (
    "deleted",
    "is_admin",
    "is_owner",
    "is_primary_owner",
    "is_restricted",
    "is_ultra_restricted",
    "is_bot",
    "is_app_user",
)


def user_object(user: str, language: str) -> Json | None:
    """Slack's user object, as `users.info` with `include_locale` gives it; None for nobody known here."""
    if user == BOT:
        return _user(BOT, "Herald", language, {"is_bot": True}, bot=True)
    person = BY_ID.get(user)
    return None if person is None else _user(person.id, person.name, language, person.flags, bot=False)


def _user(user: str, name: str, language: str, flags: Mapping[str, bool], *, bot: bool) -> Json:
    return {
        "id": user,
        "team_id": TEAM,
        "name": _plain(name),
        "real_name": name,
        "color": "5a6372",
        "tz": ZONE,
        "tz_label": "Central European Time",
        "tz_offset": 3600,
        "locale": LOCALES[language],
        "updated": 1,
        "is_email_confirmed": not bot,
        **{flag: flags.get(flag, False) for flag in _FLAGS},
        "profile": _profile(name, bot=bot),
    }


def _profile(name: str, *, bot: bool) -> Json:
    profile: Json = {"real_name": name, "display_name": name, "first_name": name, "team": TEAM}
    if bot:
        return profile | {"bot_id": BOT_ID, "api_app_id": APP}
    return profile | {"email": f"{_plain(name)}@{DOMAIN}"}


def short_name(user: str) -> str:
    """The handle Slack puts into payloads (`user.username`, `user_name`)."""
    return "herald" if user == BOT else _plain(BY_ID[user].name)
