"""Slack: one workspace, over signed HTTP or Socket Mode."""
