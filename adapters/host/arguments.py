"""What one types after `python app.py`."""

import argparse
from collections.abc import Sequence


def read(words: Sequence[str]) -> argparse.Namespace:
    """The verb and its options; `serve` when no verb is named. Ends the process with 2 when unreadable."""
    parser = argparse.ArgumentParser(prog="python app.py")
    verbs = parser.add_subparsers(dest="verb")
    serve = verbs.add_parser("serve")
    serve.add_argument("--local", action="store_true")
    return parser.parse_args(words or ["serve"])
