#include "server/http/browsers.h"

#include <algorithm>
#include <utility>

#include "server/process/log.h"

namespace workmail::server {

namespace {

// The headers for a preflight request that lists none. A star does not include Authorization.
constexpr std::string_view kAllowedHeaders =
    "authorization, content-type, x-amz-target, x-amz-date, x-amz-content-sha256, x-amz-security-token, "
    "x-amz-user-agent, amz-sdk-invocation-id, amz-sdk-request";
constexpr std::string_view kExposedHeaders = "x-amzn-requestid, x-amzn-errortype, x-workmail-local, date";
constexpr std::string_view kMethods = "GET, HEAD, POST, PUT, DELETE";
constexpr std::string_view kSecondsRemembered = "600";

// Host and port of an origin; empty if it is invalid.
auto authority_of(std::string_view origin) -> std::string_view {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.starts_with(scheme)) return origin.substr(scheme.size());
  }
  return {};
}

// An allowed origin may be this server itself, under another name.
auto hosts_of(const std::vector<std::string>& origins) -> std::vector<std::string> {
  std::vector<std::string> hosts;
  for (const auto& origin : origins) hosts.push_back(host_of(authority_of(origin)));
  return hosts;
}

}  // namespace

auto is_origin(std::string_view text) -> bool {
  const auto authority = authority_of(text);
  return !authority.empty() && authority.find_first_of("/?#@ ") == std::string_view::npos;
}

Browsers::Browsers(std::vector<std::string> allowed_origins, const std::vector<std::string>& allowed_hosts)
    : allowed_origins_(std::move(allowed_origins)), hosts_(allowed_hosts, hosts_of(allowed_origins_)) {}

auto Browsers::allows(std::string_view origin) const -> bool {
  return (is_origin(origin) && is_this_machine(host_of(authority_of(origin)))) ||
         std::find(allowed_origins_.begin(), allowed_origins_.end(), origin) != allowed_origins_.end();
}

auto Browsers::refusal_of_page(const Request& request) const -> std::string {
  const auto origin = request.field("Origin");
  if (origin.empty() || allows(origin)) return {};
  // The page is from this server, possibly behind a TLS proxy, and has a name that no other page can have.
  const auto authority = authority_of(origin);
  const bool own = !authority.empty() && authority == request.field("Host");
  if (own && hosts_.allows(authority)) return {};
  const std::string shown = printable(origin);
  if (own)
    return "Pages of " + shown + " are not served; --allowed-host " + printable(host_of(authority)) + " allows it.";
  return "Pages of " + shown + " are not served; --cors-origin " +
         (is_origin(origin) ? shown + " allows it." : "allows an origin.");
}

auto Browsers::refusal_of_load(const Request& request) -> std::string {
  const auto site = request.field("Sec-Fetch-Site");
  if (site != "cross-site" && site != "same-site") return {};
  return "Pages of other origins load nothing from here (Sec-Fetch-Site: " + std::string(site) +
         "); --cors-origin allows those of an origin to call.";
}

auto Browsers::is_navigation(const Request& request) -> bool {
  return request.field("Sec-Fetch-Mode") == "navigate" && request.field("Sec-Fetch-Dest") == "document";
}

auto Browsers::is_preflight(const Request& request) -> bool {
  return request.method == "OPTIONS" && !request.field("Origin").empty() &&
         !request.field("Access-Control-Request-Method").empty();
}

void Browsers::answer_preflight(const Request& request, Reply& reply) {
  reply.status = 204;
  reply.add_field("Access-Control-Allow-Methods", kMethods);
  // Allows any headers, because libraries in pages add their own: traceparent, baggage, cache-control.
  const auto asked = request.field("Access-Control-Request-Headers");
  reply.add_field("Access-Control-Allow-Headers", asked.empty() ? kAllowedHeaders : asked);
  reply.add_field("Vary", "Access-Control-Request-Headers");
  reply.add_field("Access-Control-Max-Age", kSecondsRemembered);
  // For an allowed page on the Internet.
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
