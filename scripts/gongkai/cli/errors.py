"""What stops a command before it does anything."""


class UsageError(Exception):
    """The command cannot be carried out as given; the message says why, in Chinese."""
