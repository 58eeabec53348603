"""The build backend of the source archive: reports what to use where there is no wheel."""

import platform
import sys

MESSAGE = (
    f"workmail-local has no program for {platform.system()} on {platform.machine()}; it has one for Linux on amd64 and "
    "arm64. Use the image instead: docker run --rm --publish 127.0.0.1:9675:9675 workmail-local"
)


def _refuse(*_arguments, **_settings):
    sys.exit(MESSAGE)


get_requires_for_build_wheel = _refuse
prepare_metadata_for_build_wheel = _refuse
build_wheel = _refuse
build_sdist = _refuse
