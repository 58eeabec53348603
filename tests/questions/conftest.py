"""What stands for AWS, new for each test."""

import pytest

import aws_of_tests


@pytest.fixture(scope="session", autouse=True)
def _settings():
    with aws_of_tests.settings_of_tests():
        yield


@pytest.fixture(scope="session")
def session():
    return aws_of_tests.new_session()


@pytest.fixture
def aws(tmp_path, session):
    started = aws_of_tests.Aws(tmp_path, session)
    yield started
    started.stop()
