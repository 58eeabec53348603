"""Servers whose data survives them."""

import os

import pytest
from workmail_server import servers


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch):
    for name in [name for name in os.environ if name.startswith("WORKMAIL_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def start(tmp_path):
    with servers(tmp_path) as start_server:
        yield start_server
