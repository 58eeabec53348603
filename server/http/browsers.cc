#include "server/http/browsers.h"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <utility>

#include "server/process/asio.h"
#include "server/process/log.h"

namespace workmail::server {

namespace {

// For who does not ask for any by name. A star does not cover Authorization.
constexpr std::string_view kAllowedHeaders =
    "authorization, content-type, x-amz-target, x-amz-date, x-amz-content-sha256, x-amz-security-token, "
    "x-amz-user-agent, amz-sdk-invocation-id, amz-sdk-request";
constexpr std::string_view kExposedHeaders = "x-amzn-requestid, x-amzn-errortype, x-workmail-local, date";
constexpr std::string_view kMethods = "GET, HEAD, POST, PUT, DELETE";
constexpr std::string_view kSecondsRemembered = "600";

// Names that the public DNS does not have, so that nobody outside can point them at this machine (RFC 6761, 6762, 8375,
// 9476, and .svc of Kubernetes).
constexpr std::array<std::string_view, 6> kInnerNames{".localhost", ".local", ".internal",
                                                      ".test",      ".svc",   ".home.arpa"};

// Host and port of an origin; empty when it is none.
auto authority_of(std::string_view origin) -> std::string_view {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.starts_with(scheme)) return origin.substr(scheme.size());
  }
  return {};
}

// A host as it is compared: in small letters, without the final dot of a name that is whole.
auto comparable(std::string_view host) -> std::string {
  if (host.ends_with('.')) host.remove_suffix(1);
  std::string name(host);
  for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return name;
}

// "localhost:9675" and "[::1]:9675" without the port, and the brackets.
auto host_of(std::string_view authority) -> std::string {
  if (!authority.starts_with('[')) return comparable(authority.substr(0, authority.find(':')));
  const auto end = authority.find(']');
  const bool ends_there = end + 1 == authority.size() || (end != std::string_view::npos && authority[end + 1] == ':');
  return comparable(ends_there ? authority.substr(1, end - 1) : authority);
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

auto is_name(std::string_view host) -> bool {
  return host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") == std::string_view::npos;
}

// Whether nobody outside can have a page under that name. One without a dot is a container or a machine next door.
auto is_inner(std::string_view host) -> bool {
  if (is_address(host)) return true;
  if (!is_name(host)) return false;
  return host.find('.') == std::string_view::npos ||
         std::any_of(kInnerNames.begin(), kInnerNames.end(), [&](auto name) { return host.ends_with(name); });
}

// A pattern with a dot before it means all names below.
auto fits(std::string_view host, std::string_view pattern) -> bool {
  return pattern.starts_with('.') ? host.size() > pattern.size() && host.ends_with(pattern) : host == pattern;
}

}  // namespace

auto is_origin(std::string_view text) -> bool {
  const auto authority = authority_of(text);
  return !authority.empty() && authority.find_first_of("/?#@ ") == std::string_view::npos;
}

auto is_host_pattern(std::string_view text) -> bool {
  const std::string pattern = comparable(text);
  const auto name = std::string_view(pattern).substr(pattern.starts_with('.') ? 1 : 0);
  return !name.empty() && !name.starts_with('.') && is_name(name);
}

Browsers::Browsers(std::vector<std::string> allowed_origins, const std::vector<std::string>& allowed_hosts)
    : allowed_origins_(std::move(allowed_origins)) {
  for (const auto& host : allowed_hosts) allowed_hosts_.push_back(comparable(host));
}

auto Browsers::allows(std::string_view origin) const -> bool {
  return (is_origin(origin) && is_this_machine(host_of(authority_of(origin)))) ||
         std::find(allowed_origins_.begin(), allowed_origins_.end(), origin) != allowed_origins_.end();
}

// A page of an allowed origin may be this server's own, under that name.
auto Browsers::answers_under(std::string_view authority) const -> bool {
  const std::string host = host_of(authority);
  const auto is_of = [&host](const std::string& origin) { return host_of(authority_of(origin)) == host; };
  return is_inner(host) || std::any_of(allowed_origins_.begin(), allowed_origins_.end(), is_of) ||
         std::any_of(allowed_hosts_.begin(), allowed_hosts_.end(), [&](const auto& one) { return fits(host, one); });
}

auto Browsers::refusal_of_page(const Request& request) const -> std::string {
  const auto origin = request.field("Origin");
  if (origin.empty() || allows(origin)) return {};
  // The page is of this very server, whatever stands between for TLS, and under a name that is nobody else's.
  const auto authority = authority_of(origin);
  const bool own = !authority.empty() && authority == request.field("Host");
  if (own && answers_under(authority)) return {};
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

auto Browsers::refusal_of_name(const Request& request) const -> std::string {
  const auto authority = request.field("Host");
  if (answers_under(authority)) return {};
  const std::string host = printable(host_of(authority));
  return "The control plane does not answer under the name " + host +
         ", which a page could have pointed at this machine; --allowed-host " + host + " allows it.";
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
  // Whatever else the page's libraries add: traceparent, baggage, cache-control.
  const auto asked = request.field("Access-Control-Request-Headers");
  reply.add_field("Access-Control-Allow-Headers", asked.empty() ? kAllowedHeaders : asked);
  reply.add_field("Vary", "Access-Control-Request-Headers");
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
