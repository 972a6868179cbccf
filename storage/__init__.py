"""What is remembered, and the doors to it: `Reading`, `Work`, `record`, `directory`."""
