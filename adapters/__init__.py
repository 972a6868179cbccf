"""Where it happens: one folder per platform or door; no folder knows another."""
