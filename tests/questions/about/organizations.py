"""Organizations."""

from question import question

OWN = "an organization of its own"
LEFT = "a directory that is left behind"


@question(
    "Q-directory-type",
    "Which DirectoryType does an organization show whose directory WorkMail made?",
    operations=["DescribeOrganization"],
    answer="VpcDirectory",
    takes=OWN,
    read_only=True,
)
def _(ask):
    return ask.call("DescribeOrganization")["DirectoryType"]


@question(
    "Q-default-device-rule",
    "How does the mobile device access rule look that an organization begins with?",
    operations=["ListMobileDeviceAccessRules"],
    answer=[
        {
            "Name": "default",
            "Description": "Default WorkMail Rule",
            "Effect": "ALLOW",
            "DateCreated": "a time",
            "DateModified": "a time",
        }
    ],
    assumed="its name is default, its description Default WorkMail Rule, and its dates those of the organization",
    takes=OWN,
    read_only=True,
)
def _(ask):
    rules = ask.call("ListMobileDeviceAccessRules")["Rules"]
    return [{name: value for name, value in each.items() if name != "MobileDeviceAccessRuleId"} for each in rules]


@question(
    "Q-default-users",
    "Which users does an organization begin with?",
    operations=["ListUsers"],
    answer=[],
    assumed="none",
    takes=OWN,
    read_only=True,
)
def _(ask):
    return [each["UserRole"] for each in ask.everything("ListUsers", "Users")]


@question(
    "Q-interoperability",
    "Which error refuses interoperability without an AD Connector?",
    operations=["CreateOrganization"],
    answer={"error": "InvalidParameterException"},
    takes=OWN,
)
def _(ask):
    ask.call("CreateOrganization", Alias=ask.name("interoperable"), EnableInteroperability=True)


@question(
    "Q-delete-with-users",
    "Which error refuses to delete an organization with enabled users?",
    operations=["DeleteOrganization"],
    answer={"error": "OrganizationStateException"},
    takes=OWN,
)
def _(ask):
    own = ask.own_organization()
    user = ask.call("CreateUser", OrganizationId=own, Name=ask.name("user"), DisplayName="wml", Password=ask.password)
    email = f"{ask.name('user')}@{ask.name('own')}.awsapps.com"
    ask.call("RegisterToWorkMail", OrganizationId=own, EntityId=user["UserId"], Email=email)
    ask.call("DeleteOrganization", OrganizationId=own, DeleteDirectory=True)


@question(
    "Q-organization-alias-free",
    "Is an alias free when its organization is deleted?",
    operations=["CreateOrganization", "DeleteOrganization"],
    answer={"error": "no error"},
    assumed="yes",
    takes=OWN,
)
def _(ask):
    own = ask.own_organization()
    ask.call("DeleteOrganization", OrganizationId=own, DeleteDirectory=True)
    ask.call("CreateOrganization", Alias=ask.name("own"))


@question(
    "Q-kept-directory",
    "Which error refuses another alias for a directory that a deleted organization left?",
    operations=["CreateOrganization"],
    answer={"error": "InvalidParameterException"},
    takes=LEFT,
)
def _(ask):
    own = ask.own_organization()
    directory = ask.call("DescribeOrganization", OrganizationId=own)["DirectoryId"]
    ask.call("DeleteOrganization", OrganizationId=own, DeleteDirectory=False)
    ask.call("CreateOrganization", Alias=ask.name("other"), DirectoryId=directory)


@question(
    "Q-kept-directory-contents",
    "What is in a directory that a deleted organization left?",
    operations=["CreateOrganization", "ListUsers", "ListResources"],
    answer={"users": ["DISABLED"], "resources": []},
    assumed="users, groups and members, and none of what WorkMail added: addresses, mailboxes, permissions, resources",
    takes=LEFT,
)
def _(ask):
    own = ask.own_organization()
    ask.call("CreateUser", OrganizationId=own, Name=ask.name("user"), DisplayName="wml", Password=ask.password)
    ask.call("CreateResource", OrganizationId=own, Name=ask.name("room"), Type="ROOM")
    directory = ask.call("DescribeOrganization", OrganizationId=own)["DirectoryId"]
    ask.call("DeleteOrganization", OrganizationId=own, DeleteDirectory=False)
    new = ask.call("CreateOrganization", Alias=ask.name("own"), DirectoryId=directory)["OrganizationId"]
    return {
        "users": [each["State"] for each in ask.everything("ListUsers", "Users", OrganizationId=new)],
        "resources": [each["State"] for each in ask.everything("ListResources", "Resources", OrganizationId=new)],
    }


@question(
    "Q-domain-of-another",
    "Which error refuses a domain of another organization?",
    operations=["CreateOrganization"],
    answer={"error": "InvalidParameterException"},
    takes=OWN,
)
def _(ask):
    ask.call("RegisterMailDomain", DomainName=ask.domain_name())
    ask.call("CreateOrganization", Alias=ask.name("own"), Domains=[{"DomainName": ask.domain_name()}])


question(
    "Q-delete-failed",
    "Can an organization be deleted that is Failed or Impaired?",
    operations=["DeleteOrganization"],
    assumed="yes",
    unaskable="no call makes an organization fail",
)

question(
    "Q-organization-limit",
    "Do deleted organizations count toward the 100 of an account?",
    operations=["CreateOrganization"],
    assumed="no",
    unaskable="needs 100 organizations",
)
