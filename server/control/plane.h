// The control plane: what is under /_workmail, which AWS does not have. This is its door; a file per topic beside it
// holds the endpoints. Which there are, with their inputs, answers and errors, is in api/model/control.json, from which
// the build writes their table and declarations.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "generated/workmail/control_endpoints.h"
#include "server/emulator/emulator.h"
#include "server/http/browsers.h"
#include "server/http/connections.h"
#include "server/http/journal_watch.h"
#include "server/http/reply.h"
#include "server/http/request.h"
#include "server/mail/mail_flow.h"
#include "store/census.h"

namespace workmail::server::control {

inline constexpr std::string_view kRoot = "/_workmail";

// A new secret for the console of a server that starts.
auto new_console_key() -> std::string;

// What the endpoints work with: the emulator, as one of its clients, and what only they need.
struct Plane {
  struct CountedEntities {
    store::Census census;
    std::chrono::steady_clock::time_point at;
  };

  Emulator& emulator;
  std::string token = {};                             // what every request has to bring; empty: nothing
  const std::string console_key = new_console_key();  // by which calls of the API are known to be the console's
  JournalWatch watch = JournalWatch(emulator.journal);
  MailFlow* mail = nullptr;                  // set when functions can be invoked, or objects fetched
  const Connections* connections = nullptr;  // set when the server is there
  const Browsers* browsers = nullptr;        // set by the router
  std::optional<CountedEntities> last_census = {};
};

// Answers a request whose path begins with kRoot. Errors of the control plane become answers; any other passes
// through. Returns the code of the error, empty for a success.
auto answer(Plane& plane, const Request& request, Reply& reply) -> std::string_view;

// Whether the console has sent this: no client without access to the control plane can.
auto is_console_key(const Plane& plane, std::string_view text) -> bool;

// Judges a request by its head alone, before its body is read: whether it brings the token that it needs. Answers
// whether it is refused, which is written then.
auto refuse_head(const Plane& plane, const Request& request, Reply& reply) -> bool;

// Whether the body may be as large as a whole database: then another limit holds.
auto takes_upload(std::string_view method, std::string_view path) -> bool;

// The segments of the path behind kRoot, from 0: /_workmail/snapshots/before has "snapshots" and "before".
auto path_segment(const Request& request, std::size_t index) -> std::string_view;

// Writes an error as the control plane writes them.
void write_error(Reply& reply, int status, std::string_view code, std::string_view message);

}  // namespace workmail::server::control
