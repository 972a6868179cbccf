"""Slack's app manifest: `manifest.json` as it is, or fitted to a deployment."""

import json
from pathlib import Path

from adapters.slack.plain import Json

FILE = Path(__file__).parents[2] / "manifest.json"
"""In the project's root, where the Slack CLI looks for it."""
HISTORY = ("channels:history", "groups:history", "im:history")
"""What Herald needs to look for its own card after a lost answer; without it, it asks the moderators."""
EVENTS, REDIRECT = "/slack/events", "/slack/oauth_redirect"


def manifest(*, reconcile: bool = False, url: str | None = None) -> Json:
    """The manifest. `reconcile` adds the history scopes; with a `url` Slack comes over HTTP instead."""
    drawn: Json = json.loads(FILE.read_text(encoding="utf-8"))
    if reconcile:
        scopes = drawn["oauth_config"]["scopes"]
        scopes["bot"] = sorted([*scopes["bot"], *HISTORY])
    return _over_http(drawn, url.rstrip("/")) if url else drawn


def _over_http(drawn: Json, url: str) -> Json:
    address = url + EVENTS
    drawn["oauth_config"]["redirect_urls"] = [url + REDIRECT]
    settings = drawn["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"]["request_url"] = address
    settings["interactivity"]["request_url"] = address
    for command in drawn["features"]["slash_commands"]:
        command["url"] = address
    return drawn
