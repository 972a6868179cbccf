"""What one types after `python app.py`."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from content.domains import listed
from content.texts import LANGUAGES

LONGEST_HOLD = 24 * 3600
"""Seconds an approval can be undone at most: for a later hour there is *Schedule*."""
VERBS = {
    "serve": "run Herald (the default)",
    "setup": "set a workspace up without a person at the keyboard, or join it to a programme",
    "doctor": "say what is right, what is missing, and what to do about it",
    "feeds": "the feeds Herald reads: list, add, remove",
    "stories": "the stories: list, show",
    "digest": "print the running week; nothing is sent",
    "deliveries": "messages that did not arrive: list, retry, drop",
    "migrate": "bring the database to this version's schema",
    "backup": "copy the database into one file while Herald runs",
    "restore": "put a copy in the database's place, of either engine; Herald must not run",
    "export": "totals per story as CSV: no people, and no count below five",
    "audit": "verify: check that the record of decisions was not changed",
    "manifest": "print the app manifest of a platform",
    "healthcheck": "ask the running Herald whether it is alive",
    "version": "print the version",
}


def read(words: Sequence[str]) -> argparse.Namespace:
    """The verb and its options; `serve` when no verb is named. Ends the process with 2 when unreadable."""
    parser = argparse.ArgumentParser(prog="python app.py", description="Employee advocacy inside chat.")
    parser.set_defaults(local=False)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    for verb, about in VERBS.items():
        OPTIONS.get(verb, _none)(verbs.add_parser(verb, help=about, description=about))
    asked = parser.parse_args(words)
    asked.verb = asked.verb or "serve"
    return asked


def _none(verb: argparse.ArgumentParser) -> None:
    del verb


def _serve(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--local", action="store_true", help="the local workspace, on this machine only")


def _setup(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--platform", choices=("slack", "teams"), required=True)
    verb.add_argument("--workspace", metavar="T…", required=True)
    verb.add_argument("--programme", metavar="ID", help="join this programme instead of beginning one")
    for part in (_rooms, _people, _company, _rules):
        part(verb)


def _rooms(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--review", metavar="C…", required=True, help="private channel where ideas are decided")
    verb.add_argument(
        "--private-team", action="store_true",
        help="Teams: --review is a channel of a small team, and you know that the team is private",
    )  # fmt: skip
    verb.add_argument("--stories", metavar="C…[,C…]", type=_several, required=True)
    verb.add_argument("--digest", metavar="C…[,C…]", type=_several, default=())


def _people(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--admin", metavar="U…[,U…]", type=_several, default=(), help="who may change the set-up"
    )
    verb.add_argument(
        "--moderators", metavar="U…,U…", type=_several, default=(),
        help="who decides; without it, the full members of the review channel",
    )  # fmt: skip
    verb.add_argument(
        "--domains", metavar="acme.com[,…]", type=_domains,
        help="e-mail domains by which a colleague with two accounts is counted once; empty for none",
    )  # fmt: skip


def _company(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--name", help="what this Herald is called, e.g. the company")
    verb.add_argument("--employer", help="stands in the ready words: “I work at …”")
    verb.add_argument("--language", metavar="fr")
    verb.add_argument("--timezone", metavar="Europe/Paris")
    verb.add_argument("--hold", metavar="SECONDS", type=_seconds, help="how long an approval can be undone")


def _rules(verb: argparse.ArgumentParser) -> None:
    either = argparse.BooleanOptionalAction
    verb.add_argument(
        "--works-council", action=either, help="nobody is named, nobody gets links of their own"
    )
    verb.add_argument("--prefill", action=either, help="on computers LinkedIn opens with the words in it")


def _doctor(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--json", action="store_true", help="for a script")


def _feeds(verb: argparse.ArgumentParser) -> None:
    _actions(verb, list="", add="address", remove="id or address")


def _stories(verb: argparse.ArgumentParser) -> None:
    _actions(verb, list="", show="id")


def _deliveries(verb: argparse.ArgumentParser) -> None:
    _actions(verb, list="", retry="id", drop="id")


def _digest(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    _programme(verb)


def _audit(verb: argparse.ArgumentParser) -> None:
    _actions(verb, verify="")


def _manifest(verb: argparse.ArgumentParser) -> None:
    platforms = verb.add_subparsers(dest="platform", required=True)
    teams = platforms.add_parser("teams")
    teams.add_argument("--app-id", metavar="GUID", type=UUID, required=True, help="the app registration's id")
    teams.add_argument("--domain", metavar="HOST", required=True, help="where Herald is reached, no https://")
    teams.add_argument("--out", metavar="FILE", type=Path, default=Path("teams.zip"))
    teams.add_argument("--older", action="store_true", help="without slash commands, for an older Teams")
    slack = platforms.add_parser("slack")
    slack.add_argument("--reconcile", action="store_true", help="with the history scopes")
    slack.add_argument("--url", help="public address, for HTTP instead of Socket Mode")


def _file(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path)


def _programme(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--programme", metavar="ID", help="when there are several")


def _actions(verb: argparse.ArgumentParser, **actions: str) -> None:
    """What one can do, each with what it is done to (`on`), if to anything."""
    what = verb.add_subparsers(dest="action", required=True)
    for action, thing in actions.items():
        one = what.add_parser(action)
        _programme(one)
        if thing:
            one.add_argument("on", metavar=thing)


def _domains(written: str) -> tuple[str, ...]:
    found, wrong = listed(written)
    if wrong:
        raise argparse.ArgumentTypeError(f"no e-mail domain: {', '.join(wrong)}")
    return found


def _seconds(written: str) -> int:
    if not (written.isascii() and written.isdigit() and int(written[:9]) <= LONGEST_HOLD):
        raise argparse.ArgumentTypeError(f"whole seconds, {LONGEST_HOLD} at most")
    return int(written)


def _several(written: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in written.split(",") if part.strip())


OPTIONS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "serve": _serve,
    "setup": _setup,
    "doctor": _doctor,
    "feeds": _feeds,
    "stories": _stories,
    "deliveries": _deliveries,
    "digest": _digest,
    "export": _programme,
    "audit": _audit,
    "backup": _file,
    "restore": _file,
    "manifest": _manifest,
}
