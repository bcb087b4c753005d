"""The error that breaks a response off because its client does not read."""


class StalledReaderError(Exception):
    """The client read nothing for so long that the response was aborted.

    It is the client's doing, so it costs one line in the log and no traceback.
    """
