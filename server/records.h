// Records a request and its response in the log, the journal and the metrics.
#pragma once

#include <string>

#include "server/emulator/emulator.h"
#include "server/exchange.h"
#include "server/http/reply.h"
#include "server/process/log.h"

namespace workmail::server {

class Records {
 public:
  Records(Emulator& emulator, Log& log) : emulator_(emulator), log_(log) {}

  // Moves the journal entry out of the exchange.
  void add(Exchange& exchange);

 private:
  void add_call(Exchange& exchange, RequestLine& line);
  void add_other(const Exchange& exchange, RequestLine& line);
  void add_to_journal(Exchange& exchange, int status, double milliseconds);

  Emulator& emulator_;
  Log& log_;
};

// The name of a request in the log that is not a call: its method and path.
auto name_of(const Request& request) -> std::string;

// The error message in a response: of the API, the control plane or other services, or as plain text. Empty for any
// other response.
auto message_in(const Reply& reply) -> std::string;

}  // namespace workmail::server
