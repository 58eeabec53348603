// What the options of the program decide about the API's behavior. Their meaning: server/options.md.
#pragma once

#include <optional>
#include <string>

#include "api/call/redaction.h"
#include "store/time.h"

namespace workmail::api {

struct Settings {
  std::string account = "000000000000";  // of requests whose credential names none
  std::string region = "us-east-1";
  std::optional<Time> clock;  // where the clock of an empty database stands still; real time without
  Duration pace{0};           // simulated duration of asynchronous operations
  bool domains_become_verified = true;
  bool lists_show_deleted = true;
  Redact redact = Redact::Secrets;  // of bodies that are shown
};

}  // namespace workmail::api
