"""The local workspace: plays Slack on one page, for people without an account."""
