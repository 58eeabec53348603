"""docker/kubernetes.yaml and docker/compose.yaml: what a cluster would find out, without one."""

import os
import subprocess
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("WORKMAIL_BINARY") or ROOT / "build/release/workmail-local")
OBJECTS = {each["kind"]: each for each in yaml.safe_load_all((ROOT / "docker/kubernetes.yaml").read_text())}
POD = OBJECTS["Deployment"]["spec"]["template"]
[CONTAINER] = POD["spec"]["containers"]


def test_the_service_finds_the_pod():
    labels = POD["metadata"]["labels"]
    assert OBJECTS["Deployment"]["spec"]["selector"]["matchLabels"] == labels
    assert OBJECTS["Service"]["spec"]["selector"] == labels
    [port] = CONTAINER["ports"]
    assert OBJECTS["Service"]["spec"]["ports"] == [{"port": 9675, "targetPort": port["containerPort"]}]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert CONTAINER[probe]["httpGet"] == {"path": "/_workmail/health", "port": port["containerPort"]}


def test_no_variable_of_a_service_is_taken_for_an_option():
    """Kubernetes sets WORKMAIL_PORT and others for a Service that is called workmail."""
    assert OBJECTS["Service"]["metadata"]["name"] != "workmail"
    assert POD["spec"]["enableServiceLinks"] is False


def test_the_seed_of_the_config_map_is_mounted_and_valid(tmp_path):
    [volume] = POD["spec"]["volumes"]
    [mount] = CONTAINER["volumeMounts"]
    assert (volume["name"], volume["configMap"]) == (mount["name"], {"name": OBJECTS["ConfigMap"]["metadata"]["name"]})
    variables = {variable["name"]: variable["value"] for variable in CONTAINER["env"]}
    path = Path(variables["WORKMAIL_SEED"])
    assert str(path.parent) == mount["mountPath"]
    seed = tmp_path / path.name
    seed.write_text(OBJECTS["ConfigMap"]["data"][path.name])
    done = subprocess.run([BINARY, "exec", "--seed", seed, "--", "true"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_compose_does_not_run_the_tests():
    services = yaml.safe_load((ROOT / "docker/compose.yaml").read_text())["services"]
    assert services["workmail"]["build"]["args"] == {"TESTS": "no"}
