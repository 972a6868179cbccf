"""Microsoft Teams: the tenants of one bot, over Bot Connector's HTTP."""
