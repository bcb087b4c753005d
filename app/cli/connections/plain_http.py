"""HTTP/1.1 that ignores `Upgrade` offers, as RFC 9110 §7.8 allows.

Java's `HttpClient` offers HTTP/2 with the first request of each connection. uvicorn 0.54 answers
such a request as if it had no body, and parses the body as the next request:
https://github.com/Kludex/uvicorn/issues/2722. `tests/cli/connections/test_plain_http.py` fails once uvicorn no longer
does; then delete this module.
"""

import sys
from collections.abc import Iterator

from httptools import HttpRequestParser
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_OF_THE_OFFER = (b"upgrade", b"http2-settings")


class PlainHttp(HttpToolsProtocol):
    """uvicorn's protocol. It parses a request that offers an upgrade again, without the offer."""

    def data_received(self, data: bytes) -> None:
        self._unread = data
        # A loop, not recursion: a client may pipeline a thousand offers.
        while self._unread:
            self._received, self._unread = self._unread, b""
            super().data_received(self._received)
        self._received = b""

    def _should_upgrade(self) -> bool:
        # If true, uvicorn does not start the request and calls handle_websocket_upgrade.
        return any(name == b"upgrade" for name, _ in self.headers)

    def handle_websocket_upgrade(self) -> None:
        """Queue the head without the offer, and all bytes after it, to be parsed again."""
        offer = sys.exception()  # httptools.HttpParserUpgrade: where the head ended
        assert offer is not None
        target = (self.scope["method"].encode(), self.url, self.parser.get_http_version().encode())
        head = [b"%b %b HTTP/%b" % target, *self._kept_headers(), b"", b""]
        # Created as uvicorn does. The old parser stops reading after `Connection: close`.
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
