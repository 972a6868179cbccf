"""Stories through the bot's own door, on a real SQLite file."""
