"""Mobile devices."""

from question import question


@question(
    "Q-device-rule-name",
    "May two mobile device access rules have one name?",
    operations=["CreateMobileDeviceAccessRule"],
    answer=["the name rule", "the name rule"],
    assumed="yes",
)
def _(ask):
    ask.device_rule()
    ask.device_rule()
    rules = ask.call("ListMobileDeviceAccessRules")["Rules"]
    return [each["Name"] for each in rules if each["Name"] == ask.name("rule")]


@question(
    "Q-device-rule-replaced",
    "Is a mobile device access rule replaced as a whole?",
    operations=["UpdateMobileDeviceAccessRule"],
    answer={"DeviceTypes": "absent", "DeviceModels": ["wml-none"], "Description": "absent"},
    assumed="yes, absent conditions disappear",
)
def _(ask):
    rule = ask.device_rule(Description="wml")
    new = {"Name": ask.name("rule"), "Effect": "ALLOW", "DeviceModels": ["wml-none"]}
    ask.call("UpdateMobileDeviceAccessRule", MobileDeviceAccessRuleId=rule, **new)
    rules = ask.call("ListMobileDeviceAccessRules")["Rules"]
    updated = next(each for each in rules if each["MobileDeviceAccessRuleId"] == rule)
    return {name: updated.get(name, "absent") for name in ("DeviceTypes", "DeviceModels", "Description")}


@question(
    "Q-device-id-case",
    "In which letter case is a device ID shown that was put again in another one?",
    operations=["PutMobileDeviceAccessOverride", "GetMobileDeviceAccessOverride"],
    answer=["wmlDevice"],
    assumed="as first written",
)
def _(ask):
    user = ask.user(registered=True)
    for device in ("wmlDevice", "WMLDEVICE"):
        ask.call("PutMobileDeviceAccessOverride", UserId=user, DeviceId=device, Effect="ALLOW")
    listed = ask.everything("ListMobileDeviceAccessOverrides", "Overrides", UserId=user)
    return [each["DeviceId"] for each in listed]


@question(
    "Q-device-rule-limit",
    "How many mobile device access rules may an organization have?",
    operations=["CreateMobileDeviceAccessRule"],
    answer={"rules": 10, "then": "LimitExceededException"},
    assumed="10, the most that a list can hold",
)
def _(ask):
    count, then = len(ask.call("ListMobileDeviceAccessRules")["Rules"]), ask.no_error
    while count < 20 and then == ask.no_error:
        rule = {"Effect": "ALLOW", "DeviceTypes": ["wml-none"]}
        then = ask.outcome("CreateMobileDeviceAccessRule", Name=ask.name(f"rule-{count}"), **rule)
        count += then == ask.no_error
    return {"rules": count, "then": then}
