"""Loads a server with wrk: one thread, requests with the head that boto3 sends, at a number of connections."""

import os
import re
import resource
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

MOST_FOREIGN = 0.12  # processors that may be busy with something else
MOST_REPEATS = 4


@dataclass
class Result:
    requests: float  # in a second
    bytes: float  # in a second
    microseconds: float  # of processor time of the server, for a request
    clean: bool = True  # nothing else kept the processors busy


def busy_seconds():
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")


def processor_seconds(pid):
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def load_once(server, request, connections, seconds, folder):
    script = Path(folder) / "request.lua"
    script.write_text(request.script())
    own = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy, used, begin = busy_seconds(), processor_seconds(server.pid), time.monotonic()
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "-s", str(script), f"http://127.0.0.1:{server.port}/"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    took = time.monotonic() - begin
    used = processor_seconds(server.pid) - used
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    wrk = after.ru_utime + after.ru_stime - own.ru_utime - own.ru_stime
    foreign = (busy_seconds() - busy - used - wrk) / took
    answered = int(re.search(r"(\d+) requests in", printed)[1])
    errors = int(found[1]) if (found := re.search(r"Non-2xx or 3xx responses: (\d+)", printed)) else 0
    if errors != (answered if request.fails and server.refuses else 0) or not answered:
        raise RuntimeError(f"{errors} of {answered} answers to {request.target} were errors:\n{printed}")
    return foreign, Result(
        requests=float(re.search(r"Requests/sec:\s*([\d.]+)", printed)[1]),
        bytes=size_of(re.search(r"Transfer/sec:\s*(\S+)", printed)[1]),
        microseconds=used / answered * 1e6,
    )


def size_of(text):
    number, unit = re.fullmatch(r"([\d.]+)([KMG]?)B", text).groups()
    return float(number) * 1024 ** " KMG".index(unit or " ")


def load(server, request, connections, seconds, folder):
    """Loads the server, from where it was before if the requests change it, and returns the Result. Repeats it while something else keeps the processors busy; what is
    then still not clean reports it."""
    for _ in range(MOST_REPEATS):
        if request.changes:
            server.go_back()
        foreign, result = load_once(server, request, connections, seconds, folder)
        if foreign <= MOST_FOREIGN:
            return result
    result.clean = False
    return result
