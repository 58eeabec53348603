// The program's options that change the behavior of the API; server/options.md describes them.
#pragma once

#include <optional>
#include <string>

#include "api/call/redaction.h"
#include "store/time.h"

namespace workmail::api {

struct Settings {
  std::string account = "000000000000";  // of requests whose credential does not have one
  std::string region = "us-east-1";
  std::optional<Time> clock;  // the frozen time of an empty database; unset for real time
  Duration pace{0};           // simulated duration of asynchronous operations
  bool domains_become_verified = true;
  bool lists_show_deleted = true;
  Redact redact = Redact::Secrets;  // applied to bodies that are shown
};

}  // namespace workmail::api
