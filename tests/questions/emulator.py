"""The emulator that answers before AWS is asked: the program, on a free port."""

import contextlib
import os
import shutil
from pathlib import Path

BUILT = Path(__file__).resolve().parents[2] / "build/release/workmail-local"


class NoProgram(Exception):
    """There is none on this machine."""


@contextlib.contextmanager
def emulator(folder):
    """Its address, while it runs."""
    program = os.environ.get("WORKMAIL_BINARY") or (BUILT if BUILT.exists() else shutil.which("workmail-local"))
    if not program:
        raise NoProgram(
            "There is no workmail-local: build it (server/build release workmail-local), or name it in WORKMAIL_BINARY."
        )
    os.environ["WORKMAIL_BINARY"] = str(program)
    from workmail_server import Server  # reads the variable

    server = Server(folder)
    try:
        yield server.url
    finally:
        server.process.terminate()
        server.process.wait()
        server.process.stdout.close()
        server.log.close()
