"""What a deployment knows of Slack: a workspace's token, or what it takes to be installed by a link."""

from dataclasses import dataclass, field
from typing import Self

NAMES = {
    "bot_token": "SLACK_BOT_TOKEN",
    "signing_secret": "SLACK_SIGNING_SECRET",
    "app_token": "SLACK_APP_TOKEN",
    "api_url": "SLACK_API_URL",
    "client_id": "SLACK_CLIENT_ID",
    "client_secret": "SLACK_CLIENT_SECRET",
    "public_url": "HERALD_PUBLIC_URL",
    "keys": "HERALD_SECRET_KEY",
}
"""What a deployment calls each of the settings."""


class Unconfigured(ValueError):
    """A credential is missing or empty; said at start, before anything listens."""


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """Credentials. An `app_token` turns Socket Mode on; the route is open in any case.

    With a `client_id` and its secret anybody may install Herald by a link at `public_url`; the tokens that
    Slack then gives are kept, sealed with `keys`.
    """

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    public_url: str = ""
    keys: str = field(default="", repr=False)

    @classmethod
    def of(cls, *values: str) -> Self:
        """The settings in the order of `NAMES`, as the environment gives them."""
        return cls(**dict(zip(NAMES, values, strict=True)))

    @property
    def by_link(self) -> bool:
        """Whether Herald can be installed by a link."""
        return bool(self.client_id.strip() and self.client_secret.strip())

    def missing(self) -> list[str]:
        """The names, in the environment, of what has no value and must have one."""
        needed = ("public_url", "keys") if self.by_link else ("bot_token",)
        return [
            NAMES[name] for name in (*needed, "signing_secret", "api_url") if not getattr(self, name).strip()
        ]
