"""Fake hosts for the tests of mail flow: one that runs Lambda functions, and one that has objects as S3 does."""

import contextlib
import http.server
import json
import threading
import urllib.parse
from dataclasses import dataclass, field

HANG_UP = object()  # as the response of a function: closes the connection without one


@dataclass
class Answer:
    """The response of a host."""

    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)


@dataclass
class Invocation:
    """The invocation of a function."""

    function: str
    type: str
    event: dict


class Host:
    """An HTTP server at a free port, with a thread for each connection, whose answers answer() of a subclass makes."""

    def __init__(self):
        host = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                answer = host.answer(self.command, self.path, self.headers, body)
                self.close_connection = True
                if answer is HANG_UP:
                    return
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(answer.body)), "Connection": "close", **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

            do_GET = do_POST = handle_one

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Functions(Host):
    """Runs the functions of a test: each is called with the event, and returns an object, bytes, an Answer or HANG_UP."""

    def __init__(self):
        self.by_name = {}
        self.invocations = []
        super().__init__()

    def answer(self, method, path, headers, body):
        assert method == "POST"
        function = path.removeprefix("/2015-03-31/functions/").removesuffix("/invocations")
        event = json.loads(body)
        self.invocations.append(Invocation(function, headers["X-Amz-Invocation-Type"], event))
        answer = self.by_name[function](event)
        if headers["X-Amz-Invocation-Type"] == "Event":
            return Answer(status=202)
        if isinstance(answer, bytes):
            return Answer(answer)
        return answer if isinstance(answer, Answer) or answer is HANG_UP else Answer(json.dumps(answer).encode())


class Storage(Host):
    """Has objects, each at /BUCKET/KEY, with ?versionId=VERSION or without."""

    def __init__(self):
        self.objects = {}
        self.credentials = []  # of the requests, as they were signed
        super().__init__()

    def put(self, key, content, version=None, bucket="mail"):
        self.objects[f"/{bucket}/{key}" + (f"?versionId={version}" if version else "")] = content
        reference = {"bucket": bucket, "key": key}
        return {"s3Reference": {**reference, "objectVersion": version} if version else reference}

    def answer(self, method, path, headers, body):
        assert method == "GET"
        self.credentials.append(headers["Authorization"].split("Credential=")[1].split(",")[0])
        content = self.objects.get(urllib.parse.unquote(path))
        if isinstance(content, Answer):
            return content
        return Answer(content) if content else Answer(b"<Error><Code>NoSuchKey</Code></Error>", 404)


@contextlib.contextmanager
def running(*kinds):
    """Starts hosts of these kinds, and stops them at the end."""
    hosts = [kind() for kind in kinds]
    try:
        yield hosts
    finally:
        for host in hosts:
            host.stop()
