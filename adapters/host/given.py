"""What a deployment decides, name by name."""

from typing import Literal

from pydantic import Field

from adapters.host.environment import Environment


class Given(Environment):
    """The settings as given; `.env.example` explains every name, and any works as `NAME_FILE` too.

    What is secret, or may hold a password, stands in no `repr`: a traceback or a log line may show that.
    """

    slack_bot_token: str = Field("", repr=False)
    slack_signing_secret: str = Field("", repr=False)
    slack_app_token: str = Field("", repr=False)
    slack_client_id: str = ""
    slack_client_secret: str = Field("", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    teams_app_id: str = Field("", validation_alias="MicrosoftAppId")
    teams_app_password: str = Field("", validation_alias="MicrosoftAppPassword", repr=False)
    teams_app_type: str = Field("SingleTenant", validation_alias="MicrosoftAppType")
    teams_app_tenant_id: str = Field("", validation_alias="MicrosoftAppTenantId")
    database_url: str = Field("sqlite+aiosqlite:///data/herald.db", repr=False)
    herald_host: str = "127.0.0.1"
    port: int = 3000
    herald_public_url: str = ""
    herald_secret_key: str = Field("", repr=False)
    herald_admins: str = ""
    herald_fetch_allow: str = ""
    herald_teams_anonymous: bool = False
    herald_teams_cloud: Literal["public", "gcc", "gcch", "dod"] = "public"
