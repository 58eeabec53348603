// Which names a request may come under, by its header Host, and where a Host is refused. A page could have pointed any
// other name at the address of this machine (DNS rebinding). What pages of other origins may do is in browsers.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/request.h"

namespace workmail::server {

// A host name without scheme and port, or all names below one: "docker.example.com", ".example.com".
auto is_host_pattern(std::string_view text) -> bool;

// The host of "localhost:9675" and "[::1]:9675" as hosts are compared: in lower case, without brackets and without the
// final dot of a name that is whole.
auto host_of(std::string_view authority) -> std::string;

auto is_this_machine(std::string_view host) -> bool;

// Why the head of a request of this version (11: HTTP/1.1) has no valid Host; empty when it has.
auto host_error(const Fields& fields, unsigned version) -> std::string_view;

class AllowedHosts {
 public:
  // Besides addresses and the names that cannot be registered in public DNS: patterns, and hosts as host_of() returns
  // them.
  AllowedHosts(const std::vector<std::string>& patterns, std::vector<std::string> hosts);

  [[nodiscard]] auto allows(std::string_view authority) const -> bool;
  // Why a request to the control plane is refused under this Host; empty when it is not.
  [[nodiscard]] auto refusal(std::string_view authority) const -> std::string;

 private:
  std::vector<std::string> patterns_;  // in lower case, without a final dot
  std::vector<std::string> hosts_;
};

}  // namespace workmail::server
