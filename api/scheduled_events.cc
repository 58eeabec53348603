#include "api/scheduled_events.h"

#include <algorithm>
#include <cassert>
#include <stdexcept>
#include <utility>

#include "api/rules/export_job_state.h"
#include "api/rules/organization_state.h"

namespace workmail::api {

namespace {

struct StoredKind {
  EventKind kind;
  std::string_view word;  // in the view "due"
};

constexpr std::array kStoredKinds{StoredKind{EventKind::OrganizationStateChanged, "organization"},
                                  StoredKind{EventKind::DomainVerified, "domain"},
                                  StoredKind{EventKind::MailboxDeleted, "mailbox"},
                                  StoredKind{EventKind::EntityRemoved, "tombstone"},
                                  StoredKind{EventKind::ExportJobCompleted, "job"},
                                  StoredKind{EventKind::ExportJobRemoved, "job history"},
                                  StoredKind{EventKind::PersonalAccessTokenExpired, "personal access token"},
                                  StoredKind{EventKind::MessageFunctionsRetried, "message retry"},
                                  StoredKind{EventKind::MessageRemoved, "message"}};

static_assert(
    [] {
      for (std::size_t i = 0; i < kStoredKinds.size(); ++i) {
        if (kStoredKinds[i].kind != static_cast<EventKind>(i)) return false;
        for (std::size_t j = 0; j < i; ++j) {
          if (kStoredKinds[j].word == kStoredKinds[i].word) return false;
        }
      }
      return kStoredKinds.size() == enum_names(EventKind{}).size();
    }(),
    "each EventKind has one row, in the order of EventKind, with a word of its own");

auto kind_of(const store::DueEvent& event) -> EventKind {
  const auto* const found = std::find_if(kStoredKinds.begin(), kStoredKinds.end(),
                                         [&](const StoredKind& stored) { return stored.word == event.what; });
  if (found == kStoredKinds.end()) throw std::logic_error("The store has an event of an unknown kind: " + event.what);
  return found->kind;
}

// Describes an event. Called before it is applied, because it may remove the row that it is about.

auto describe_organization(store::Store& store, const store::DueEvent& event) -> ScheduledEvent {
  const auto organization = store.organizations.find(store::OrganizationNumber{event.subject}).value();
  return {event.at, EventKind::OrganizationStateChanged,
          "organization " + organization.alias + " becomes " + std::string(store::word(next_state(organization.state))),
          organization.id, std::nullopt};
}

auto describe_domain(store::Store& store, const store::DueEvent& event) -> ScheduledEvent {
  const auto domain = store.domains.find(store::DomainNumber{event.subject}).value();
  const auto organization = store.organizations.find(domain.organization).value();
  return {event.at, EventKind::DomainVerified, "domain " + domain.name + " is verified", organization.id, std::nullopt};
}

auto describe_entity(store::Store& store, const store::DueEvent& event, EventKind kind) -> ScheduledEvent {
  const auto entity = store.entities.find(store::EntityNumber{event.subject}).value();
  const auto organization = store.organizations.find(entity.organization).value();
  const bool of_mailbox = kind == EventKind::MailboxDeleted;
  return {event.at, kind,
          of_mailbox ? "the mailbox of " + entity.name + " is deleted" : "the deleted " + entity.name + " disappears",
          organization.id, entity.id};
}

auto describe_job(store::Store& store, const store::DueEvent& event, EventKind kind) -> ScheduledEvent {
  const auto job = store.export_jobs.find(store::ExportJobNumber{event.subject}).value();
  const auto organization = store.organizations.find(job.organization).value();
  const bool completes = kind == EventKind::ExportJobCompleted;
  return {event.at, kind, "the mailbox export job " + job.id + (completes ? " completes" : " leaves the history"),
          organization.id, job.entity_id};
}

auto describe_token(store::Store& store, const store::DueEvent& event) -> ScheduledEvent {
  const auto token = store.personal_access_tokens.find(store::PersonalAccessTokenNumber{event.subject}).value();
  const auto organization = store.organizations.find(token.organization).value();
  const auto user = store.entities.find(token.user).value();
  return {event.at, EventKind::PersonalAccessTokenExpired,
          "the personal access token " + token.name + " of " + user.name + " expires", organization.id, user.id};
}

auto describe_message(store::Store& store, const store::DueEvent& event, EventKind kind) -> ScheduledEvent {
  const auto message = store.messages.find(store::MessageNumber{event.subject}).value();
  const auto organization = store.organizations.find(message.organization).value();
  const bool retried = kind == EventKind::MessageFunctionsRetried;
  return {event.at, kind,
          retried ? "functions are invoked again for the message " + message.id
                  : "the message " + message.id + " is removed after 24 hours",
          organization.id, std::nullopt};
}

auto describe(store::Store& store, const store::DueEvent& event) -> ScheduledEvent {
  const auto kind = kind_of(event);
  switch (kind) {
    case EventKind::OrganizationStateChanged:
      return describe_organization(store, event);
    case EventKind::DomainVerified:
      return describe_domain(store, event);
    case EventKind::MailboxDeleted:
    case EventKind::EntityRemoved:
      return describe_entity(store, event, kind);
    case EventKind::ExportJobCompleted:
    case EventKind::ExportJobRemoved:
      return describe_job(store, event, kind);
    case EventKind::PersonalAccessTokenExpired:
      return describe_token(store, event);
    case EventKind::MessageFunctionsRetried:
    case EventKind::MessageRemoved:
      return describe_message(store, event, kind);
  }
  throw std::logic_error("An event has no kind.");
}

void change_organization(store::Store& store, const store::DueEvent& event, const Settings& settings) {
  const auto organization = store.organizations.find(store::OrganizationNumber{event.subject}).value();
  enter_state(store, organization, next_state(organization.state), event.at, settings.pace);
}

void delete_mailbox(store::Store& store, const store::DueEvent& event) {
  const auto entity = store.entities.find(store::EntityNumber{event.subject}).value();
  store.mailboxes.purge(entity.number);
  // An ENABLED owner has become a remote user, whose permissions do not depend on the mailbox.
  if (entity.state != store::EntityState::Enabled) store.mailbox_permissions.remove_all_of_owner(entity.number);
}

void apply(store::Store& store, const store::DueEvent& event, const Settings& settings) {
  switch (kind_of(event)) {
    case EventKind::OrganizationStateChanged:
      return change_organization(store, event, settings);
    case EventKind::DomainVerified:
      return store.domains.set_status(store::DomainNumber{event.subject}, store::VerificationStatus::Verified,
                                      store::VerificationStatus::Verified);
    case EventKind::MailboxDeleted:
      return delete_mailbox(store, event);
    case EventKind::EntityRemoved:
      return store.entities.remove(store::EntityNumber{event.subject});
    case EventKind::ExportJobCompleted:
      return store.export_jobs.end(store::ExportJobNumber{event.subject}, store::ExportJobState::Completed,
                                   std::nullopt, event.at);
    case EventKind::ExportJobRemoved:
      return store.export_jobs.remove(store::ExportJobNumber{event.subject});
    case EventKind::PersonalAccessTokenExpired:
      return store.personal_access_tokens.remove(store::PersonalAccessTokenNumber{event.subject});
    case EventKind::MessageFunctionsRetried:
      return store.messages.set_waiting(store::MessageNumber{event.subject});
    case EventKind::MessageRemoved:
      return store.messages.remove(store::MessageNumber{event.subject});
  }
}

}  // namespace

auto apply_due(store::Store& store, const Settings& settings, Time now) -> std::vector<ScheduledEvent> {
  std::vector<ScheduledEvent> events;
  while (const auto event = store.due.next(now)) {
    assert((events.empty() || events.back().at <= event->at) && "no event schedules one that comes before it");
    events.push_back(describe(store, *event));
    apply(store, *event, settings);
  }
  return events;
}

auto next_due(store::Store& store) -> std::optional<ScheduledEvent> {
  const auto event = store.due.first();
  if (!event) return std::nullopt;
  return describe(store, *event);
}

auto upcoming(store::Store& store, std::int64_t limit) -> std::vector<ScheduledEvent> {
  std::vector<ScheduledEvent> events;
  for (const auto& event : store.due.upcoming(limit)) events.push_back(describe(store, event));
  return events;
}

}  // namespace workmail::api
