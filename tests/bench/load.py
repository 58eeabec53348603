"""Loads a server with wrk: one thread, requests with the head that boto3 sends, at a number of connections."""

import os
import re
import resource
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

MOST_FOREIGN = 0.12  # processors that may be busy with something else
MOST_REPEATS = 20
TICKS = os.sysconf("SC_CLK_TCK")


class Busy(Exception):
    """Something else kept the processors busy, whatever was repeated."""


@dataclass
class Result:
    requests: float  # in a second
    bytes: float  # in a second
    microseconds: float  # of processor time of the server, for a request
    disturbed: str = ""  # what else kept the processors busy, if it was too much


def busy_seconds():
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS


def processor_seconds(pid):
    """Of all its threads, those that have ended too: the clock that clock_getcpuclockid(3) gives for a process."""
    return time.clock_gettime((~pid << 3) | 2)


def processes():
    """The processor seconds of each, by its id and name."""
    found = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, rest = file.read_text().partition(" (")
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended
        name, _, fields = rest.rpartition(") ")
        found[int(pid), name] = sum(int(field) for field in fields.split()[11:13]) / TICKS
    return found


def disturbance(foreign, before, server):
    """What else was busy, in words: the process that was it most, of those that have not ended since."""
    used = {key: seconds - before.get(key, 0) for key, seconds in processes().items() if key[0] != server.pid}
    pid, name = max(used, key=used.get)
    return f"{foreign:.2f} processors were busy with something else, most of those that still run with {name} ({pid})"


def load(server, request, connections, seconds, folder):
    """Loads the server, from where it was before if the requests change it."""
    if request.changes:
        server.go_back()
    before = processes()
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
    return Result(
        requests=float(re.search(r"Requests/sec:\s*([\d.]+)", printed)[1]),
        bytes=size_of(re.search(r"Transfer/sec:\s*(\S+)", printed)[1]),
        microseconds=used / answered * 1e6,
        disturbed=disturbance(foreign, before, server) if foreign > MOST_FOREIGN else "",
    )


def size_of(text):
    number, unit = re.fullmatch(r"([\d.]+)([KMG]?)B", text).groups()
    return float(number) * 1024 ** " KMG".index(unit or " ")
