"""The pytest plugin of the wheel, in a pytest of its own."""

import pytest

pytest_plugins = ["pytester"]

SEED = """
// A document as --seed takes it.
{ "Organizations": [ { "Alias": "acme", "Users": [ { "Name": "alice", "Email": "alice@acme.awsapps.com" }, ] } ], }
"""


@pytest.fixture(autouse=True)
def _plain(monkeypatch):
    """No option and no endpoint of the test run itself."""
    for name in ("WORKMAIL_SEED", "AWS_ENDPOINT_URL_WORKMAIL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)


def test_each_test_has_an_account_of_its_own(pytester):
    pytester.makepyfile(
        """
        import boto3, pytest

        @pytest.mark.parametrize("run", [1, 2])
        def test_create(workmail, run):
            client = boto3.client("workmail")  # finds the server by its environment
            assert client.list_organizations()["OrganizationSummaries"] == []
            client.create_organization(Alias="acme")  # free again, because the first test has ended
            assert len(workmail.client().list_organizations()["OrganizationSummaries"]) == 1
            assert boto3.client("workmailmessageflow").meta.endpoint_url == workmail.url
        """
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=2)


def test_the_seed_is_there_for_each_test(pytester):
    seed = pytester.makefile(".jsonc", seed=SEED)
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("run", [1, 2])
        def test_users(workmail, run):
            client = workmail.client()
            [acme] = client.list_organizations()["OrganizationSummaries"]
            users = client.list_users(OrganizationId=acme["OrganizationId"])["Users"]
            assert [user["Name"] for user in users] == ["alice"]
            client.deregister_from_work_mail(OrganizationId=acme["OrganizationId"], EntityId=users[0]["Id"])
        """
    )
    pytester.runpytest_subprocess(f"--workmail-seed={seed}").assert_outcomes(passed=2)


@pytest.mark.parametrize("document, sentence", [
    ('{"Organizations": [{"Alias": "acme", "Users": [{}]}]}', "Missing member 'Organizations?0?.Users?0?.Name'"),
    ('{"Organizations": [{"Alias": "acme", "Users": [{"Name": "a", "State": "ENABLED"}]}]}',
     "Organizations?0?.Users?0?.State: EntityStateException: An entity has an Email when *"),
    ('{"Organizations": ["acme"]}', "*Organizations?0?*"),
    ("[1]", "*"),
    ('{"Organizations": [}', "cannot be read: Expecting value: line 1 column 20*"),
    (None, "cannot be read: *No such file*"),
])  # fmt: skip
def test_a_wrong_seed_is_one_sentence(pytester, document, sentence):
    seed = pytester.path / "seed.json"
    if document is not None:
        seed.write_text(document)
    pytester.makepyfile("def test_anything(workmail):\n    pass")
    result = pytester.runpytest_subprocess(f"--workmail-seed={seed}")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"--workmail-seed {str(seed).replace('[', '?')}*{sentence}"])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_clock_seed_and_requests(pytester):
    pytester.makepyfile(
        """
        USERS = [{"Name": "alice", "Email": "alice@acme.awsapps.com"}]

        def test_thirty_days(workmail, workmail_clock, workmail_seed, workmail_requests):
            ids = workmail_seed({"Organizations": [{"Alias": "acme", "Users": USERS}]})["Organizations"][0]
            organization, alice = ids["OrganizationId"], ids["Users"]["alice"]
            client = workmail.client()
            client.deregister_from_work_mail(OrganizationId=organization, EntityId=alice)
            workmail_clock.freeze()
            before = workmail_clock.now
            assert workmail_clock.now == before
            happened = workmail_clock.advance("P31D")["happened"]
            assert [event["entityId"] for event in happened] == [alice]
            assert [call["operation"] for call in workmail_requests()] == ["DeregisterFromWorkMail"]
            assert workmail_requests("CreateUser") == []

        def test_the_next_test_has_real_time(workmail):
            assert workmail.control("GET", "clock")["mode"] == "real"
        """
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=2)


def test_workers_of_xdist_do_not_meet(pytester):
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("run", range(12))
        def test_create(workmail, run):
            client = workmail.client()
            organization = client.create_organization(Alias="acme")["OrganizationId"]
            client.create_user(OrganizationId=organization, Name="alice", DisplayName="Alice")
            assert len(client.list_users(OrganizationId=organization)["Users"]) == 1
        """
    )
    pytester.runpytest_subprocess("-n", "2").assert_outcomes(passed=12)


def test_a_server_that_cannot_start_reports_why(pytester):
    pytester.makepyfile(
        """
        import workmail_local.pytest_plugin as plugin

        plugin.find_command = lambda: "/nowhere/workmail-local"

        def test_anything(workmail):
            pass
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*workmail-local cannot be run: *No such file*"])


def test_the_sentence_of_the_program_is_shown(pytester, tmp_path):
    program = tmp_path / "workmail-local"
    program.write_text("#!/bin/sh\necho 'workmail-local: --listen wants a port.' >&2\nexit 2\n")
    program.chmod(0o755)
    pytester.makepyfile(
        f"""
        import workmail_local.pytest_plugin as plugin

        plugin.find_command = lambda: {str(program)!r}

        def test_anything(workmail):
            pass
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*did not start: workmail-local: --listen wants a port.*"])
