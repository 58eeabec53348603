// Rules for requests of web pages. Pages of this machine and of allowed origins may do everything, all others nothing,
// even if their owner points a name at this machine (allowed_hosts.h). Does not know the endpoints.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/allowed_hosts.h"
#include "server/http/reply.h"
#include "server/http/request.h"

namespace workmail::server {

// An origin as browsers write it: "https://console.example:8443". A trailing slash is not allowed.
auto is_origin(std::string_view text) -> bool;

class Browsers {
 public:
  // The allowed origins, in addition to pages of this machine and of names that cannot be registered in public DNS.
  explicit Browsers(std::vector<std::string> allowed_origins, const std::vector<std::string>& allowed_hosts = {});

  // Why a request is rejected, as a sentence; empty if it is allowed. The caller selects from three checks.
  //
  // By the page that sent it; the only check for a request with an Origin.
  [[nodiscard]] auto refusal_of_page(const Request& request) const -> std::string;
  // For a request without an Origin: rejects loads by pages of other origins, as a script or a picture, without CORS.
  [[nodiscard]] static auto refusal_of_load(const Request& request) -> std::string;
  // By the host name of the request.
  [[nodiscard]] auto refusal_of_name(const Request& request) const -> std::string {
    return hosts_.refusal(request.field("Host"));
  }

  // Whether a user followed a link.
  static auto is_navigation(const Request& request) -> bool;
  // Whether this is a CORS preflight request.
  static auto is_preflight(const Request& request) -> bool;
  // Writes the response to a preflight request that is allowed.
  static void answer_preflight(const Request& request, Reply& reply);
  // Allows the page that sent the request, if any, to read the response.
  static void permit_reading(const Request& request, Reply& reply);

 private:
  [[nodiscard]] auto allows(std::string_view origin) const -> bool;

  std::vector<std::string> allowed_origins_;
  AllowedHosts hosts_;
};

}  // namespace workmail::server
