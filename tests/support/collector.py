"""A collector of OpenTelemetry on a free port of the loopback: it keeps each span that it gets."""

import gzip
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

_PATIENCE = 60


class Sent(NamedTuple):
    """A span as the collector got it; the ids are hexadecimal."""

    trace_id: str
    span_id: str
    parent_id: str
    name: str
    attributes: dict[str, str | int]
    failed: bool
    service: str


class Collector(NamedTuple):
    """The address of a collector, and the spans that it got."""

    url: str
    spans: list[Sent]

    def wait_for(self, holds: Callable[[Sent], bool], count: int = 1) -> list[Sent]:
        """Return the spans for which this holds, as soon as there are so many."""
        deadline = time.monotonic() + _PATIENCE
        while len(found := [span for span in self.spans if holds(span)]) < count:
            assert time.monotonic() < deadline, f"only {found} of {len(self.spans)} spans"
            time.sleep(0.05)
        return found

    def children(self, parent: Sent, count: int) -> list[Sent]:
        """Return the spans within another one, as soon as there are so many."""
        return self.wait_for(lambda span: span.parent_id == parent.span_id, count)


@contextmanager
def running_collector() -> Iterator[Collector]:
    """Run a collector in a thread until the block ends."""
    spans: list[Sent] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            spans.extend(_read(ExportTraceServiceRequest.FromString(body)))
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.end_headers()
            self.wfile.write(ExportTraceServiceResponse().SerializeToString())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Collector(f"http://127.0.0.1:{server.server_port}/v1/traces", spans)
        finally:
            server.shutdown()
            thread.join()


def _read(request: ExportTraceServiceRequest) -> Iterator[Sent]:
    for resource in request.resource_spans:
        service = {each.key: each.value.string_value for each in resource.resource.attributes}
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield Sent(
                    span.trace_id.hex(),
                    span.span_id.hex(),
                    span.parent_span_id.hex(),
                    span.name,
                    {
                        each.key: each.value.string_value or each.value.int_value
                        for each in span.attributes
                    },
                    span.status.code == span.status.STATUS_CODE_ERROR,
                    service["service.name"],
                )
