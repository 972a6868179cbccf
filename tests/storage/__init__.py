"""The doors, on a real SQLite file."""
