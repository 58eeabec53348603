// What remains of a request that was answered: its line in the log, its entry in the journal, its part of the metrics.
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

  // Takes the entry of the journal out of the exchange.
  void add(Exchange& exchange);

 private:
  void add_call(Exchange& exchange, RequestLine& line);
  void add_other(const Exchange& exchange, RequestLine& line);
  void add_to_journal(Exchange& exchange, int status, double milliseconds);

  Emulator& emulator_;
  Log& log_;
};

// How the log names a request that is no call: its method and path.
auto name_of(const Request& request) -> std::string;

// The message of the error in an answer, in the form of either plane, of other services or as plain text; empty for any
// other answer.
auto message_in(const Reply& reply) -> std::string;

}  // namespace workmail::server
