"""What Herald promises while everything fails: a Slack that misbehaves by script, processes that die."""
