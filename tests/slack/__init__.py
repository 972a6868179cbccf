"""Slack, over real loopback HTTP."""
