"""Stories from the first press to the last: signed requests over HTTP, everything real behind the door."""
