// A call of the API, as its headers describe it: operation, caller and attempt.
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

// The prefix of the operation in X-Amz-Target.
inline constexpr std::string_view kTargetPrefix = "WorkMailService.";

struct Call {
  std::string_view target;                // service and operation, as the client sent them
  std::string_view operation;             // empty if it is not WorkMail's
  const api::Operation* known = nullptr;  // the same in the model, if the model has it
  api::Caller caller;
  std::optional<api::FrameworkError> error;  // of the signature, or of a body that is not text
  std::optional<Fault> fault;                // of the fault rule that the call triggers
  std::optional<Time> at;                    // when it ran, in emulated time; unset if it did not
  // The group with which the call is committed before its response is sent; null if there is nothing to wait for.
  std::shared_ptr<const store::CommitGroup> group;
  std::string input;                                  // of a call of the Message Flow API: path and body
  std::optional<api::ObjectReference> wanted_object;  // an object that the call needs to continue
  std::optional<std::string> object;                  // the fetched object
  std::string object_failure;                         // or why it was not fetched
  JournalEntry entry;                                 // complete when the response is
};

// Its entry has everything except the times, the bodies and the outcome. `signatures` verifies the signatures of known
// calls; null means that they are not verified.
auto read_call(const Request& request, const api::Settings& settings, const Signatures* signatures) -> Call;

// Whether the headers declare a body in JSON.
auto has_json(const Request& request) -> bool;

}  // namespace workmail::server
