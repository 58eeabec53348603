"""Records the outcome of every call of a client, and checks each response against the service model."""

import re
from datetime import datetime

SUCCESS = "success"
REQUEST_ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
PYTHON_TYPES = {
    "string": str,
    "integer": int,
    "long": int,
    "double": float,
    "boolean": bool,
    "timestamp": datetime,
    "list": list,
    "structure": dict,
}


class Outcomes:
    def __init__(self):
        self.seen = set()  # (operation, SUCCESS or the code of the error)
        self.members = set()  # (operation, path of a member in its answers)

    def watch(self, client):
        client.meta.events.register("after-call.workmail", self._note)
        return client

    def _note(self, model, parsed, **_):
        metadata = parsed["ResponseMetadata"]
        assert REQUEST_ID.fullmatch(metadata["RequestId"]), metadata
        if "Error" in parsed:
            self.seen.add((model.name, parsed["Error"]["Code"]))
            assert metadata["HTTPStatusCode"] == 400, parsed
            assert parsed["Error"]["Message"], parsed
        else:
            self.seen.add((model.name, SUCCESS))
            assert metadata["HTTPStatusCode"] == 200, parsed
            answer = {name: value for name, value in parsed.items() if name != "ResponseMetadata"}
            if model.output_shape is not None:
                self._check(model.name, "", model.output_shape, answer)

    def _check(self, operation, path, shape, value):
        assert isinstance(value, PYTHON_TYPES[shape.type_name]), f"{operation}{path} is {value!r}"
        if shape.type_name == "structure":
            missing = set(shape.required_members) - value.keys()
            assert not missing, f"{operation}{path} lacks {missing}"
            for name, member in value.items():
                self.members.add((operation, f"{path}.{name}"))
                self._check(operation, f"{path}.{name}", shape.members[name], member)
        elif shape.type_name == "list":
            for element in value:
                self._check(operation, path, shape.member, element)
        elif shape.type_name == "timestamp":
            assert value.tzinfo is not None
        elif getattr(shape, "enum", None):
            assert value in shape.enum, f"{operation}{path} is {value!r}"


def members_of(model):
    """Every path of a member in a response of the operation."""

    def paths(path, shape):
        if shape.type_name == "structure":
            for name, member in shape.members.items():
                yield f"{path}.{name}"
                yield from paths(f"{path}.{name}", member)
        elif shape.type_name == "list":
            yield from paths(path, shape.member)

    return set(paths("", model.output_shape)) if model.output_shape is not None else set()
