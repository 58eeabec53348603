// Rejects requests by their header Host, against DNS rebinding: the owner of a web page could point any other name at
// the address of this machine. Rules for origins are in browsers.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/request.h"

namespace workmail::server {

// A host name without scheme and port, or all subdomains of one: "docker.example.com", ".example.com".
auto is_host_pattern(std::string_view text) -> bool;

// The host of "localhost:9675" or "[::1]:9675", normalized for comparison: in lower case, without brackets, and without
// a final dot.
auto host_of(std::string_view authority) -> std::string;

auto is_this_machine(std::string_view host) -> bool;

// Why the Host of a request of this version (11: HTTP/1.1) is invalid; empty if it is valid.
auto host_error(const Fields& fields, unsigned version) -> std::string_view;

class AllowedHosts {
 public:
  // Allows patterns, and hosts as returned by host_of(), in addition to addresses and names that cannot be registered
  // in public DNS.
  AllowedHosts(const std::vector<std::string>& patterns, std::vector<std::string> hosts);

  [[nodiscard]] auto allows(std::string_view authority) const -> bool;
  // Why a request to the control plane with this Host is rejected; empty if it is allowed.
  [[nodiscard]] auto refusal(std::string_view authority) const -> std::string;

 private:
  std::vector<std::string> patterns_;  // in lower case, without a final dot
  std::vector<std::string> hosts_;
};

}  // namespace workmail::server
