"""Clients that take their time, and clients that only wait: they neither stop the others nor take much memory."""

import resource
import selectors
import socket
import time

import pytest
from api import Api, organization_of

SLOW = 1_000
IDLE = 10_000
MOST_MEMORY = 100_000_000  # bytes for all idle connections
PROMPT = 1  # seconds; without the others it takes less than one thousandth of that
CALLS = 100

HEAD = (
    b"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: WorkMailService.ListOrganizations\r\n"
    b"Content-Type: application/x-amz-json-1.1\r\nContent-Length: 2\r\n\r\n"
)


@pytest.fixture(autouse=True)
def descriptors():
    """As many as the system allows, for this process and the server that it starts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
def connect(server):
    """Opens connections and closes them at the end."""
    opened = []

    def open_connections(count):
        for _ in range(count):
            opened.append(socket.create_connection(("127.0.0.1", server.port)))
        return opened[-count:]

    yield open_connections
    for connection in opened:
        connection.close()


@pytest.fixture
def server(start):
    return start("--log", "off")


def is_open(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1) != b""
    except BlockingIOError:
        return True
    finally:
        connection.setblocking(True)


@pytest.mark.parametrize("sent", [b"P", HEAD[:100], HEAD + b"{"], ids=["a byte", "half a head", "half a body"])
def test_a_thousand_slow_clients_do_not_stop_the_next(server, connect, sent):
    organization = organization_of(server)
    slow = connect(SLOW)
    for connection in slow:
        connection.sendall(sent)
    begin = time.perf_counter()
    api = Api(server.port, organization)
    for number in range(CALLS):
        # The slow ones go on being slow.
        if sent == b"P":
            slow[number].sendall(b"O")
        api("DescribeOrganization")
    assert time.perf_counter() - begin < PROMPT * CALLS
    assert all(is_open(connection) for connection in slow)


def test_idle_connections_take_little_memory(server, connect, descriptors):
    count = min(IDLE, descriptors - 200)
    before = server.resident_bytes()
    idle = connect(count)
    # Each has had an answer: that is when a connection holds the most.
    for connection in idle:
        connection.sendall(HEAD + b"{}")
    answered = 0
    with selectors.DefaultSelector() as selector:
        for connection in idle:
            selector.register(connection, selectors.EVENT_READ)
        while answered < count:
            for key, _ in selector.select():
                assert b" 200 " in key.fileobj.recv(65536).splitlines()[0]
                selector.unregister(key.fileobj)
                answered += 1
    taken = server.resident_bytes() - before
    print(f"{count} idle connections take {taken / count:.0f} bytes each")
    assert taken < MOST_MEMORY * count / IDLE
    organization_of(server)
