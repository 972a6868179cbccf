"""Every text exists in both languages, with the same values, and French is set as French is."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.commands.helping import ShowHelp
from bot.commands.spoken import understood
from content.texts import LANGUAGES, MANNERS, Listing, Moment, UnknownText, on_day, say, text

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"{(\w+)}")


def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """Every text of a language: one form, or its plurals."""
    with (ROOT / f"content/texts/{language}.po").open("rb") as source:
        found = read_po(source, locale=language, abort_invalid=True)
    return {_first(message.id): _forms(message.string) for message in found if message.id}


def _first(key: str | list[str] | tuple[str, ...]) -> str:
    return key if isinstance(key, str) else key[0]


def _forms(written: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written or ())


def test_both_languages_have_the_same_keys() -> None:
    """Nothing is said in one language only."""
    assert catalogue("en").keys() == catalogue("fr").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_written_once(language: str) -> None:
    """No key stands twice: the later one would win silently."""
    keys = re.findall(
        r'^msgid "(.+)"$', (ROOT / f"content/texts/{language}.po").read_text("utf-8"), re.MULTILINE
    )
    assert len(keys) == len(set(keys))


def test_both_languages_use_the_same_values() -> None:
    """A value that one language forgets would vanish for its readers."""
    french = catalogue("fr")
    for key, forms in catalogue("en").items():
        assert {name for form in forms for name in NAMED.findall(form)} == {
            name for form in french[key] for name in NAMED.findall(form)
        }, key


def test_every_command_and_phrase_in_a_text_is_known_on_every_platform() -> None:
    """`{/setup}` and `{/réglages}` ask the same, and each platform has its own `{=invite}`."""
    french, typed, phrases = catalogue("fr"), re.compile(r"{/([\w-]+)}"), re.compile(r"{=([\w-]+)}")
    found = 0
    for key, forms in catalogue("en").items():
        words, mots = ([*map(understood, typed.findall(" ".join(each)))] for each in (forms, french[key]))
        assert words == mots, key
        assert not any(isinstance(word, ShowHelp) and word.unknown for word in words), key
        names, noms = (phrases.findall(" ".join(each)) for each in (forms, french[key]))
        assert sorted(names) == sorted(noms), key
        assert {f"{manner}.{name}" for manner in MANNERS for name in names} <= french.keys(), key
        found += len(words) + len(names)
    assert found > 8


def test_no_shared_text_speaks_one_platforms_way() -> None:
    """Only a platform's own texts name its commands: `/herald` means nothing on Teams."""
    own = ("slack.", "teams.", "help.slack_", "help.teams_", "local.", "welcome.")
    for language in LANGUAGES:
        for key, forms in catalogue(language).items():
            shared = not key.startswith(own)
            assert not (shared and re.search(r"/herald|/story|/invite|@Herald", " ".join(forms))), key


def test_a_text_is_said_as_one_speaks_to_herald_there() -> None:
    """The platform fills in how a command is typed and how Herald comes in."""
    again, not_in = text("setup.progress", done=1, all=3), text("room.not_in", channel="#news")
    assert "come back with /herald setup." in say(again, "en")
    assert "revenir avec @Herald réglages." in say(again, "fr", "teams")
    assert say(not_in, "en") == "Herald is not in #news yet. Type /invite @Herald there."
    assert "application Herald" in say(not_in, "fr", "teams")


def test_french_has_its_spaces() -> None:
    """A no-break space stands before : ; ! ? » and after «."""
    for key, forms in catalogue("fr").items():
        for form in forms:
            bare = re.sub(r"https?://\S+", "", form)
            assert not re.search(r"[^\u00a0\u202f:;!?/][:;!?»](?=\s|$)", bare), (key, form)
            assert not re.search(r"«[^\u00a0\u202f]", bare), (key, form)
            assert not re.search(r"\d h\b", bare), (key, form)


def test_french_speaks_french() -> None:
    """*Actu*, *relire*, *relayer*; and no ending that says who is a man."""
    foreign = re.compile(r"(?<![/#{])\bstor(y|ies)\b|modér|engagement|amplifi|\bliker?\b", re.IGNORECASE)
    endings = re.compile(r"\(e\)|·e\b|\bvous (y )?(êtes|serez|étiez) \w+[éiu]e?s?\b", re.IGNORECASE)
    for key, forms in catalogue("fr").items():
        for form in forms:
            assert not foreign.search(form), (key, form)
            assert not endings.search(form), (key, form)


def sources() -> list[Path]:
    """Every Python file of the program."""
    rooms = [
        path for room in ("bot", "content", "adapters", "storage") for path in (ROOT / room).rglob("*.py")
    ]
    return [ROOT / "app.py", *rooms]


def test_every_literal_key_in_the_code_is_written() -> None:
    """A key that nobody wrote would raise in front of a person."""
    known = catalogue("en").keys()
    literal = re.compile(r'(?<![.\w])text\(\s*"([a-z0-9_.]+)"')
    used = {key for path in sources() for key in literal.findall(path.read_text("utf-8"))}
    assert used - known == set()


def words_of(source: str) -> tuple[set[str], set[str]]:
    """The whole texts in a file's code, and those made of parts, as expressions that match them."""
    nodes = list(ast.walk(ast.parse(source)))
    made = [node for node in nodes if isinstance(node, ast.JoinedStr)]
    parts = {id(value) for node in made for value in node.values}
    whole = {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts
    }
    return whole, {"".join(map(_part, node.values)) for node in made}


def _part(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.-]+"


def test_every_text_is_said_somewhere() -> None:
    """What nobody says is translated in vain, and read by whoever looks for what is said."""
    found = [words_of(path.read_text("utf-8")) for path in sources()]
    whole, made = set().union(*(each for each, _ in found)), set().union(*(each for _, each in found))
    begun = re.compile("|".join(sorted(each for each in made if re.match(r"[a-z]+\\?[._]", each))))
    phrases = {name for forms in catalogue("en").values() for name in re.findall(r"{=([\w-]+)}", str(forms))}
    named = {f"{manner}.{name}" for manner in MANNERS for name in phrases}
    more = {f"{key}_{end}" for key in whole if "." in key for end in ("open", "email")}

    silent = [key for key in catalogue("en") if key not in whole | named | more and not begun.fullmatch(key)]

    assert silent == []
    assert not begun.fullmatch("nobody.says_this")


def test_an_unknown_key_raises() -> None:
    """A missing text is a bug, never a key shown to a person."""
    with pytest.raises(UnknownText):
        say(text("nobody.wrote.this"), "en")


def test_the_first_day_of_a_month() -> None:
    """French says "1er décembre", and "2 décembre"."""
    first, second = (Moment(datetime(2026, 12, day, 9, tzinfo=UTC), style="day") for day in (1, 2))
    since = {day: text("standing.live", since=day) for day in (first, second)}
    assert [say(said, "fr") for said in since.values()] == ["Parue le 1er décembre", "Parue le 2 décembre"]
    assert say(since[first], "en") == "Out since 1 December"


def test_a_day_of_another_year_says_so() -> None:
    """A feed's first reading brings old news: a moderator sees how old."""
    now, old = datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2014, 7, 1, 9, tzinfo=UTC)
    assert say(text("tray.published", at=on_day(old, "Europe/Paris", now)), "en") == "1 July 2014"
    assert say(text("tray.published", at=on_day(old, "Europe/Paris", now)), "fr") == "1er juillet 2014"
    assert say(text("tray.published", at=on_day(now, "Europe/Paris", now)), "fr") == "22 novembre"
    eve = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    assert say(text("tray.published", at=on_day(eve, "Europe/Paris", now)), "en") == "1 January"


def test_plurals_and_lists_follow_the_language() -> None:
    """French counts 0 and 1 as one; both join with their own "and"."""
    assert say(text("people.others", count=0), "fr") == "0 autre"
    assert say(text("people.others", count=0), "en") == "0 others"
    assert say(text("people.named", names=Listing(("Ana", "Bilal", "Léa"))), "fr") == "Ana, Bilal et Léa"
