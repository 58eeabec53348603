"""Availability."""

from question import question


@question(
    "Q-availability-limit",
    "How many availability configurations may an organization have?",
    operations=["CreateAvailabilityConfiguration"],
    answer={"configurations": 100, "then": "LimitExceededException"},
    assumed="100",
    takes="101 configurations",
)
def _(ask):
    provider = {"LambdaArn": f"arn:aws:lambda:us-east-1:{ask.account}:function:wml-none"}
    count, then = len(ask.everything("ListAvailabilityConfigurations", "AvailabilityConfigurations")), ask.no_error
    while count < 200 and then == ask.no_error:
        domain = {"DomainName": ask.domain_name(f"domain-{count}")}
        then = ask.outcome("CreateAvailabilityConfiguration", LambdaProvider=provider, **domain)
        count += then == ask.no_error
    return {"configurations": count, "then": then}


@question(
    "Q-availability-test-both",
    "Which error refuses a domain beside a provider?",
    operations=["TestAvailabilityConfiguration"],
    answer={"error": "InvalidParameterException"},
)
def _(ask):
    provider = {"EwsEndpoint": "https://wml.invalid/EWS", "EwsUsername": "wml", "EwsPassword": ask.password}
    ask.call("CreateAvailabilityConfiguration", DomainName=ask.domain_name(), EwsProvider=provider)
    ask.call("TestAvailabilityConfiguration", DomainName=ask.domain_name(), EwsProvider=provider)
