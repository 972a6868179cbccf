"""Herald's tests."""
