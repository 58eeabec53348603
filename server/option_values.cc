#include "server/option_values.h"

#include <algorithm>
#include <charconv>

#include "server/http/allowed_hosts.h"
#include "server/http/browsers.h"
#include "server/identity/identity.h"

namespace workmail::server {

auto parse_account(const std::string& text) -> std::string {
  if (!is_account(text)) throw BadValue{"twelve digits"};
  return text;
}

auto parse_region(const std::string& text) -> std::string {
  if (!is_region(text)) throw BadValue{"a region such as eu-west-1"};
  return text;
}

auto parse_number(const std::string& text, std::size_t min, std::size_t max, const char* expected) -> std::size_t {
  std::size_t number = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  const bool whole = result.ec == std::errc() && result.ptr == end;
  if (!whole || number < min || number > max) throw BadValue{expected};
  return number;
}

auto parse_token(const std::string& text) -> std::string {
  const auto fits = [](char c) { return c > ' ' && c <= '~'; };
  if (text.empty() || !std::all_of(text.begin(), text.end(), fits))
    throw BadValue{"printable ASCII characters without spaces"};
  return text;
}

auto parse_origin(const std::string& text) -> std::string {
  if (!is_origin(text)) throw BadValue{"an origin such as https://console.example"};
  return text;
}

auto parse_host(const std::string& text) -> std::string {
  if (!is_host_pattern(text)) throw BadValue{"a host name such as docker.example.com, or .example.com for all below"};
  return text;
}

auto parse_endpoint(const std::string& text) -> HttpEndpoint {
  auto parsed = parse_http_endpoint(text);
  // The part before an @ may be a password.
  if (!parsed.endpoint) throw BadValue{parsed.expected, text.find('@') == std::string::npos};
  return *std::move(parsed.endpoint);
}

}  // namespace workmail::server
