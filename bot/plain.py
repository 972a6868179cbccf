"""A card as lines of text, for a terminal: what it says, without what one can press."""

from bot.cards import Body, Card, Chart, Facts, Heading, Person, Plain, Quote, Small, Status, Title, flat
from content.texts import say


def plain(card: Card, language: str) -> str:
    """The words of a card in a language, a role a line."""
    return "\n".join(line for role in flat(card.roles) for line in _lines(role, language))


def _lines(role: Plain, language: str) -> list[str]:
    match role:
        case Title(words) | Heading(words) | Body(words) | Quote(words) | Small(words):
            return [say(words, language)]
        case Person(_, words) | Status(words):
            return [say(words, language)]
        case Facts(rows):
            return [f"{say(name, language)}: {say(value, language)}" for name, value in rows]
        case Chart(title, bars):
            return [say(title, language), *(f"  {label}: {number}" for label, number in bars)]
        case _:
            return []
