"""A proxy before an S3 store that checks signatures and injects faults.

    python proxy.py PORT-OF-THE-STORE FAULT

Prints its own port. Every request is checked with botocore's signer, which shares no code with the program's own. FAULT
happens to every third request, but to none more than twice: with several connections, the attempts of one request may all be
third ones. Where FAULT begins with `always-`, it happens to every request that it concerns.
"""

import sys
import threading
from collections import Counter
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

STORE, FAULT = int(sys.argv[1]), sys.argv[2]
KEYS = Credentials("the-key-of-the-test", "the-secret-of-the-test", "the-token-of-the-test")
COUNT, FAULTS, LOCK = [0], Counter(), threading.Lock()


def is_signed(handler, body):
    """Whether the signature is what botocore computes for the request, at the time that the request names."""
    time = handler.headers["x-amz-date"]
    names = handler.headers["authorization"].split("SignedHeaders=")[1].split(",")[0].split(";")
    request = AWSRequest(handler.command, f"http://{handler.headers['host']}{handler.path}", data=body)
    signer = S3SigV4Auth(KEYS, "s3", "us-east-1")
    for name in names:
        if name != "host":
            request.headers[name] = handler.headers[name]
    request.context["timestamp"] = time
    text = signer.string_to_sign(request, signer.canonical_request(request))
    return handler.headers["authorization"].endswith("Signature=" + signer.signature(text, request))


class FaultyProxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send_error_response(self, status, code, headers=()):
        body = f"<Error><Code>{code}</Code><Message>injected by the test</Message></Error>".encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def serve(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not is_signed(self, body):
            return self.send_error_response(403, "SignatureDoesNotMatch")
        with LOCK:
            COUNT[0] += 1
            request = (self.command, self.path)
            is_third = COUNT[0] % 3 == 0 and FAULTS[request] < 2
            FAULTS[request] += is_third
        is_put = self.command == "PUT"
        if FAULT == "500" and is_third or FAULT == "always-500":
            return self.send_error_response(500, "InternalError")
        if FAULT == "503" and is_third:
            return self.send_error_response(503, "SlowDown", [("Retry-After", "1")])
        if FAULT == "always-403" and is_put:
            return self.send_error_response(403, "AccessDenied")
        if FAULT == "always-full" and is_put and "published" not in self.path:
            return self.send_error_response(507, "XMinioStorageFull")
        if FAULT == "always-skewed":
            return self.send_error_response(403, "RequestTimeTooSkewed")
        if FAULT == "cut-before" and is_third:
            self.close_connection = True
            return None
        if FAULT == "garbled" and is_third and is_put:
            body = body[:-1] + b"#"
        self.forward(body, is_third, is_put)

    def forward(self, body, is_third, is_put):
        store = HTTPConnection("127.0.0.1", STORE)
        store.request(self.command, self.path, body, {k: v for k, v in self.headers.items() if k.lower() != "content-md5"})
        response = store.getresponse()
        content = response.read()
        if FAULT == "cut-after" and is_third:
            self.close_connection = True
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            return
        self.send_response(response.status)
        for name, value in response.getheaders():
            if name.lower() == "etag" and FAULT == "etag" and is_third and is_put:
                value = '"00000000000000000000000000000000"'
            if name.lower() not in ("content-length", "connection", "transfer-encoding", "date", "server"):
                self.send_header(name, value)
        length = response.getheader("Content-Length") if self.command == "HEAD" else len(content)
        self.send_header("Content-Length", str(length or 0))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = serve


server = ThreadingHTTPServer(("127.0.0.1", 0), FaultyProxy)
print(server.server_address[1], flush=True)
server.serve_forever()
