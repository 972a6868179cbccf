"""The machine Herald runs on: its command line, its environment, its log."""
