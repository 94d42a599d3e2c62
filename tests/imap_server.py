"""A mailbox server for tests: speaks enough IMAP4rev1 on this machine, with TLS where it is given a certificate."""

import re
import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_SEARCH: Final = re.compile(r"UID (\d+):\*")


class ImapServer(socketserver.ThreadingTCPServer):
    """``mails``: number → bytes. ``said``: every command, so that a test sees that nothing was marked or deleted."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: dict[int, bytes] = {}
        self.numbering = 7
        self.password = "mật khẩu"
        self.said: list[str] = []
        self.context: ssl.SSLContext | None = None
        if certificate is not None:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)

    @property
    def port(self) -> int:
        port: int = self.server_address[1]
        return port

    def finish_request(self, request: Any, client_address: Any) -> None:
        """The talk, inside TLS where there is a certificate."""
        if self.context is None:
            super().finish_request(request, client_address)
            return
        with self.context.wrap_socket(request, server_side=True) as wrapped:
            super().finish_request(wrapped, client_address)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust the certificate leaves in the middle: that is what some tests are about."""


class _Conversation(socketserver.StreamRequestHandler):
    server: ImapServer

    def handle(self) -> None:
        self._say("* OK ready")
        while line := self.rfile.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            self.server.said.append(rest)
            if not self._answer(tag, rest):
                return

    def _answer(self, tag: str, rest: str) -> bool:
        word = rest.split(" ")[0].upper()
        match word:
            case "CAPABILITY":
                self._say("* CAPABILITY IMAP4rev1 AUTH=PLAIN")
            case "LOGIN":
                if self.server.password not in rest:
                    self._say(f"{tag} NO [AUTHENTICATIONFAILED] wrong password")
                    return True
            case "AUTHENTICATE":
                self._say("+ ")
                told = b64decode(self.rfile.readline()).decode().split("\0")
                if told[-1] != self.server.password:
                    self._say(f"{tag} NO [AUTHENTICATIONFAILED] wrong password")
                    return True
            case "EXAMINE" | "SELECT":
                self._say(f"* {len(self.server.mails)} EXISTS")
                self._say(f"* OK [UIDVALIDITY {self.server.numbering}] numbering")
            case "UID":
                self._uid(rest)
            case "LOGOUT":
                self._say("* BYE")
        self._say(f"{tag} OK done")
        return word != "LOGOUT"

    def _uid(self, rest: str) -> None:
        words = rest.split(" ")
        if words[1].upper() == "SEARCH":
            found = _SEARCH.search(rest)
            after = int(found[1]) if found else 1
            last = max(self.server.mails, default=0)
            numbers = [number for number in sorted(self.server.mails) if number >= after or number == last]
            self._say(f"* SEARCH {' '.join(map(str, numbers))}".rstrip())
            return
        number = int(words[2])
        data = self.server.mails[number]
        if "RFC822.SIZE" in rest:
            self._say(f"* 1 FETCH (UID {number} RFC822.SIZE {len(data)})")
            return
        self._say(f"* 1 FETCH (UID {number} BODY[] {{{len(data)}}}")
        self.wfile.write(data)
        self._say(")")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[ImapServer]:
    """The server while the block runs."""
    with ImapServer(certificate) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
