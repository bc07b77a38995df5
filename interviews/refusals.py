"""The one exception of this room."""


class Refused(Exception):
    """What was asked for is not done. The message says why; `field` names the input at fault."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field
