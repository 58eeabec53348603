#include "server/http/allowed_hosts.h"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <utility>

#include "server/process/asio.h"
#include "server/process/log.h"
#include "server/process/text.h"

namespace workmail::server {

namespace {

// Names that cannot be registered in public DNS, so that no outsider can point them at this machine (RFC 6761, 6762,
// 8375, 9476, and .svc of Kubernetes).
constexpr std::array<std::string_view, 6> kInnerNames{".localhost", ".local", ".internal",
                                                      ".test",      ".svc",   ".home.arpa"};

auto comparable(std::string_view host) -> std::string {
  if (host.ends_with('.')) host.remove_suffix(1);
  return lower_case(host);
}

auto is_address(std::string_view host) -> bool {
  error_code error;
  asio::ip::make_address(host, error);
  return !error;
}

auto is_name(std::string_view host) -> bool {
  return std::all_of(host.begin(), host.end(),
                     [](char c) { return is_small_letter_or_digit(c) || c == '-' || c == '_' || c == '.'; });
}

// Whether the text is a name or an address, with or without a port.
auto is_authority(std::string_view text) -> bool {
  const bool bracketed = text.starts_with('[');
  const auto end = bracketed ? text.find(']') : text.find(':');
  if (bracketed && end == std::string_view::npos) return false;
  const auto host = bracketed ? text.substr(1, end - 1) : text.substr(0, end);
  const bool right =
      bracketed ? is_address(host) : !host.empty() && !host.starts_with('.') && is_name(lower_case(host));
  if (!right || (!bracketed && end == std::string_view::npos)) return right;
  const auto port = text.substr(bracketed ? end + 1 : end);
  return port.empty() || (port.starts_with(':') && port.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

// Whether no outsider can have a page under that name. A name without a dot is a container or a machine in the local
// network.
auto is_inner(std::string_view host) -> bool {
  if (is_address(host)) return true;
  if (!is_name(host)) return false;
  return host.find('.') == std::string_view::npos ||
         std::any_of(kInnerNames.begin(), kInnerNames.end(), [&](auto name) { return host.ends_with(name); });
}

// A pattern that begins with a dot matches all subdomains.
auto fits(std::string_view host, std::string_view pattern) -> bool {
  return pattern.starts_with('.') ? host.size() > pattern.size() && host.ends_with(pattern) : host == pattern;
}

}  // namespace

auto is_host_pattern(std::string_view text) -> bool {
  const std::string pattern = comparable(text);
  const auto name = std::string_view(pattern).substr(pattern.starts_with('.') ? 1 : 0);
  return !name.empty() && !name.starts_with('.') && is_name(name);
}

auto host_of(std::string_view authority) -> std::string {
  if (!authority.starts_with('[')) return comparable(authority.substr(0, authority.find(':')));
  const auto end = authority.find(']');
  const bool ends_there = end + 1 == authority.size() || (end != std::string_view::npos && authority[end + 1] == ':');
  return comparable(ends_there ? authority.substr(1, end - 1) : authority);
}

auto is_this_machine(std::string_view host) -> bool {
  error_code error;
  const auto address = asio::ip::make_address(host, error);
  return error ? host == "localhost" || host.ends_with(".localhost") : address.is_loopback();
}

// RFC 9112, 3.2. HTTP/1.0 allows requests without a host.
auto host_error(const Fields& fields, unsigned version) -> std::string_view {
  constexpr unsigned kHttp11 = 11;
  const auto hosts = fields.count(boost::beast::http::field::host);
  if (hosts == 0 && version >= kHttp11) return "The request has no Host.";
  if (hosts > 1) return "The request has more than one Host.";
  if (hosts == 1 && !is_authority(fields[boost::beast::http::field::host]))
    return "The Host must be a name or an address, with or without a port.";
  return {};
}

AllowedHosts::AllowedHosts(const std::vector<std::string>& patterns, std::vector<std::string> hosts)
    : hosts_(std::move(hosts)) {
  for (const auto& pattern : patterns) patterns_.push_back(comparable(pattern));
}

auto AllowedHosts::allows(std::string_view authority) const -> bool {
  const std::string host = host_of(authority);
  return is_inner(host) || std::find(hosts_.begin(), hosts_.end(), host) != hosts_.end() ||
         std::any_of(patterns_.begin(), patterns_.end(), [&](const auto& pattern) { return fits(host, pattern); });
}

auto AllowedHosts::refusal(std::string_view authority) const -> std::string {
  if (allows(authority)) return {};
  const std::string host = printable(host_of(authority));
  return "The control plane does not answer under the name " + host +
         ", which a page could have pointed at this machine; --allowed-host " + host + " allows it.";
}

}  // namespace workmail::server
