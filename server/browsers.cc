#include "server/browsers.h"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>

#include "server/asio.h"
#include "server/log.h"

namespace workmail::server {

namespace {

// Named one by one: a star does not cover Authorization.
constexpr std::string_view kAllowedHeaders =
    "authorization, content-type, x-amz-target, x-amz-date, x-amz-content-sha256, x-amz-security-token, "
    "x-amz-user-agent, amz-sdk-invocation-id, amz-sdk-request";
constexpr std::string_view kExposedHeaders = "x-amzn-requestid, x-amzn-errortype, x-workmail-local, date";
constexpr std::string_view kMethods = "GET, HEAD, POST, PUT, DELETE";
constexpr std::string_view kSecondsRemembered = "600";

// Names that the public DNS does not have, so that nobody outside can bend them (RFC 6761, 6762, 9476).
constexpr std::array<std::string_view, 4> kPrivateNames{".localhost", ".local", ".internal", ".test"};

// Host and port of an origin; empty when it is none.
auto authority_of(std::string_view origin) -> std::string_view {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.starts_with(scheme)) return origin.substr(scheme.size());
  }
  return {};
}

// "localhost:9675" and "[::1]:9675" without the port, and the brackets.
auto host_of(std::string_view authority) -> std::string_view {
  if (!authority.starts_with('[')) return authority.substr(0, authority.find(':'));
  const auto end = authority.find(']');
  const bool ends_there = end + 1 == authority.size() || (end != std::string_view::npos && authority[end + 1] == ':');
  return ends_there ? authority.substr(1, end - 1) : authority;
}

auto is_address(std::string_view host) -> bool {
  error_code error;
  asio::ip::make_address(host, error);
  return !error;
}

auto is_this_machine(std::string_view host) -> bool {
  error_code error;
  const auto address = asio::ip::make_address(host, error);
  return error ? host == "localhost" || host.ends_with(".localhost") : address.is_loopback();
}

// Whether nobody outside can have a page under that name. One without a dot is a container or a machine next door.
auto is_private(std::string_view host) -> bool {
  return host.find('.') == std::string_view::npos || is_address(host) ||
         std::any_of(kPrivateNames.begin(), kPrivateNames.end(), [&](auto name) { return host.ends_with(name); });
}

// Browsers send the origin with everything but these, when the page is of the same origin.
auto may_hide_its_origin(const Request& request) -> bool {
  return request.method == "GET" || request.method == "HEAD";
}

}  // namespace

auto is_origin(std::string_view text) -> bool {
  const auto authority = authority_of(text);
  return !authority.empty() && authority.find_first_of("/?#@ ") == std::string_view::npos;
}

auto Browsers::allows(std::string_view origin) const -> bool {
  return is_this_machine(host_of(authority_of(origin))) ||
         std::find(allowed_.begin(), allowed_.end(), origin) != allowed_.end();
}

auto Browsers::refusal(const Request& request) const -> std::string {
  const auto origin = request.field("Origin");
  if (!origin.empty()) {
    if (allows(origin)) return {};
    return "Pages of " + printable(origin) + " are not served; --cors-origin allows an origin.";
  }
  const auto host = host_of(request.field("Host"));
  const auto is_it = [host](const std::string& allowed) { return host_of(authority_of(allowed)) == host; };
  if (!may_hide_its_origin(request) || is_private(host) || std::any_of(allowed_.begin(), allowed_.end(), is_it)) {
    return {};
  }
  return "Nothing is read under the name " + printable(host) +
         ", which a page may have bent to this machine; --cors-origin http://" + printable(host) + " allows it.";
}

auto Browsers::is_preflight(const Request& request) -> bool {
  return request.method == "OPTIONS" && !request.field("Origin").empty() &&
         !request.field("Access-Control-Request-Method").empty();
}

void Browsers::answer_preflight(const Request& request, Reply& reply) {
  reply.status = 204;
  reply.add_field("Access-Control-Allow-Methods", kMethods);
  reply.add_field("Access-Control-Allow-Headers", kAllowedHeaders);
  reply.add_field("Access-Control-Max-Age", kSecondsRemembered);
  // Of a page in the Internet that is allowed.
  if (!request.field("Access-Control-Request-Private-Network").empty()) {
    reply.add_field("Access-Control-Allow-Private-Network", "true");
  }
}

void Browsers::permit_reading(const Request& request, Reply& reply) {
  const auto origin = request.field("Origin");
  if (origin.empty()) return;
  reply.add_field("Access-Control-Allow-Origin", origin);
  reply.add_field("Access-Control-Expose-Headers", kExposedHeaders);
  reply.add_field("Vary", "Origin");
}

}  // namespace workmail::server
