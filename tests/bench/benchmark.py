#!/usr/bin/env python3
"""The benchmark that tests/bench/run starts when everything is built. Prints tables, ratios first, and writes all
figures to build/bench.json."""

import argparse
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from load import MOST_REPEATS, Busy, load
from calls import DIGITS, Request, create_user, describe_user, invalid, list_users, register
from servers import ROOT, RUNNING, BareServer, Moto, Program

MANY = 100_000  # users that wait to be registered
CONNECTIONS = (1, 8, 64)


class Figures:
    """Every figure under its name, and the tables that are printed."""

    def __init__(self):
        self.all = {}

    def table(self, title, columns):
        print(f"\n{title}\n\n| " + " | ".join(columns) + " |\n|" + " --- |" * len(columns), flush=True)

    def row(self, part, name, cells, **figures):
        print("| " + " | ".join([name, *cells]) + " |", flush=True)
        self.all.setdefault(part, {})[name] = figures


def side_by_side(what, runs, pairs):
    """Runs each of `runs`, name to a function that gives a Result, `pairs` times in turn. A turn in which
    something else kept the processors busy does not count, and is repeated."""
    turns = [undisturbed(what, runs) for _ in range(pairs)]
    return {name: [turn[name] for turn in turns] for name in runs}


def undisturbed(what, runs):
    for _ in range(MOST_REPEATS):
        turn = {}
        for name, run in runs.items():
            turn[name] = run()
            if turn[name].disturbed:
                print(f"repeated: {what}, {name}: {turn[name].disturbed}", file=sys.stderr, flush=True)
                break
        else:
            return turn
    raise Busy(f"{what} was disturbed {MOST_REPEATS} times, the last time because {turn[name].disturbed}")


def ratio(results, name, to, of="requests"):
    return statistics.median(getattr(a, of) / getattr(b, of) for a, b in zip(results[name], results[to]))


def middle(results, of):
    return statistics.median(getattr(result, of) for result in results)


def measure_limit(figures, folder, arguments):
    """The program against the bare server."""
    users = 10_000
    programs = {
        "memory": Program(folder / "memory", users=users, more=MANY),
        "file": Program(folder / "file", "--data", str(folder / "data.sqlite"), users=users, more=MANY),
    }
    memory = programs["memory"]
    size = len(memory.answer("ListUsers", {"OrganizationId": memory.organization, "MaxResults": 100}))
    bare = BareServer(folder / "bare")
    bare_large = BareServer(folder / "bare-large", size)
    for program in programs.values():
        program.keep()
    calls = {
        "DescribeUser": (lambda server: describe_user(server, users), bare, "requests"),
        "CreateUser": (create_user, bare, "requests"),
        "RegisterToWorkMail": (lambda server: register(server, MANY), bare, "requests"),
        "validation error": (invalid, bare, "requests"),
        "ListUsers of 100": (list_users, bare_large, "bytes"),
    }
    figures.table(
        f"Against the bare server, {users:,} users, medians of {arguments.pairs} pairs",
        ["call", "connections", "memory", "file", "bare/s", "memory/s", "file/s", "µs bare", "µs memory", "µs file"],
    )
    for name, (request, limit, of) in calls.items():
        for connections in CONNECTIONS:
            runs = {"bare": lambda: load(limit, request(memory), connections, arguments.seconds, folder)}
            for kind, program in programs.items():
                runs[kind] = lambda program=program: load(
                    program, request(program), connections, arguments.seconds, folder
                )
            results = side_by_side(f"{name} at {connections} connections", runs, arguments.pairs)
            ratios = {kind: ratio(results, kind, "bare", of) for kind in programs}
            rates = {kind: middle(results[kind], "requests") for kind in results}
            times = {kind: middle(results[kind], "microseconds") for kind in results}
            figures.row(
                "limit",
                f"{name} | {connections}",
                [f"{value:.2f}" for value in ratios.values()]
                + [f"{value:,.0f}" for value in rates.values()]
                + [f"{value:.1f}" for value in times.values()],
                ratio=ratios,
                requests_per_second=rates,
                server_microseconds=times,
            )
    for server in (*programs.values(), bare, bare_large):
        server.stop()


def measure_growth(figures, folder, arguments):
    """CreateUser in an organization that has 300,000 users already, against an empty one."""
    columns = ["storage", "ratio", "none/s", "300,000/s"]
    figures.table("CreateUser with 300,000 users there, against none, 8 connections", columns)
    for kind in ("memory", "file"):
        servers = {}
        for users in (0, 300_000):
            options = ["--data", str(folder / f"growth-{users}.sqlite")] if kind == "file" else []
            servers[users] = Program(folder / f"growth-{kind}-{users}", *options, users=users)
            servers[users].keep()
        runs = {
            users: lambda server=server: load(server, create_user(server), 8, arguments.seconds, folder)
            for users, server in servers.items()
        }
        results = side_by_side(f"CreateUser in {kind}", runs, arguments.pairs)
        rates = {users: middle(results[users], "requests") for users in servers}
        value = ratio(results, 300_000, 0)
        cells = [f"{value:.2f}", *(f"{rate:,.0f}" for rate in rates.values())]
        figures.row("growth", kind, cells, ratio=value, rates=rates)
        for server in servers.values():
            server.stop()


def measure_peer(figures, folder, arguments):
    """The program against moto's server."""
    if not Moto.command():
        print("\nmoto: skipped, because moto_server is not installed")
        return
    users = 1000
    moto, program = Moto(folder / "moto"), Program(folder / "program", users=users)
    program.keep()
    moto_users = [moto.create_user(f"user{i:07}") for i in range(users)]
    reads = json.dumps({"IdentityStoreId": Moto.STORE, "UserId": moto_users[-1]})
    writes = json.dumps(Moto.members_of(f"made{DIGITS}"))
    pairs = {
        "read": (describe_user(program, users), Request("AWSIdentityStore.DescribeUser", reads, "identitystore")),
        "write": (
            create_user(program),
            Request("AWSIdentityStore.CreateUser", writes, "identitystore", changes=True),
        ),
    }
    title = "Against moto's server, 8 connections (its IAM Identity Center: DescribeUser, CreateUser)"
    figures.table(title, ["call", "times", "/s", "moto/s"])
    for name, (ours, theirs) in pairs.items():
        runs = {
            "program": lambda ours=ours: load(program, ours, 8, arguments.seconds, folder),
            "moto": lambda theirs=theirs: load(moto, theirs, 8, arguments.seconds, folder),
        }
        results = side_by_side(f"{name} against moto", runs, arguments.pairs)
        rates = {kind: middle(results[kind], "requests") for kind in runs}
        value = ratio(results, "program", "moto")
        cells = [f"{value:.0f}", *(f"{rate:,.0f}" for rate in rates.values())]
        figures.row("peer", name, cells, ratio=value, rates=rates)
    moto.stop()
    program.stop()


def token_of_page(program, page):
    answer = program.call("ListUsers", {"OrganizationId": program.organization, "MaxResults": 100})
    for _ in range(page - 2):
        members = {"OrganizationId": program.organization, "MaxResults": 100, "NextToken": answer["NextToken"]}
        answer = program.call("ListUsers", members)
    return answer["NextToken"]


def timed(action):
    begin = time.perf_counter()
    action()
    return (time.perf_counter() - begin) * 1000


def page_of(program, users):
    """A request for page 1,000, or for the only one."""
    return list_users(program, token_of_page(program, 1000) if users >= 100_000 else None)


def measure_scale(figures, folder, arguments):
    """10^2, 10^4 and 10^6 users in one organization; RegisterToWorkMail takes those that are there besides."""
    for kind in ("memory", "file"):
        measure_calls_at_scale(figures, folder, arguments, kind)


SIZES = (100, 10_000, 1_000_000)


def start_program(folder, kind, users, more=0):
    name = f"{kind}-{users}-{more}"
    options = ["--data", str(folder / f"{name}.sqlite")] if kind == "file" else []
    return Program(folder / name, *options, users=users, more=more)


def measure_calls_at_scale(figures, folder, arguments, kind):
    columns = ["call", "10⁴", "10⁶", "10²/s", "10⁴/s", "10⁶/s"]
    figures.table(f"Time of a call, in {kind}, against 100 users, 8 connections", columns)
    programs = {users: start_program(folder, kind, users) for users in SIZES}
    facts = {users: facts_of(program) for users, program in programs.items()}
    calls = {
        "DescribeUser": describe_user,
        "ListUsers, first page": lambda program, users: list_users(program),
        "ListUsers, page 1,000": page_of,
        "CreateUser": lambda program, users: create_user(program),
    }
    for name, request in calls.items():
        compare_sizes(figures, folder, arguments, kind, name, programs, request)
    for program in programs.values():
        program.stop()
    programs = {users: start_program(folder, kind, users, MANY) for users in SIZES}
    for program in programs.values():
        program.keep()
    name = f"RegisterToWorkMail (of {MANY:,} more)"
    compare_sizes(figures, folder, arguments, kind, name, programs, lambda program, users: register(program, MANY))
    for program in programs.values():
        program.stop()

    if kind == "file":
        for users in SIZES:
            data = folder / f"file-{users}-0.sqlite"
            facts[users]["file bytes"] = data.stat().st_size
            starts = [start_time(folder, "--data", str(data)) for _ in range(arguments.pairs)]
            facts[users]["start ms"] = statistics.median(starts)
    figures.table(f"The whole of it, in {kind}", ["users", *facts[SIZES[0]]])
    for users, values in facts.items():
        figures.row(f"whole {kind}", f"{users:,}", [f"{value:,.1f}" for value in values.values()], **values)


def facts_of(program):
    resident = program.resident_bytes()
    return {"resident bytes": resident, "snapshot ms": timed(program.keep), "restore ms": timed(program.go_back)}


def compare_sizes(figures, folder, arguments, kind, name, programs, request):
    def run_of(users, program):
        made = request(program, users)
        return lambda: load(program, made, 8, arguments.seconds, folder)

    runs = {users: run_of(users, program) for users, program in programs.items()}
    results = side_by_side(f"{name} in {kind}", runs, arguments.pairs)
    ratios = {users: ratio(results, SIZES[0], users) for users in SIZES[1:]}
    rates = {users: middle(results[users], "requests") for users in SIZES}
    cells = [f"{value:.2f}" for value in ratios.values()] + [f"{rate:,.0f}" for rate in rates.values()]
    figures.row(f"scale {kind}", name, cells, time_ratio=ratios, requests_per_second=rates)


def start_time(folder, *options):
    """Milliseconds from the start of the process to its first answer."""
    port_file = folder / "port"
    port_file.unlink(missing_ok=True)
    begin = time.perf_counter()
    fixed = ["--listen", "127.0.0.1:0", "--port-file", port_file, "--log", "off"]
    process = subprocess.Popen([ROOT / "build/release/workmail-local", *fixed, *options], stdout=subprocess.DEVNULL)
    while not port_file.exists():
        if process.poll() is not None:
            raise RuntimeError("The program has ended.")
    with socket.create_connection(("127.0.0.1", int(port_file.read_text()))) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        connection.recv(100)
    took = (time.perf_counter() - begin) * 1000
    process.terminate()
    process.wait()
    return took


def measure_start(figures, folder, arguments):
    def new_file():
        for file in folder.glob("new.sqlite*"):
            file.unlink()
        return start_time(folder, "--data", str(folder / "new.sqlite"))

    figures.table("Start and size", ["", ""])
    runs = max(arguments.pairs, 15)
    values = {
        "first answer, in memory, ms": statistics.median(start_time(folder) for _ in range(runs)),
        "first answer, with a new file, ms": statistics.median(new_file() for _ in range(runs)),
        "binary, MB": (ROOT / "build/release/workmail-local").stat().st_size / 1e6,
    }
    idle = Program(folder / "idle")
    values["idle, resident MB"] = idle.resident_bytes() / 1e6
    idle.stop()
    for name, value in values.items():
        figures.row("start", name, [f"{value:.1f}"], value=value)


PARTS = {
    "start": measure_start,
    "limit": measure_limit,
    "growth": measure_growth,
    "peer": measure_peer,
    "scale": measure_scale,
}


def main():
    parser = argparse.ArgumentParser(prog="tests/bench/run", description="Measures the program. Takes an hour in all.")
    parser.add_argument("--only", choices=[*PARTS, "micro"], action="append", help="this part; may be repeated")
    parser.add_argument("--pairs", type=int, default=5, help="how often each pair is run [5]")
    parser.add_argument("--seconds", type=int, default=2, help="how long each run takes [2]")
    arguments = parser.parse_args()
    figures = Figures()
    busy = None
    for name, measure in PARTS.items():
        if arguments.only and name not in arguments.only:
            continue
        try:
            with tempfile.TemporaryDirectory() as folder:
                measure(figures, Path(folder), arguments)
        except Busy as error:
            busy = error
            for server in [*RUNNING]:
                server.stop()
            print(f"\nNot measured to its end: {error}.", file=sys.stderr)
    if not arguments.only or "micro" in arguments.only:
        print("\nParts of a call, without sockets\n", flush=True)
        subprocess.run([ROOT / "build/bench/tests/bench/micro_benchmarks"], check=True)
    report = ROOT / "build/bench.json"
    report.write_text(json.dumps(figures.all, indent=2) + "\n")
    print(f"\nAll figures are in {report.relative_to(ROOT)}.")
    return 1 if busy else 0


if __name__ == "__main__":
    sys.exit(main())
