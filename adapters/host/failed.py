"""How a verb ends when it cannot do what it was asked."""


class Failed(Exception):
    """The verb could not do it, or found something wrong; the words say what."""
