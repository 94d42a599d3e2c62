"""A mail server for tests: speaks SMTP on this machine, keeps what it is given, and refuses whom it is told to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class Sink(socketserver.ThreadingTCPServer):
    """``mails``: (recipient, mail) in the order of arrival. ``refused``: mailbox → the code that it answers."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Conversation)
        self.mails: list[tuple[str, EmailMessage]] = []
        self.refused: dict[str, int] = {}
        self.accepts_passwords = True
        self.connections = 0

    @property
    def port(self) -> int:
        port: int = self.server_address[1]
        return port

    @property
    def recipients(self) -> list[str]:
        return sorted(recipient for recipient, _mail in self.mails)


class _Conversation(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.server.connections += 1
        self._say("220 sink")
        recipient = ""
        while line := self.rfile.readline():
            command = line.decode().strip()
            match command[:4].upper():
                case "EHLO":
                    self._say("250-sink")
                    self._say("250 AUTH PLAIN")
                case "AUTH":
                    self._say("235 welcome" if self.server.accepts_passwords else "535 wrong password")
                case "MAIL":
                    sender = command.split("<")[1].split(">")[0]
                    self._say(f"{self.server.refused.get(sender, 250)} <{sender}>")
                case "RCPT":
                    recipient = command.split("<")[1].split(">")[0]
                    code = self.server.refused.get(recipient, 250)
                    self._say(f"{code} <{recipient}> {'ok' if code == 250 else 'no such mailbox'}")
                case "DATA":
                    self._say("354 go on")
                    self.server.mails.append((recipient, self._mail()))
                    self._say("250 kept")
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("250 ok")

    def _mail(self) -> EmailMessage:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        mail: Any = message_from_bytes(b"".join(lines), policy=policy.default)
        found: EmailMessage = mail
        return found

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def receiving(port: int = 0) -> Iterator[Sink]:
    """A running sink; ends with the block."""
    with Sink(port) as sink:
        thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
            thread.join()
