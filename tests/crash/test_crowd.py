"""Clients that take their time, clients that only wait, and clients that take all memory: they neither stop the others
nor take much memory, and when there is none left, the server lives on."""

import http.client
import resource
import selectors
import socket
import time

import pytest
from api import Api, organization_of

SLOW = 1_000
IDLE = 10_000
MOST_MEMORY = 100_000_000  # bytes for all idle connections
MEMORY_LEFT = 6_000_000  # bytes of address space, for a server without memory
MOST_OF_A_STATE = 4_000_000  # bytes for the response of GET /_workmail/state, however long it is
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


def statistics_of(server):
    """The bytes of each kind of memory that Linux counts for the process."""
    with open(f"/proc/{server.process.pid}/status", encoding="utf-8") as file:
        lines = [line.split() for line in file if line.startswith("Vm")]
    return {words[0].rstrip(":"): int(words[1]) * 1024 for words in lines}


def test_a_server_without_memory_refuses_and_lives_on(start):
    server = start("--log", "text")
    server.may_fail = True
    organization = organization_of(server)
    size = statistics_of(server)["VmSize"]
    if size > 1 << 40:
        pytest.skip("a sanitizer wants all of the address space")
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.prlimit(server.process.pid, resource.RLIMIT_AS, (size + MEMORY_LEFT, hard))
    body = b'{"Organizations":[' + b",".join(b'{"Alias":"a%d"}' % i for i in range(200_000)) + b"]}"
    for _ in range(3):
        statuses = [status_of(server, "POST", "/_workmail/seed", body) for _ in range(3)]
        assert set(statuses) <= {500, 503, None}, statuses
        api = Api(server.port, organization)
        assert api("ListUsers")["Users"] == []
        # Half heads, until no connection finds memory; each is answered or closed, or waits for the rest.
        crowd = []
        for _ in range(1500):
            connection = socket.create_connection(("127.0.0.1", server.port))
            crowd.append(connection)
            try:
                connection.sendall(b"POST / HTTP/1.1\r\nPadding: " + b"x" * 15_000)
            except OSError:
                pass  # refused already
        refused = [one for one in crowd if not is_waiting(one)]
        assert refused, "there was memory for all of them"
        for connection in crowd:
            connection.close()
        wait_until_served(server)
    assert len(server.control("GET", "state")["Organizations"]) == 1, "nothing of a refused seed is there"
    api = Api(server.port, organization)
    api("CreateUser", Name="alice", DisplayName="", Password="Secret-123")
    assert "memory" in server.read_log() or "bad_alloc" in server.read_log(), server.read_log()


def status_of(server, method, path, body):
    """None when the connection was closed instead of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def is_waiting(connection):
    """Whether nothing has come, not even the end."""
    connection.setblocking(False)
    try:
        connection.recv(1)
        return False
    except BlockingIOError:
        return True
    except OSError:
        return False


def wait_until_served(server):
    """The server notices the end of each connection of a crowd in a turn of its own."""
    end = time.monotonic() + 60
    while status_of(server, "GET", "/_workmail/health", None) != 200:
        assert server.process.poll() is None, server.read_log()
        assert time.monotonic() < end, "it does not serve any more: " + server.read_log()


def test_a_large_state_takes_little_memory(start, tmp_path):
    server = start("--log", "off", "--data", str(tmp_path / "data.sqlite"))
    organizations = [
        {"Alias": f"org-{i}", "Account": f"{i // 100:012}",
         "Users": [{"Name": f"user-{j}", "DisplayName": "x" * 200} for j in range(20)]}
        for i in range(3_000)
    ]  # fmt: skip
    for begin in range(0, len(organizations), 1_000):
        server.control("POST", "seed", {"Organizations": organizations[begin : begin + 1_000]})
    # With memory that nothing has had and given back before.
    server.stop()
    server.start()
    server.control("GET", "state?account=999999999999")
    before = server.resident_bytes()
    # Forgets the highest value until now.
    with open(f"/proc/{server.process.pid}/clear_refs", "w", encoding="utf-8") as file:
        file.write("5")
    state = server.control_bytes("GET", "state")
    assert len(state) > 3 * MOST_OF_A_STATE
    taken = statistics_of(server)["VmHWM"] - before
    print(f"a state of {len(state)} bytes takes {taken}")
    assert taken < MOST_OF_A_STATE
