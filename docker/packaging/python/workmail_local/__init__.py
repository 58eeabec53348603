"""workmail-local, an emulator of the Amazon WorkMail API, for Python programs: where the command is."""

import shutil
import sysconfig
from pathlib import Path

COMMAND = "workmail-local"


def find_command() -> str:
    """The path of the command that this package installed, otherwise of the one on the PATH.

    Raises FileNotFoundError when there is none.
    """
    for scheme in (sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user")):
        installed = Path(sysconfig.get_path("scripts", scheme)) / COMMAND
        if installed.is_file():
            return str(installed)
    on_path = shutil.which(COMMAND)
    if on_path is None:
        raise FileNotFoundError(f"{COMMAND} is neither in this Python environment nor on the PATH")
    return on_path
