#include "api/scheduled_events.h"

#include <stdexcept>

#include "api/rules/export_job_state.h"
#include "api/rules/organization_state.h"

namespace workmail::api {

namespace {

// One function per kind of event: what it does (given settings; without, nothing) and how it is told.
auto organization_event(store::Store& store, const store::DueEvent& event, const Settings* happen) -> Happening {
  const auto organization = store.organizations.find(event.subject).value();
  const auto next = next_state(organization.state);
  if (happen != nullptr) enter_state(store, organization, next, event.at, happen->pace);
  return {event.at, "organization " + organization.alias + " becomes " + std::string(next), organization.id,
          std::nullopt};
}

auto domain_event(store::Store& store, const store::DueEvent& event, const Settings* happen) -> Happening {
  const auto domain = store.domains.find(event.subject).value();
  const auto organization = store.organizations.find(domain.organization).value();
  if (happen != nullptr) store.domains.set_status(domain.number, "VERIFIED", "VERIFIED");
  return {event.at, "domain " + domain.name + " is verified", organization.id, std::nullopt};
}

auto mailbox_event(store::Store& store, const store::DueEvent& event, const Settings* happen) -> Happening {
  const auto entity = store.entities.find(event.subject).value();
  const auto organization = store.organizations.find(entity.organization).value();
  if (happen != nullptr) {
    store.mailboxes.purge(entity.number);
    // One that is ENABLED has become a remote user, whose permissions are not about the mailbox.
    if (entity.state != store::EntityState::Enabled) store.mailbox_permissions.remove_all_of_owner(entity.number);
  }
  return {event.at, "the mailbox of " + entity.name + " is deleted", organization.id, entity.id};
}

auto tombstone_event(store::Store& store, const store::DueEvent& event, const Settings* happen) -> Happening {
  const auto entity = store.entities.find(event.subject).value();
  const auto organization = store.organizations.find(entity.organization).value();
  if (happen != nullptr) store.entities.remove(entity.number);
  return {event.at, "the deleted " + entity.name + " disappears", organization.id, entity.id};
}

auto job_event(store::Store& store, const store::DueEvent& event, const Settings* happen) -> Happening {
  const auto job = store.export_jobs.find(event.subject).value();
  const auto organization = store.organizations.find(job.organization).value();
  if (happen != nullptr) store.export_jobs.end(job.number, kCompleted, std::nullopt, event.at);
  return {event.at, "the mailbox export job " + job.id + " completes", organization.id, job.entity_id};
}

auto job_history_event(store::Store& store, const store::DueEvent& event, const Settings* happen) -> Happening {
  const auto job = store.export_jobs.find(event.subject).value();
  const auto organization = store.organizations.find(job.organization).value();
  if (happen != nullptr) store.export_jobs.remove(job.number);
  return {event.at, "the mailbox export job " + job.id + " leaves the history", organization.id, job.entity_id};
}

auto token_event(store::Store& store, const store::DueEvent& event, const Settings* happen) -> Happening {
  const auto token = store.personal_access_tokens.find(event.subject).value();
  const auto organization = store.organizations.find(token.organization).value();
  const auto user = store.entities.find(token.user).value();
  if (happen != nullptr) store.personal_access_tokens.remove(token.number);
  return {event.at, "the personal access token " + token.name + " of " + user.name + " expires", organization.id,
          user.id};
}

// With settings the event happens; without, it is only told.
auto tell(store::Store& store, const store::DueEvent& event, const Settings* happen) -> Happening {
  if (event.what == "organization") return organization_event(store, event, happen);
  if (event.what == "domain") return domain_event(store, event, happen);
  if (event.what == "mailbox") return mailbox_event(store, event, happen);
  if (event.what == "tombstone") return tombstone_event(store, event, happen);
  if (event.what == "job") return job_event(store, event, happen);
  if (event.what == "job history") return job_history_event(store, event, happen);
  if (event.what == "personal access token") return token_event(store, event, happen);
  throw std::logic_error("nothing makes this happen: " + event.what);
}

}  // namespace

auto apply_due(store::Store& store, const Settings& settings, Time now) -> std::vector<Happening> {
  std::vector<Happening> happened;
  while (const auto event = store.due.next(now)) happened.push_back(tell(store, *event, &settings));
  return happened;
}

auto next_due(store::Store& store) -> std::optional<Happening> {
  const auto event = store.due.first();
  if (!event) return std::nullopt;
  return tell(store, *event, nullptr);
}

auto upcoming(store::Store& store, std::int64_t limit) -> std::vector<Happening> {
  std::vector<Happening> told;
  for (const auto& event : store.due.upcoming(limit)) told.push_back(tell(store, event, nullptr));
  return told;
}

}  // namespace workmail::api
