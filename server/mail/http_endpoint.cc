#include "server/mail/http_endpoint.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>

#include "server/process/text.h"

namespace workmail::server {

namespace {

constexpr const char* kForm = "a URL such as http://localhost:9000";
constexpr const char* kPlain = "a URL that begins with http://, because TLS is not supported";
constexpr const char* kAnonymous = "a URL without user and password";
constexpr const char* kBare = "a URL without query and fragment";

// RFC 1035, 2.3.4.
constexpr std::size_t kMaxName = 253;

auto is_name_character(char c) -> bool {
  const char lower = to_lower(c);
  // Service names of Docker may have an underscore.
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

auto is_name(std::string_view text) -> bool {
  return !text.empty() && text.size() <= kMaxName && !text.starts_with('.') &&
         std::all_of(text.begin(), text.end(), is_name_character);
}

auto is_ipv6(std::string_view text) -> bool {
  boost::system::error_code error;
  boost::asio::ip::make_address_v6(std::string(text), error);
  return !error;
}

// Not 0, because no service can listen on it.
auto parse_port(std::string_view text) -> std::uint16_t {
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, port);
  return result.ec == std::errc() && result.ptr == end ? port : std::uint16_t{0};
}

// Reads host and port from the authority; false if it is invalid.
auto read_authority(std::string_view authority, HttpEndpoint& endpoint) -> bool {
  const bool brackets = authority.starts_with('[');
  const auto host_end = brackets ? authority.find(']') : authority.find(':');
  const auto host = authority.substr(brackets ? 1 : 0, brackets ? host_end - 1 : host_end);
  if (brackets && (host_end == std::string_view::npos || !is_ipv6(host))) return false;
  if (!brackets && !is_name(host)) return false;
  auto rest = host_end == std::string_view::npos ? std::string_view() : authority.substr(host_end + (brackets ? 1 : 0));
  if (!rest.empty()) {
    if (rest.front() != ':') return false;
    endpoint.port = parse_port(rest.substr(1));
  }
  endpoint.host = host;
  endpoint.authority = authority;
  return endpoint.port != 0;
}

auto is_path_character(char c) -> bool {
  return c > ' ' && c <= '~';
}

}  // namespace

auto parse_http_endpoint(std::string_view text) -> ParsedEndpoint {
  constexpr std::string_view kScheme = "http://";
  constexpr std::string_view kTlsScheme = "https://";
  if (equals_ignoring_case(text.substr(0, kTlsScheme.size()), kTlsScheme)) return {.expected = kPlain};
  if (!equals_ignoring_case(text.substr(0, kScheme.size()), kScheme)) return {.expected = kForm};
  text.remove_prefix(kScheme.size());
  const auto authority_end = std::min(text.find_first_of("/?#"), text.size());
  const auto authority = text.substr(0, authority_end);
  auto path = text.substr(authority_end);
  if (authority.find('@') != std::string_view::npos) return {.expected = kAnonymous};
  if (path.find_first_of("?#") != std::string_view::npos) return {.expected = kBare};
  while (path.ends_with('/')) path.remove_suffix(1);
  HttpEndpoint endpoint;
  endpoint.path_prefix = path;
  const bool usable = read_authority(authority, endpoint) && std::all_of(path.begin(), path.end(), is_path_character);
  if (!usable) return {.expected = kForm};
  return {.endpoint = std::move(endpoint)};
}

}  // namespace workmail::server
