"""Domains."""

import re

from question import question


@question(
    "Q-test-domain-records",
    "Which DNS records does the test domain show?",
    operations=["GetMailDomain"],
    answer=[],
    assumed="none",
    read_only=True,
)
def _(ask):
    domains = [each["DomainName"] for each in ask.everything("ListMailDomains", "MailDomains")]
    test = next(name for name in domains if name.endswith(".awsapps.com"))
    return [each["Type"] for each in ask.call("GetMailDomain", DomainName=test)["Records"]]


@question(
    "Q-dns-tokens",
    "What do the tokens in DNS records look like?",
    operations=["GetMailDomain"],
    answer={"ownership": "43 letters of Base64 and =", "keys": ["32 letters", "32 letters", "32 letters"]},
    assumed="as those of Amazon SES: 43 letters of Base64 and `=`; 32 small letters and digits",
)
def _(ask):
    ask.call("RegisterMailDomain", DomainName=ask.domain_name())
    records = ask.call("GetMailDomain", DomainName=ask.domain_name())["Records"]
    owner = next(each["Value"] for each in records if each["Hostname"].startswith("_amazonses"))
    keys = [each["Hostname"].split(".")[0] for each in records if "_domainkey" in each["Hostname"]]
    return {
        "ownership": "43 letters of Base64 and =" if re.fullmatch(r"[A-Za-z0-9+/]{43}=", owner) else owner,
        "keys": ["32 letters" if re.fullmatch(r"[a-z0-9]{32}", key) else key for key in keys],
    }


@question(
    "Q-register-domain-again",
    "Is registering a domain again an error?",
    operations=["RegisterMailDomain"],
    answer={"error": "no error"},
    assumed="no",
)
def _(ask):
    ask.call("RegisterMailDomain", DomainName=ask.domain_name())
    ask.call("RegisterMailDomain", DomainName=ask.domain_name())


question(
    "Q-hosted-zone",
    "Does a domain with a hosted zone of Route 53 count as verified at once?",
    operations=["CreateOrganization"],
    assumed="yes",
    unaskable="needs a domain of your own in Route 53",
)

question(
    "Q-deregister-default-domain",
    "Can the default domain and the test domain be removed?",
    operations=["DeregisterMailDomain"],
    assumed="no, `MailDomainInUseException`",
    unaskable="would remove a domain that the experiment did not make, if the answer is yes",
)
