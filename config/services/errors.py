"""What goes wrong with services, in words for the person at the keyboard."""


class ServiceError(Exception):
    """One sentence: what is wrong and what to do about it. Shown without a traceback."""
