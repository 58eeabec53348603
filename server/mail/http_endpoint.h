// Where a service listens that this program calls, as the options have it. Only reads the text; names are resolved by
// server/mail/name_lookup.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace workmail::server {

struct HttpEndpoint {
  std::string host;  // a name, or a numeric address without brackets
  std::uint16_t port = 80;
  std::string path_prefix;  // empty, or begins with a slash and does not end with one
  std::string authority;    // host and port as the URL has them: for the header Host, and for messages
};

struct ParsedEndpoint {
  std::optional<HttpEndpoint> endpoint;
  const char* expected = nullptr;  // what the URL must be, when it is something else
};

// "http://localhost:3001", "http://[::1]:9000/prefix". TLS is not supported; what else a URL can have (a user, a query,
// a fragment) would be lost, and is rejected.
auto parse_http_endpoint(std::string_view text) -> ParsedEndpoint;

}  // namespace workmail::server
