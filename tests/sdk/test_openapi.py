"""The description of the control plane, judged by a validator that others use, and used as generated clients use it."""

import jsonschema
import pytest
from openapi_spec_validator import validate


@pytest.fixture
def description(control):
    return control("GET", "openapi.json")


def test_is_valid_openapi(description):
    validate(description)
    assert description["openapi"].startswith("3.1.")


def test_describes_answers(description, control, organization):
    control("POST", "faults", {"answer": {"error": "ThrottlingException"}})
    for name in ("clock", "faults", "health", "requests", "snapshots", "state", "cloudtrail"):
        answer = description["paths"][f"/_workmail/{name}"]["get"]["responses"]["200"]
        schema = answer["content"]["application/json"]["schema"]
        jsonschema.validate(control("GET", name), {**schema, "components": description["components"]})
