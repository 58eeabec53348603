// Parses the endpoint of a service from an option. server/mail/name_lookup resolves names.
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
  std::string authority;    // host and port as in the URL, for the header Host and messages
};

struct ParsedEndpoint {
  std::optional<HttpEndpoint> endpoint;
  const char* expected = nullptr;  // what the URL must be, if it is invalid
};

// "http://localhost:3001", "http://[::1]:9000/prefix". TLS is not supported. Other parts of a URL (a user, a query, a
// fragment) would be ignored, so they are rejected.
auto parse_http_endpoint(std::string_view text) -> ParsedEndpoint;

}  // namespace workmail::server
