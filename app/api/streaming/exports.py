"""Exports: whole lists, sent while they are read, in constant memory."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, aclosing
from hashlib import sha256
from http import HTTPStatus

import anyio.to_thread
from starlette.responses import Response, StreamingResponse
from starlette.types import Send

from app.api.dependencies.reader import Reader
from app.api.http.etags import is_known
from app.api.http.media_types import Parquet, Xlsx
from app.api.http.request_state import request_state
from app.api.runtime.fingerprint import fingerprint
from app.api.streaming.sending import end_body, send_chunk
from app.api.streaming.snapshot import (
    ExportSnapshot,
    FindListing,
    PrepareFormat,
    ThreadedSnapshot,
    WriteFormat,
    open_snapshot,
)
from app.reading.listing import Listing, data_version


def export(
    reader: Reader,
    listing: Listing,
    write: WriteFormat,
    media_type: str,
    headers: Mapping[str, str],
) -> Response:
    """Return the response with the whole list in a format: `write` makes bytes of the documents."""
    return export_prepared(reader, listing, lambda _: write, media_type, headers)


def export_prepared(
    reader: Reader,
    listing: Listing | FindListing,
    prepare: PrepareFormat,
    media_type: str,
    headers: Mapping[str, str],
) -> Response:
    """Return the response with the whole list; `prepare` may read more before it returns the writer."""
    headers = {"Link": reader.urls.alternate_link, **headers}
    snapshot = open_snapshot(reader.database, listing, prepare)
    return Export(reader, snapshot, media_type, headers)


class Export(StreamingResponse):
    """A response that is made while it is sent.

    It waits for a slot, and reads its first chunk before it sends the status 200: an error until then
    is answered with a problem document, and a later one breaks the connection off. However an export
    ends, it closes its snapshot and frees its slot.
    """

    def __init__(
        self,
        reader: Reader,
        snapshot: AbstractContextManager[ExportSnapshot],
        media_type: str,
        headers: Mapping[str, str],
    ) -> None:
        super().__init__((), headers=headers, media_type=media_type)
        self._reader = reader
        self._snapshot = snapshot

    async def stream_response(self, send: Send) -> None:
        """Send the whole response, or a 304; cancelled when the client disconnects."""
        if "if-none-match" in self._reader.request.headers and await self._is_known():
            # A 304 needs no slot, so it is answered before the wait for one.
            await self._send_not_modified(send)
            return
        bodiless = request_state(self._reader.request.scope).bodiless
        gate, snapshot = self._reader.export_gate, ThreadedSnapshot(self._snapshot)
        async with gate.slot(), aclosing(snapshot):
            self.headers["ETag"] = self._tag(await snapshot.open())
            chunk = await snapshot.next_chunk()
            await self._send_start(send)
            while chunk:
                await send_chunk(send, chunk)
                # HEAD only needs to know whether the body is empty.
                chunk = b"" if bodiless else await snapshot.next_chunk()
            await end_body(send)

    async def _is_known(self) -> bool:
        """Set the present data's tag, and return whether the client has the export of it."""
        version = await anyio.to_thread.run_sync(self._reader.find, data_version)
        self.headers["ETag"] = self._tag(version)
        return is_known(self._reader.request.headers, self.headers["ETag"])

    def _tag(self, version: bytes) -> str:
        """Return the entity tag: a digest of everything that the bytes depend on.

        The bytes themselves are too many to be hashed before they are sent.
        """
        language = self.headers.get("Content-Language", "")
        urls = self._reader.urls
        addresses = (urls.api_url, urls.event_page_elsewhere)
        origin = (fingerprint(), *addresses, urls.representation_name, language)
        return f'"{sha256(b"|".join([version, *map(str.encode, origin)])).hexdigest()[:32]}"'

    async def _send_start(self, send: Send) -> None:
        start = {"type": "http.response.start", "headers": self.raw_headers}
        await send({**start, "status": self.status_code})

    async def _send_not_modified(self, send: Send) -> None:
        self.status_code = HTTPStatus.NOT_MODIFIED
        del self.headers["Content-Type"]
        # CompressionMiddleware would add it to the export itself. These are compressed already.
        if self.media_type not in (Parquet.media_type, Xlsx.media_type):
            self.headers.add_vary_header("Accept-Encoding")
        await self._send_start(send)
        await end_body(send)
