"""The shapes of the functions that the explicit dicts hold: handlers, notes, forms and views."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.cards import Card
from bot.commands.wire import Command
from bot.forms import Form
from bot.ports import Answer, By, Surroundings
from content.shares import Draft, Fact
from storage.records import Copy
from storage.work import Reading, Work

Handler = Callable[[Work, Any, By], Awaitable[Answer]]
"""Decides or changes something, inside one transaction."""
Entries = tuple[Fact | Draft, ...]
Noter = Callable[[Reading, Any, By, Surroundings], Awaitable[tuple[Entries, Answer]]]
"""States facts: reads, and says what to append and what to answer."""
Opening = Callable[[Reading, Any, By, Surroundings], Awaitable[Form]]
"""Draws the form a command needs first."""
View = Callable[[Reading, Copy, Surroundings], Awaitable[Card | None]]
"""Draws what a copy shows; None when there is nothing to show any more."""

Handlers = Mapping[type[Command], Handler]
Noters = Mapping[type[Command], Noter]
Openings = Mapping[type[Command], Opening]
