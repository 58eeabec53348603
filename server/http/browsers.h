// What the pages of browsers may do: those of this machine, and of origins that were allowed, everything; all others
// nothing, whatever name their owner has pointed at this machine's address (allowed_hosts.h). Knows no endpoint.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/allowed_hosts.h"
#include "server/http/reply.h"
#include "server/http/request.h"

namespace workmail::server {

// An origin as browsers write it: "https://console.example:8443". A last slash is none.
auto is_origin(std::string_view text) -> bool;

class Browsers {
 public:
  // Besides the pages of this machine, and the names that cannot be registered in public DNS.
  explicit Browsers(std::vector<std::string> allowed_origins, const std::vector<std::string>& allowed_hosts = {});

  // Why a request is not served, as a sentence; empty when it is. Three checks, of which the caller picks.
  //
  // By the page that sent it: the only check for a request with an Origin.
  [[nodiscard]] auto refusal_of_page(const Request& request) const -> std::string;
  // By a page of another origin that loads it without an Origin: as a script, a picture, without CORS.
  [[nodiscard]] static auto refusal_of_load(const Request& request) -> std::string;
  // By the host name that it came under.
  [[nodiscard]] auto refusal_of_name(const Request& request) const -> std::string {
    return hosts_.refusal(request.field("Host"));
  }

  // Whether a user follows a link to here.
  static auto is_navigation(const Request& request) -> bool;
  // Whether a browser asks whether its page may send a request.
  static auto is_preflight(const Request& request) -> bool;
  // Makes the answer to that, for a request that is served.
  static void answer_preflight(const Request& request, Reply& reply);
  // Lets the page that sent the request, if one did, read the answer.
  static void permit_reading(const Request& request, Reply& reply);

 private:
  [[nodiscard]] auto allows(std::string_view origin) const -> bool;

  std::vector<std::string> allowed_origins_;
  AllowedHosts hosts_;
};

}  // namespace workmail::server
