"""Named errors whose sentence can be said in the reader's language."""


def N_(message: str) -> str:
    """Mark an English sentence for the catalogues and return it unchanged."""
    return message


class CrossingsError(Exception):
    """A fault the user can do something about.

    message: an English sentence with {named} places, which is also its key in the catalogues.
    values: what goes into those places. str(error) is the English sentence, filled in.
    """

    def __init__(self, message: str, **values: object) -> None:
        self.message = message
        self.values = values
        super().__init__(message.format(**values))
