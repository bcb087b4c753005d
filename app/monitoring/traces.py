"""Traces for OpenTelemetry: a span for each request, and one for each statement that it runs.

Importing this module needs the extra `traces`. The SDK reads the standard variables `OTEL_…`, such as
`OTEL_TRACES_SAMPLER` and `OTEL_EXPORTER_OTLP_HEADERS`.
"""

import os
from collections.abc import Callable
from typing import Any, Final

from fastapi.telemetry import TelemetryConfig
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, StatusCode
from sqlalchemy import Engine, event

from app.api.http.headers import UNCOUNTED_PATHS

_SERVICE: Final = "timeline"


class Traces:
    """Sends spans to a collector by OTLP over HTTP, in batches and in its own thread.

    A collector that does not answer costs no request anything: the batch is lost, and the log says so.
    """

    def __init__(self, url: str, version: str) -> None:
        named = {} if "OTEL_SERVICE_NAME" in os.environ else {"service.name": _SERVICE}
        self.provider = TracerProvider(
            resource=Resource.create({**named, "service.version": version}), shutdown_on_exit=False
        )
        self.provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)))
        self._tracer = self.provider.get_tracer(_SERVICE, version)
        # Of all engines: those of past states are made while requests wait.
        self._listeners: dict[str, Callable[..., Any]] = {
            "before_cursor_execute": self._begin_statement,
            "after_cursor_execute": self._end_statement,
            "handle_error": self._note_error,
        }
        for name, listener in self._listeners.items():
            event.listen(Engine, name, listener)

    @property
    def telemetry(self) -> TelemetryConfig:
        """The framework's settings: a span for each request, except of checks of health."""
        return TelemetryConfig(
            tracing=True,
            tracer_provider=self.provider,
            metrics=False,
            logs=False,
            # Reads go around the framework's own steps, so these spans would be a part of the truth.
            operation_spans=False,
            exclude=lambda scope: scope["path"] in UNCOUNTED_PATHS,
        )

    def close(self) -> None:
        """Send the remaining spans, and send no more."""
        for name, listener in self._listeners.items():
            event.remove(Engine, name, listener)
        self.provider.shutdown()

    def _begin_statement(
        self, connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, *_: Any
    ) -> None:
        # A statement outside a request, such as the question for the newest change, has no span.
        if context is None or not trace.get_current_span().is_recording():
            return
        # The values are parameters, and are not sent.
        attributes = {
            "db.system.name": connection.dialect.name,
            "db.query.text": statement,
        }
        context.timeline_span = self._tracer.start_span(
            statement.split(maxsplit=1)[0], kind=SpanKind.CLIENT, attributes=attributes
        )

    def _end_statement(
        self, connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, *_: Any
    ) -> None:
        span = getattr(context, "timeline_span", None)
        if span is not None:
            span.end()

    def _note_error(self, failure: Any) -> None:
        span = getattr(failure.execution_context, "timeline_span", None)
        if span is not None:
            span.set_attribute("error.type", type(failure.original_exception).__qualname__)
            span.set_status(StatusCode.ERROR)
            span.end()
