"""How fast Herald is at its doors, beside what others do there: `make bench`."""
