"""What a deployment decides, name by name."""

from typing import Literal

from pydantic import Field

from adapters.host.environment import Environment


class Given(Environment):
    """The settings as given; `.env.example` explains every name, and any works as `NAME_FILE` too."""

    slack_bot_token: str = ""
    slack_signing_secret: str = ""
    slack_app_token: str = ""
    slack_client_id: str = ""
    slack_client_secret: str = ""
    slack_api_url: str = "https://slack.com/api/"
    teams_app_id: str = Field("", validation_alias="MicrosoftAppId")
    teams_app_password: str = Field("", validation_alias="MicrosoftAppPassword")
    teams_app_type: str = Field("SingleTenant", validation_alias="MicrosoftAppType")
    teams_app_tenant_id: str = Field("", validation_alias="MicrosoftAppTenantId")
    database_url: str = "sqlite+aiosqlite:///data/herald.db"
    herald_host: str = "127.0.0.1"
    port: int = 3000
    herald_public_url: str = ""
    herald_secret_key: str = ""
    herald_admins: str = ""
    herald_fetch_allow: str = ""
    herald_teams_anonymous: bool = False
    herald_teams_cloud: Literal["public", "gcc", "gcch", "dod"] = "public"
