"""What Herald remembers of a tenant's people."""

from adapters.teams.places import PEOPLE, Places
from adapters.teams.who import Ours


def test_teams_people_are_remembered_up_to_a_number() -> None:
    places = Places(Ours("T1", "app"), "https://smba.example/")
    for number in range(PEOPLE + 1):
        places.note(f"U{number}", chat=f"a:{number}")
    assert [places.heard(f"U{number}").chat for number in (0, 1, PEOPLE)] == ["", "a:1", f"a:{PEOPLE}"]
    assert len(places.people) == PEOPLE
