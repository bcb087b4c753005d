"""HTTP/1.1 that passes over offers of another protocol, as RFC 9110 allows (section 7.8).

The `HttpClient` of Java offers HTTP/2 with the first request of each connection, so that every
client made of it does. uvicorn answers such a request as if it had no body, and takes the body for
the next request: https://github.com/Kludex/uvicorn/issues/2722.
"""

import sys
from collections.abc import Iterator

from httptools import HttpRequestParser
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_OF_THE_OFFER = (b"upgrade", b"http2-settings")


class PlainHttp(HttpToolsProtocol):
    """uvicorn's protocol; a request that offers another is read again without the offer."""

    def data_received(self, data: bytes) -> None:
        self._unread = data
        # Not by recursion: whoever sends a thousand offers at once is to have his answers.
        while self._unread:
            self._received, self._unread = self._unread, b""
            super().data_received(self._received)
        self._received = b""

    def _should_upgrade(self) -> bool:
        # Where this is true, uvicorn does not begin with the request, and calls what follows.
        return any(name == b"upgrade" for name, _ in self.headers)

    def handle_websocket_upgrade(self) -> None:
        """Have the head read again, and what came after it."""
        offer = sys.exception()  # httptools.HttpParserUpgrade: where the head ended
        assert offer is not None
        target = (self.scope["method"].encode(), self.url, self.parser.get_http_version().encode())
        head = [b"%b %b HTTP/%b" % target, *self._kept_headers(), b"", b""]
        # As uvicorn makes it. The old one reads no more if the connection is to be closed.
        self.parser = HttpRequestParser(self)
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
        self._unread = b"\r\n".join(head) + self._received[offer.args[0] :]

    def _kept_headers(self) -> Iterator[bytes]:
        for name, value in self.headers:
            if name == b"connection":
                value = b", ".join(
                    option
                    for option in value.replace(b" ", b"").split(b",")
                    if option.lower() not in _OF_THE_OFFER
                )
            if value and name not in _OF_THE_OFFER:
                yield name + b": " + value
