// Lists and applies the events that are scheduled on the emulated clock: organizations and domains become ready,
// mailboxes and deleted entities are removed after 30 days, export jobs complete. Runs at the start of a call, so there
// are no timers.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/call/settings.h"
#include "store/store.h"

namespace workmail::api {

enum class EventKind {
  OrganizationStateChanged,
  DomainVerified,
  MailboxDeleted,
  EntityRemoved,  // a DELETED entity is no longer listed
  ExportJobCompleted,
  ExportJobRemoved,  // from the history of jobs
  PersonalAccessTokenExpired,
  MessageFunctionsRetried,
  MessageRemoved,  // from what the Message Flow API can read
};
constexpr auto enum_names(EventKind /*unused*/) -> std::array<std::string_view, 9> {
  return {"organizationStateChanged",
          "domainVerified",
          "mailboxDeleted",
          "entityRemoved",
          "exportJobCompleted",
          "exportJobRemoved",
          "personalAccessTokenExpired",
          "messageFunctionsRetried",
          "messageRemoved"};
}

// A change without a call, in the past or in the future.
struct ScheduledEvent {
  Time at;
  EventKind kind;
  std::string what;  // a sentence for readers, without a full stop: "the mailbox of alice is deleted"
  std::string organization_id;
  std::optional<std::string> entity_id;
};

// Applies all events that are scheduled up to `now`, in the order of their times. Needs an open transaction.
auto apply_due(store::Store& store, const Settings& settings, Time now) -> std::vector<ScheduledEvent>;

// The next event; nothing if none is scheduled.
auto next_due(store::Store& store) -> std::optional<ScheduledEvent>;
// The earliest events, up to a limit.
auto upcoming(store::Store& store, std::int64_t limit) -> std::vector<ScheduledEvent>;

}  // namespace workmail::api
