"""HTTP/1.1 that sends a kept answer at once, without a task or the application."""

from functools import cached_property, lru_cache
from typing import Any, cast

from starlette.types import Scope
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from app.api.http.raw_headers import header_lines
from app.api.middleware.shortcut import Shortcut, WholeAnswer, shortcut_of
from app.cli.connections.guarded_http import GuardedHttp

# They change each second, with the date.
_default_lines = lru_cache(maxsize=1)(header_lines)


class KeptHttp(GuardedHttp):
    """The guarded protocol. The task, the application and its middleware take longer than a kept answer."""

    def _begin(self, cycle: RequestResponseCycle, app: Any, arrived: float) -> None:
        shortcut = self._shortcut
        if shortcut is not None and cycle.keep_alive and self._can_write(cycle):
            answer = shortcut.find(cast("Scope", cycle.scope), arrived)
            if answer is not None:
                self._send_at_once(cycle, answer)
                return
        super()._begin(cycle, app, arrived)

    @cached_property
    def _shortcut(self) -> Shortcut | None:
        app: Any = self.app.app if isinstance(self.app, ProxyHeadersMiddleware) else self.app
        return shortcut_of(app.state) if hasattr(app, "state") else None

    def _can_write(self, cycle: RequestResponseCycle) -> bool:
        free = not self.flow.write_paused and not self.transport.is_closing()
        return free and not cycle.disconnected and not cycle.waiting_for_100_continue

    def _send_at_once(self, cycle: RequestResponseCycle, answer: WholeAnswer) -> None:
        """Write the whole response, and leave the cycle as uvicorn does after one."""
        self._note_message(answer.body)
        status, default = STATUS_LINE[answer.status], _default_lines(tuple(cycle.default_headers))
        self.transport.write(b"%b%b%b\r\n" % (status, default, answer.lines))
        if answer.body:
            self.transport.write(answer.body)
        cycle.response_started = cycle.response_complete = True
        self.on_response_complete()
