// What is scheduled on the emulated clock, and makes it happen: organizations and domains that become ready, mailboxes
// and deleted entities that go after 30 days, export jobs that end. Runs at the start of a call, so no timer is needed.
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
  EntityRemoved,  // a DELETED one, after which no list shows it
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

// Something that happened, or will happen, without a call.
struct ScheduledEvent {
  Time at;
  EventKind kind;
  std::string what;  // a sentence for readers, without a full stop: "the mailbox of alice is deleted"
  std::string organization_id;
  std::optional<std::string> entity_id;
};

// Applies everything due until `now`, in the order of its moments. Needs an open transaction.
auto apply_due(store::Store& store, const Settings& settings, Time now) -> std::vector<ScheduledEvent>;

// The next event; nothing when none is scheduled.
auto next_due(store::Store& store) -> std::optional<ScheduledEvent>;
// The earliest events, up to a limit.
auto upcoming(store::Store& store, std::int64_t limit) -> std::vector<ScheduledEvent>;

}  // namespace workmail::api
