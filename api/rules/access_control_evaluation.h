// Evaluates the access control rules of an organization for a client.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/rules/rule_precedence.h"
#include "store/access_control_rules.h"

namespace workmail::api {

// A client at an address that uses a protocol, with exactly one of a user and an impersonation role.
struct AccessRequest {
  std::string ip_address;
  std::string action;
  std::optional<std::string> user_id;
  std::optional<std::string> impersonation_role_id;
};

auto matches(const store::AccessControlRule& rule, const AccessRequest& request) -> bool;

// The rules must outlive the decision.
auto decide(const std::vector<store::AccessControlRule>& rules, const AccessRequest& request)
    -> Decision<store::AccessControlRule>;

// Whether the IPv4 address is in the range, "10.0.0.0/8". Both are well-formed.
auto in_range(std::string_view ip_address, std::string_view range) -> bool;

}  // namespace workmail::api
