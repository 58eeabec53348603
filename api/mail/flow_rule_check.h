// What may be an email flow rule. In AWS only its console makes rules; here seed documents and the control plane do.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "store/email_flow_rules.h"

namespace workmail::api {

inline constexpr std::size_t kMaxRuleName = 64;
inline constexpr std::size_t kMaxRulePatterns = 100;  // of senders, and as many of destinations
inline constexpr int kMaxRuleTimeoutMinutes = 240;

// Why the text is no pattern, as what follows the pattern in a message; empty for one that is.
auto check_pattern(std::string_view pattern) -> std::string;

// Why there can be no such rule; empty for a valid one. The members have the names of the seed document.
// Left to the caller: that the name is unique, and that the function is in the organization's account and region.
auto reason_against(const store::EmailFlowRule& rule) -> std::string;

}  // namespace workmail::api
