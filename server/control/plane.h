// The control plane, under /_workmail, which AWS does not have. This file finds the endpoint of a request; the
// endpoints are in a file for each topic. api/model/control.json lists the endpoints with their inputs, responses and
// errors; the build generates their table and declarations from it.
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

// A new secret for the console, at each start of the server.
auto new_console_key() -> std::string;

// Everything that the endpoints use: the emulator, and what only the control plane needs.
struct Plane {
  struct CountedEntities {
    store::Census census;
    std::chrono::steady_clock::time_point at;
  };

  Emulator& emulator;
  std::string token = {};                             // the token that every request needs; empty for none
  const std::string console_key = new_console_key();  // identifies calls of the API by the console
  JournalWatch watch = JournalWatch(emulator.journal);
  MailFlow* mail = nullptr;                  // set if functions can be invoked, or objects fetched
  const Connections* connections = nullptr;  // set when the server exists
  const Browsers* browsers = nullptr;        // set by the router
  std::optional<CountedEntities> last_census = {};
};

// Handles a request whose path begins with kRoot. Errors of the control plane become responses; other exceptions are
// passed on. Returns the code of the error, empty for a success.
auto answer(Plane& plane, const Request& request, Reply& reply) -> std::string_view;

// Whether the console has sent this request; clients without access to the control plane cannot imitate it.
auto is_console_key(const Plane& plane, std::string_view text) -> bool;

// Checks the head of a request, before its body is read, for the token that it needs. Returns whether the request is
// rejected, and then writes the response.
auto refuse_head(const Plane& plane, const Request& request, Reply& reply) -> bool;

// Whether the body may be a whole database, which has another size limit.
auto takes_upload(std::string_view method, std::string_view path) -> bool;

// The segments of the path after kRoot, starting at 0: /_workmail/snapshots/before has "snapshots" and "before".
auto path_segment(const Request& request, std::size_t index) -> std::string_view;

// Writes an error in the format of the control plane.
void write_error(Reply& reply, int status, std::string_view code, std::string_view message);

}  // namespace workmail::server::control
