// The environment variables that begin as those of the options do and are none of them. Programs have some of their
// own, and Kubernetes sets several for a service called workmail; only what was probably meant to be an option matters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace workmail::server {

inline constexpr std::string_view kVariablePrefix = "WORKMAIL_";

// The one of `known` from which the name differs by a letter or two, or by letter case; empty when there is none. All
// begin with the prefix. Common words (WORKMAIL_DOMAIN) are never meant, nor are names as Kubernetes and Docker give
// them to the variables of a service (WORKMAIL_SERVICE_HOST, WORKMAIL_PORT_80_TCP_ADDR).
auto meant_variable(std::string_view name, const std::vector<std::string>& known) -> std::string;

}  // namespace workmail::server
