"""What Teams and our own rules allow a card: sizes, buttons, labels, inputs. One problem a line."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from adapters.teams.plain import weight

Json = dict[str, Any]
BUDGET, IN_VIEW, IN_ALL, PRIMARY, SHORT, TITLE = 25_000, 3, 6, 3, 14, 40
ELEMENTS = {
    "TextBlock", "RichTextBlock", "Image", "Container", "FactSet", "ActionSet", "Chart.HorizontalBar",
    "Input.Text", "Input.ChoiceSet", "Input.Date", "Input.Time",
}  # fmt: skip
ACTIONS = {"Action.Execute", "Action.Submit", "Action.OpenUrl", "Action.ShowCard"}
MARKUP = re.compile(r"(?<!\\)[*_`~\[\]<]|(?<!\\)&(#|\w+;)|^\s*([-+]\s|\d+[.)])", re.MULTILINE)
"""What Markdown would read in a TextBlock, a FactSet or a card's stand-in when nothing escapes it."""
LINK = re.compile(r"\[((?:\\.|[^\[\]\\])+)\]\((?:https?://|mailto:)[^\s()<>\\{}\"'`]+\)")
"""A text that is one link and nothing else: the only Markdown we write."""


def card_problems(card: Json, *, dialog: bool = False) -> list[str]:
    """Everything that is wrong with an Adaptive Card of ours."""
    return [
        *_frame(card), *_elements(card), *_rows(card, dialog=dialog), *_all(card), *_inputs(card),
        *_texts(card),
    ]  # fmt: skip


def message_problems(message: Json) -> list[str]:
    """The same for a message that carries one."""
    (attachment,) = message["attachments"]
    stray = [f"{name} beside the card" for name in ("text", "speak") if name in message]
    summary = [] if 0 < len(message["summary"]) <= 300 else ["summary"]
    return [*stray, *summary, *card_problems(attachment["content"])]


def nodes(node: Any) -> Iterator[Json]:  # noqa: ANN401  JSON
    """Every object of a card."""
    if isinstance(node, list):
        for each in node:
            yield from nodes(each)
    elif isinstance(node, dict):
        yield node
        for each in node.values():
            yield from nodes(each)


def unlinked(words: str) -> str:
    """What stands in a text that is a link, else the text."""
    found = LINK.fullmatch(words)
    return found[1] if found else words


def _frame(card: Json) -> Iterator[str]:
    if weight(card) > BUDGET:
        yield f"{weight(card)} bytes"
    if (card["type"], card["version"]) != ("AdaptiveCard", "1.5"):
        yield "not 1.5"
    if not card["body"] or not card["fallbackText"]:
        yield "nothing to show"
    if "msteams" in card:
        yield "entities, which could mention somebody"


def _elements(card: Json) -> Iterator[str]:
    for node in nodes(card["body"]):
        kind = node.get("type", "")
        if kind and kind not in ELEMENTS | ACTIONS | {"TextRun", "AdaptiveCard", "task/fetch", "Data.Query"}:
            yield f"unknown {kind}"
        if kind == "Image" and not node["url"].startswith(("https://", "http://")):
            yield f"a picture from {node['url'][:20]}"
        if kind == "Action.OpenUrl" and not node["url"].startswith(("https://", "http://", "mailto:")):
            yield f"an address {node['url'][:20]}"


def _rows(card: Json, *, dialog: bool) -> Iterator[str]:
    rows = [node["actions"] for node in nodes(card) if node.get("actions")]
    for row in rows:
        view = [action for action in row if action.get("mode") != "secondary"]
        if len(view) > IN_VIEW or len(row) > IN_ALL:
            yield f"{len(view)} in view, {len(row)} in all"
        if (
            row is not card.get("actions")
            and len(view) > 1
            and any(len(each["title"]) > SHORT for each in view)
        ):
            yield f"labels side by side: {[each['title'] for each in view]}"
        yield from (f"label {each['title']!r}" for each in row if not 0 < len(each["title"]) <= TITLE)
        if dialog:
            yield from (f"{each['type']} in a dialog" for each in row if each["type"] == "Action.Execute")
        else:
            yield from (
                each["title"] for each in row if each["type"] == "Action.Execute" and "fallback" not in each
            )


def _all(card: Json) -> Iterator[str]:
    """Whatever can be pressed, wherever it stands; an action and what old clients do instead is one."""
    pressed = [node for node in nodes(card) if str(node.get("type", "")).startswith("Action.")]
    instead = sum("fallback" in node for node in pressed)
    if sum(node.get("style") == "positive" for node in pressed) > PRIMARY:
        yield "more than three primary actions"
    if len(pressed) - instead > IN_ALL:
        yield f"{len(pressed) - instead} actions: {[node.get('title') for node in pressed]}"


def _inputs(card: Json) -> Iterator[str]:
    inputs = [node for node in nodes(card) if str(node.get("type", "")).startswith("Input.")]
    yield from (f"twice {id_}" for id_, times in Counter(each["id"] for each in inputs).items() if times > 1)
    for each in inputs:
        if not each.get("label"):
            yield f"{each['id']} without a label"
        if each.get("isRequired") and not each.get("errorMessage"):
            yield f"{each['id']} without words for who forgets it"


def _texts(card: Json) -> Iterator[str]:
    for node in nodes(card):
        read = [unlinked(node["text"])] if node.get("type") == "TextBlock" else []
        read += [node["fallbackText"]] if "fallbackText" in node else []
        read += [fact[part] for fact in node.get("facts", ()) for part in ("title", "value")]
        yield from (f"markup in {words[:40]!r}" for words in read if MARKUP.search(words))
        written = [node["text"]] if isinstance(node.get("text"), str) else []
        listed = [each["title"] for each in node.get("choices", ())]
        yield from (f"a link in {title[:40]!r}" for title in listed if "](" in title)
        written += listed
        yield from (f"a date function in {words[:40]!r}" for words in written if "{{" in words)
