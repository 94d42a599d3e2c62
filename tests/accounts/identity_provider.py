"""A small provider of identities of our own: OpenID Connect with PKCE over HTTP on this machine."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET = "sangkien", "mot-bi-mat-chi-de-thu"


@dataclass
class Person:
    """Whom the provider lets in next, and what it says of them."""

    sub: str = "can-bo-17"
    email: str = "thi.sen@phuong.example"
    email_verified: bool = True
    name: str = "Lê Thị Sen"


@dataclass
class Provider:
    """Its address, the person at its door, and what it has given out."""

    url: str = ""
    person: Person = field(default_factory=Person)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def approve(self, address: str) -> str:
        """What a browser does at the provider: the person agrees, and is sent back with a code."""
        asked = dict(parse_qsl(urlsplit(address).query))
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, sent: dict[str, list[str]]) -> dict[str, str] | None:
        """A code for tokens, once, to who knows the secret and the verifier of the code."""
        asked = self.codes.pop(sent["code"][0], None)
        if asked is None or sent.get("client_secret") != [SECRET]:
            return None
        challenge = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
        if base64.urlsafe_b64encode(challenge).rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 60, **vars(self.person)}
        return {"access_token": "the", "token_type": "Bearer", "id_token": jwt.encode(claims, self.key, "RS256")}


@contextmanager
def provider() -> Iterator[Provider]:
    """Serves until the test ends."""
    made = Provider()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/.well-known/openid-configuration":
                ways = {"authorization_endpoint": "cua", "token_endpoint": "the", "userinfo_endpoint": "nguoi"}
                urls = {name: f"{made.url}/{path}" for name, path in ways.items()}
                self._answer({"issuer": made.url, "jwks_uri": f"{made.url}/khoa", **urls,
                              "token_endpoint_auth_methods_supported": ["client_secret_post"]})  # fmt: skip
            elif self.path == "/nguoi":
                self._answer(vars(made.person))
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            tokens = made.exchange(sent)
            self._answer(tokens or {"error": "invalid_grant"}, 200 if tokens else 400)

        def _answer(self, content: object, status: int = 200) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
