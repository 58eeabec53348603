// Makes happen what falls due by the emulated clock: organizations and domains that become ready, mailboxes and
// deleted entities that go after 30 days, export jobs that end. Runs at the start of a call, so no timer is needed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/call/settings.h"
#include "store/store.h"

namespace workmail::api {

// Something that happened by itself, for people and tests.
struct Happening {
  Time at;
  std::string what;  // a sentence without a full stop: "the mailbox of alice is deleted"
  std::string organization_id;
  std::optional<std::string> entity_id;
};

// Applies everything due until `now`, in the order of its moments. Needs an open transaction.
auto apply_due(store::Store& store, const Settings& settings, Time now) -> std::vector<Happening>;

// What falls due next, told as if it happened; nothing when the future is empty.
auto next_due(store::Store& store) -> std::optional<Happening>;
// The same of what follows: the earliest ones.
auto upcoming(store::Store& store, std::int64_t limit) -> std::vector<Happening>;

}  // namespace workmail::api
