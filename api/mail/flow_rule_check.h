// Checks email flow rules. In AWS, only its console creates rules; here, seed documents and the control plane do.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "store/email_flow_rules.h"

namespace workmail::api {

inline constexpr std::size_t kMaxRuleName = 64;
inline constexpr std::size_t kMaxRulePatterns = 100;  // of senders, and as many of destinations
inline constexpr int kMaxRuleTimeoutMinutes = 240;

// Why the pattern is invalid (the rest of a sentence that begins with the pattern); empty for a valid one.
auto check_pattern(std::string_view pattern) -> std::string;

// Why the rule is invalid; empty for a valid one. Names the members as in the seed document. The caller checks that the
// name is unique, and that the function is in the organization's account and region.
auto reason_against(const store::EmailFlowRule& rule) -> std::string;

}  // namespace workmail::api
