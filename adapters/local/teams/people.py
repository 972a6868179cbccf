"""The sample company as a Teams tenant: its people by Entra object id, its team and channels."""

from dataclasses import dataclass
from types import MappingProxyType

from adapters.local.people import BOT, BY_ID, DOMAIN, MODERATORS, PEOPLE, STAFF, Json, Person, short_name

TENANT = "10ca1000-0000-4000-8000-000000000001"
APP_ID = "10ca1000-0000-4000-8000-000000000002"
BOT_MRI = f"28:{APP_ID}"
"""Herald's own account; a person's begins with `29:`."""

TEAM = "19:lumen@thread.tacv2"
"""The team, and at once its first channel, which Teams calls General and gives no name."""
TEAM_NAME = "Lumen Ateliers"
STORIES, REVIEW = "19:stories@thread.tacv2", "19:comms-review@thread.tacv2"
STANDARD, PRIVATE, PERSONAL = "standard", "private", "personal"


@dataclass(frozen=True, slots=True)
class Place:
    """A channel of the team as it stands when the workspace starts."""

    id: str
    name: str
    kind: str
    members: tuple[str, ...]


PLACES = (
    Place(STORIES, "Stories", STANDARD, (*STAFF, "U0MAX")),
    Place(TEAM, "General", STANDARD, (*STAFF, "U0MAX")),
    Place(REVIEW, "Comms review", PRIVATE, MODERATORS),
)

OBJECT_IDS = MappingProxyType(
    {person.id: f"10ca1000-0000-4000-8000-0000000001{number:02d}" for number, person in enumerate(PEOPLE)}
)
"""Entra object ids by the id that the page gives its people: the same people work on both sides."""
USERS = MappingProxyType({object_id: user for user, object_id in OBJECT_IDS.items()})


def mri(user: str) -> str:
    """Teams' own id of somebody."""
    return BOT_MRI if user == BOT else f"29:{OBJECT_IDS[user]}"


def chat_of(user: str) -> str:
    """The 1:1 chat of somebody and Herald."""
    return f"a:{OBJECT_IDS[user]}"


def known(named: str) -> str | None:
    """Who is meant by an Entra object id or a Teams id; None for nobody here."""
    return USERS.get(named.removeprefix("29:"))


def member(user: str) -> Json:
    """Somebody as a roster lists them."""
    person = BY_ID[user]
    return {
        "id": mri(user),
        "aadObjectId": OBJECT_IDS[user],
        "objectId": OBJECT_IDS[user],
        "name": person.name,
        "givenName": person.name,
        "surname": "",
        "email": f"{short_name(user)}@{DOMAIN}",
        "userPrincipalName": f"{short_name(user)}@{DOMAIN}",
        "tenantId": TENANT,
        "userRole": _role(person),
    }


def _role(person: Person) -> str:
    return "guest" if person.role == "guest" else "user"
