// A call of the API as its headers describe it: what is called, by whom, and in which attempt.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "api/call/caller.h"
#include "api/call/settings.h"
#include "api/service.h"
#include "api/wire/error.h"
#include "server/emulator/faults.h"
#include "server/emulator/journal.h"
#include "server/http/request.h"
#include "server/identity/signatures.h"

namespace workmail::server {

// Before the operation's name in X-Amz-Target.
inline constexpr std::string_view kTargetPrefix = "WorkMailService.";

struct Call {
  std::string_view target;                // of which service and operation, as the client sent it
  std::string_view operation;             // empty when that is none of WorkMail's
  const api::Operation* known = nullptr;  // the same in the model, when that has it
  api::Caller caller;
  std::optional<api::FrameworkError> error;  // of its signature, or of a body that is no text
  std::optional<Fault> fault;                // of the fault rule that it triggers
  std::optional<Time> at;                    // when it ran, on the emulated clock; nothing for one that did not
  // What the call is committed with, before its answer is sent; null when there is nothing to wait for.
  std::shared_ptr<const store::CommitGroup> group;
  std::string input;                                  // of a call of the Message Flow API, which is not the body alone
  std::optional<api::ObjectReference> wanted_object;  // without which it cannot go on
  std::optional<std::string> object;                  // what was fetched
  std::string object_failure;                         // or why it was not
  JournalEntry entry;                                 // complete when the answer is made
};

// With an entry that has everything but the times, the bodies and the outcome. `signatures` judges those of known
// calls; null: they are not verified.
auto read_call(const Request& request, const api::Settings& settings, const Signatures* signatures) -> Call;

// Whether the headers declare a body in JSON.
auto has_json(const Request& request) -> bool;

}  // namespace workmail::server
