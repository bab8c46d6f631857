"""A way to the store with things going wrong on it, and a guard who knows a true signature.

    python proxy.py PORT-OF-THE-STORE FAULT

Prints its own port. Every request is checked with botocore's signer, which shares nothing with the program's own. FAULT is
what happens to every third request, or, where it says `always-`, to each one that the fault is about.
"""

import sys
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

STORE, FAULT = int(sys.argv[1]), sys.argv[2]
KEYS = Credentials("the-key-of-the-test", "the-secret-of-the-test", "the-token-of-the-test")
COUNT, LOCK = [0], threading.Lock()


def is_signed(handler, body):
    """What botocore would have signed, at the time that the request names."""
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


class Way(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def say(self, status, code, headers=()):
        body = f"<Error><Code>{code}</Code><Message>as the test wants it</Message></Error>".encode()
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
            return self.say(403, "SignatureDoesNotMatch")
        with LOCK:
            COUNT[0] += 1
            turn = COUNT[0] % 3 == 0
        is_put = self.command == "PUT"
        if FAULT == "500" and turn or FAULT == "always-500":
            return self.say(500, "InternalError")
        if FAULT == "503" and turn:
            return self.say(503, "SlowDown", [("Retry-After", "1")])
        if FAULT == "always-403" and is_put:
            return self.say(403, "AccessDenied")
        if FAULT == "always-full" and is_put and "published" not in self.path:
            return self.say(507, "XMinioStorageFull")
        if FAULT == "always-skewed":
            return self.say(403, "RequestTimeTooSkewed")
        if FAULT == "cut-before" and turn:
            self.close_connection = True
            return None
        if FAULT == "garbled" and turn and is_put:
            body = body[:-1] + b"#"
        self.forward(body, turn, is_put)

    def forward(self, body, turn, is_put):
        store = HTTPConnection("127.0.0.1", STORE)
        store.request(self.command, self.path, body, {k: v for k, v in self.headers.items() if k.lower() != "content-md5"})
        answer = store.getresponse()
        said = answer.read()
        if FAULT == "cut-after" and turn:
            self.close_connection = True
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            return
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() == "etag" and FAULT == "etag" and turn and is_put:
                value = '"00000000000000000000000000000000"'
            if name.lower() not in ("content-length", "connection", "transfer-encoding", "date", "server"):
                self.send_header(name, value)
        length = answer.getheader("Content-Length") if self.command == "HEAD" else len(said)
        self.send_header("Content-Length", str(length or 0))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = serve


server = ThreadingHTTPServer(("127.0.0.1", 0), Way)
print(server.server_address[1], flush=True)
server.serve_forever()
