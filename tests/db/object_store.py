"""A small object store on this machine that speaks S3 and believes nobody without a signature."""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlsplit

KEY, SECRET, REGION = "reader", "of-this-test-only", "us-east-1"
_SIGNED = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?"
    r"SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})"
)
_ERROR = '<?xml version="1.0"?><Error><Code>{}</Code><Message>{}</Message></Error>'


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class ObjectStore:
    """Buckets in memory, read over HTTP: GET and HEAD, ranges, lists, errors as XML."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        """`bucket/key` -> content."""
        self.asked: list[tuple[str, str, int]] = []
        """Method, path and status of every request."""
        store = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                status, body, more = store.answer(self)
                store.asked.append((self.command, self.path, status))
                self.send_response(status)
                for name, value in more.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            def do_HEAD(self) -> None:
                self.do_GET()

            def log_message(self, *given: object) -> None:
                """Tests need no lines of it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, asked: BaseHTTPRequestHandler) -> tuple[int, bytes, dict[str, str]]:
        """Status, content and headers of one request."""
        if not self.signed(asked):
            return self.error(403, "SignatureDoesNotMatch")
        path = unquote(urlsplit(asked.path).path).lstrip("/")
        if not any(name.startswith(f"{path.partition('/')[0]}/") for name in self.objects):
            return self.error(404, "NoSuchBucket")
        if "list-type=2" in asked.path:
            return 200, self.listed(asked.path), {"content-type": "application/xml"}
        body = self.objects.get(path)
        if body is None:
            return self.error(404, "NoSuchKey")
        head = {
            "etag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
            "last-modified": "Sun, 22 Nov 2026 00:00:00 GMT",
            "accept-ranges": "bytes",
            "content-type": "application/octet-stream",
        }
        part = re.fullmatch(r"bytes=(\d+)-(\d*)", asked.headers.get("range", ""))
        if part is None:
            return 200, body, head
        first, last = int(part[1]), min(int(part[2] or len(body)), len(body) - 1)
        head["content-range"] = f"bytes {first}-{last}/{len(body)}"
        return 206, body[first : last + 1], head

    def listed(self, address: str) -> bytes:
        """Names below a prefix, as S3 lists them."""
        parts = urlsplit(address)
        bucket, prefix = (
            unquote(parts.path).strip("/"),
            dict(parse_qsl(parts.query)).get("prefix", ""),
        )
        names = [
            name.partition("/")[2] for name in self.objects if name.startswith(f"{bucket}/{prefix}")
        ]
        held = "".join(
            f"<Contents><Key>{name}</Key><LastModified>2026-11-22T00:00:00.000Z</LastModified>"
            f"<Size>{len(self.objects[f'{bucket}/{name}'])}</Size></Contents>"
            for name in names
        )
        return (
            f'<?xml version="1.0"?><ListBucketResult><Name>{bucket}</Name><Prefix>{prefix}</Prefix>'
            f"<KeyCount>{len(names)}</KeyCount><IsTruncated>false</IsTruncated>{held}</ListBucketResult>"
        ).encode()

    @staticmethod
    def error(status: int, code: str) -> tuple[int, bytes, dict[str, str]]:
        return status, _ERROR.format(code, code).encode(), {"content-type": "application/xml"}

    @staticmethod
    def signed(asked: BaseHTTPRequestHandler) -> bool:
        """Whether the request carries our key's signature (version 4) over what it says."""
        found = _SIGNED.fullmatch(asked.headers.get("authorization", ""))
        if found is None or (found[1], found[3]) != (KEY, REGION):
            return False
        _, day, region, names, given = found.groups()
        parts = urlsplit(asked.path)
        heads = "".join(f"{name}:{asked.headers[name].strip()}\n" for name in names.split(";"))
        content = asked.headers["x-amz-content-sha256"]
        query = sorted(parse_qsl(parts.query, keep_blank_values=True))
        told = "&".join(
            f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in query
        )
        request = "\n".join((asked.command, parts.path, told, heads, names, content))
        scope = f"{day}/{region}/s3/aws4_request"
        text = "\n".join(("AWS4-HMAC-SHA256", asked.headers["x-amz-date"], scope, _hash(request)))
        key = _mac(_mac(_mac(_mac(f"AWS4{SECRET}".encode(), day), region), "s3"), "aws4_request")
        return hmac.compare_digest(_mac(key, text).hex(), given)
