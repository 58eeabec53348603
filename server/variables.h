// Environment variables with the prefix of the options that are not options. Programs have some of their own, and
// Kubernetes sets several for a service called workmail; only probably misspelled options matter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace workmail::server {

inline constexpr std::string_view kVariablePrefix = "WORKMAIL_";

// The name in `known` that differs by a letter or two, or by letter case; empty if there is none. All begin with the
// prefix. Common words (WORKMAIL_DOMAIN) are never treated as misspelled, nor are the names that Kubernetes and Docker
// give to the variables of a service (WORKMAIL_SERVICE_HOST, WORKMAIL_PORT_80_TCP_ADDR).
auto meant_variable(std::string_view name, const std::vector<std::string>& known) -> std::string;

}  // namespace workmail::server
