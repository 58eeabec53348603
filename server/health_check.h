// Checks whether a server on this machine is healthy: the command `healthcheck`, for images without a shell.
#pragma once

#include <functional>
#include <string>

#include "server/http/listen_address.h"
#include "store/time.h"

namespace workmail::server {

// The path of the check.
inline constexpr std::string_view kHealthPath = "/_workmail/health";

// Checks at least once and, after a failure, again until `wait` has passed. Determines the address each time, because a
// free port is known only when the server is ready. Returns why the server is not healthy, or nothing if it is. `token`
// is the token of the control plane; empty for none.
auto check_health(const std::function<ListenAddress()>& address, const std::string& token, Duration wait)
    -> std::string;

}  // namespace workmail::server
