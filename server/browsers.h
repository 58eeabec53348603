// What the pages of browsers may do: those of this machine, and of origins that were allowed, everything; all others
// nothing, whatever name their owner has bent to this machine's address (DNS rebinding). Knows no endpoint.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/reply.h"
#include "server/request.h"

namespace workmail::server {

// An origin as browsers write it: "https://console.example:8443". A last slash is none.
auto is_origin(std::string_view text) -> bool;

class Browsers {
 public:
  // Besides those of this machine.
  explicit Browsers(std::vector<std::string> allowed_origins) : allowed_(std::move(allowed_origins)) {}

  // Why the request is not served, as a sentence; empty when it is.
  [[nodiscard]] auto refusal(const Request& request) const -> std::string;

  // Whether a browser asks whether its page may send a request.
  static auto is_preflight(const Request& request) -> bool;
  // Makes the answer to that, for a request that is served.
  static void answer_preflight(const Request& request, Reply& reply);
  // Lets the page that sent the request, if one did, read the answer.
  static void permit_reading(const Request& request, Reply& reply);

 private:
  [[nodiscard]] auto allows(std::string_view origin) const -> bool;

  std::vector<std::string> allowed_;
};

}  // namespace workmail::server
