// Converts the email flow rules of an organization between documents and the store. flow_matching.h matches them with
// messages.
#pragma once

#include <cstddef>
#include <string>

#include "api/call/context.h"
#include "generated/workmail/shapes.h"
#include "store/email_flow_rules.h"

namespace workmail::api {

// Emulator: AWS documents no limit.
inline constexpr int kMaxEmailFlowRules = 1000;

// Without patterns, the rule applies to all senders or destinations.
auto to_store(const SeedEmailFlowRule& rule) -> store::EmailFlowRule;
auto to_api(const store::EmailFlowRule& rule) -> SeedEmailFlowRule;

// Adds the rule, or replaces the rule with this name. Throws InvalidParameterException for an invalid rule, and
// LimitExceededException.
void put_email_flow_rule(Context& context, const store::OrganizationHead& organization,
                         const store::EmailFlowRule& rule);

}  // namespace workmail::api
