"""A rule said no: told kindly to the person who asked, never an error."""

from content.texts import Text


class Refusal(Exception):
    """A rule said no. `words` tell the person why and what to do.

    `field` names the form field it is about.
    """

    def __init__(self, words: Text, field: str | None = None) -> None:
        """Keep the words, and the field when one is to blame."""
        super().__init__(words.key)
        self.words = words
        self.field = field
