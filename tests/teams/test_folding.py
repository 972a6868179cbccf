"""Six actions on every card, and a way to every button: laws over cards of any length."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.folding import IN_ALL, Opening, folded, inside, weight
from bot.cards import Body, Button, Buttons, Confirm, Part, Role, buttons, flat
from bot.commands.moderation import EndStory
from content.texts import Text

SURE = Confirm("Sure?", "Really", "Yes", "No")
NAMES = ("home.stories", "home.choices", "home.kept", "setup.title", "suggest.my_ideas")


def button(number: int, *, rare: bool = False, asks: bool = False) -> Button:
    return Button(f"b{number}", EndStory(str(number), 1), rare=rare, confirm=SURE if asks else None)


def row(some: Iterable[int]) -> Buttons:
    return buttons(*map(button, some))


@st.composite
def any_card(draw: st.DrawFn) -> tuple[Role, ...]:
    """A card of rows, words and parts in parts, with numbered buttons and parts of one name each."""
    names, numbers = list(NAMES), iter(range(1_000))

    def any_row() -> Role:
        many = draw(st.integers(0, 9))
        rare, asks = draw(st.booleans()), draw(st.booleans())
        return Buttons(tuple(button(next(numbers), rare=rare, asks=asks) for _ in range(many)))

    def any_roles(deep: int) -> tuple[Role, ...]:
        kinds = ["row", "words", *(["part"] if deep else [])]
        return tuple(any_piece(draw(st.sampled_from(kinds)), deep) for _ in range(draw(st.integers(0, 5))))

    def any_piece(kind: str, deep: int) -> Role:
        if kind == "part" and names:
            return Part(Text(names.pop()), any_roles(deep - 1))
        return any_row() if kind == "row" else Body("words")

    return any_roles(3)


def labels(roles: Iterable[object]) -> set[object]:
    return {each.label for role in roles if isinstance(role, Buttons) for each in role.items}


def reached(card: tuple[Role, ...], room: int, path: str = "") -> set[object]:
    """Every button that somebody finds who opens everything."""
    depth = len(path.split("/")) if path else 0
    here = inside(card, path, room).pieces
    page = folded(here, (room, IN_ALL)[depth] if depth < 2 else IN_ALL - 1, path).shown
    assert weight(page) <= (room if not depth else IN_ALL)
    ways = [piece.path for piece in page if isinstance(piece, Opening)]
    return labels(flat(page)).union(*(reached(card, room, way) for way in ways))


@given(any_card(), st.integers(3, IN_ALL))
def test_every_button_of_any_card_is_reached_and_no_page_has_more_than_six(
    card: tuple[Role, ...], room: int
) -> None:
    assert reached(card, room) == labels(flat(card))


@given(any_card())
def test_what_fits_is_not_folded(card: tuple[Role, ...]) -> None:
    ways = [piece for piece in folded(card).shown if isinstance(piece, Opening)]
    assert bool(ways) == (weight(card) > IN_ALL)


def test_the_last_part_closes_first_and_its_words_stay() -> None:
    card = (
        Part(Text("home.stories"), (Body("Zoé"), row([1, 2, 3]))),
        Part(Text("home.choices"), (Body("Counted"), row([4, 5, 6, 7]))),
    )
    shown = folded(card).shown
    assert shown[0] == card[0]
    assert shown[1:] == (Body("Counted"), Opening(Text("home.choices"), "home.choices"))


def test_what_has_room_again_opens_again() -> None:
    """Closing from the end may close a short part for nothing, when a long one above closes as well."""
    card = (
        Part(Text("home.stories"), (row(range(10)),)),
        Part(Text("home.choices"), (row([10, 11]),)),
    )
    assert folded(card).shown == (Opening(Text("home.stories"), "home.stories"), card[1])


def test_words_go_where_their_buttons_go() -> None:
    card = tuple(role for number in range(9) for role in (Body(f"Story {number}"), row([number])))
    page = folded(card)
    assert page.shown[-3:] == (Body("Story 4"), row([4]), Opening(Text("teams.more"), "more"))
    assert page.rest[:2] == (Body("Story 5"), row([5]))


def test_rare_buttons_go_first_where_a_row_is_too_long() -> None:
    often, rare = [button(number) for number in range(4)], [button(9, rare=True), button(8, rare=True)]
    page = folded((buttons(*rare, *often),), room=5)
    assert page.shown == (Buttons(tuple(often)), Opening(Text("teams.more"), "more"))


def test_a_part_that_went_away_leads_to_what_it_stood_in() -> None:
    card = (Part(Text("home.stories"), (row([1]),)),)
    assert inside(card, "home.choices").name is None
    assert inside(card, "home.stories/home.kept").name == Text("home.stories")
    assert inside(card, "more").pieces == card
