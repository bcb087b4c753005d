"""A receiver of webhooks on a free port of the loopback, which verifies each message with the library of the standard."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from standardwebhooks import Webhook

SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


@dataclass
class FakeReceiver:
    """The verified messages with their ids, and the answers to the next attempts; then it answers 204."""

    port: int
    got: list[tuple[str, Any]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def seqs(self) -> list[int]:
        """Return the numbers of the changes, in the order in which they came."""
        return [body["data"]["seq"] for _, body in self.got]

    def write_file(self, folder: Path, *lines: str) -> Path:
        """Write the file of receivers, with this one alone."""
        file = folder / "webhooks.toml"
        table = [
            "[webhooks.here]",
            f'url = "http://localhost:{self.port}/hook"',
            f'secrets = ["{SECRET}"]',
            "allow_http = true",
            "allow_private = true",
            *lines,
        ]
        file.write_text("\n".join(table))
        file.chmod(0o600)
        return file


@contextmanager
def fake_receiver(certificate: Path | None = None) -> Iterator[FakeReceiver]:
    """Run a receiver in a thread until the block ends; with a certificate it speaks TLS."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            message = Webhook(SECRET).verify(body, dict(self.headers))
            fake.got.append((self.headers["webhook-id"], message))
            fake.paths.append(f"{self.headers['Host']}{self.path}")
            status, headers = fake.answers.pop(0) if fake.answers else (204, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    # localhost may mean ::1 first; then the sender tries 127.0.0.1.
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        # A refused handshake is no fault of the receiver.
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
    fake = FakeReceiver(server.server_port)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def make_certificate(folder: Path, host: str) -> Path:
    """Write a key and its own certificate for the host to a file, which a client can trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = (
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / "certificate.pem"
    file.write_bytes(key.private_bytes(*form) + made.public_bytes(serialization.Encoding.PEM))
    return file
