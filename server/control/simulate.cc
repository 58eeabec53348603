#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "api/rules/export_job_state.h"
#include "api/rules/identity_center_login.h"
#include "api/rules/organization_state.h"
#include "api/rules/personal_access_token.h"
#include "api/rules/user_rules.h"
#include "api/wire/error.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/control_shapes.h"
#include "server/control/answer.h"
#include "server/control/errors.h"
#include "server/control/input.h"
#include "server/control/organization_path.h"
#include "server/control/plane.h"
#include "server/process/log.h"
#include "store/folding.h"

namespace workmail::server::control {

namespace {

// Runs the change like a call of the API: after the scheduled events, in one transaction.
template <class Change>
void run(Plane& plane, Change change) {
  const auto& settings = plane.emulator.service.settings();
  plane.emulator.service.run({.account = settings.account, .region = settings.region}, change);
}

auto status_of(DomainEventName event) -> store::VerificationStatus {
  using store::VerificationStatus;
  switch (event) {
    case DomainEventName::DomainVerified:
      return VerificationStatus::Verified;
    case DomainEventName::DomainFailed:
      return VerificationStatus::Failed;
    case DomainEventName::DomainPending:
      return VerificationStatus::Pending;
  }
  return VerificationStatus::Pending;
}

// One function for each event of the model. Most return nothing.

// Changes the status of both ownership and DKIM, unless one of them is given.
auto apply(Plane& plane, const DomainEvent& event) -> SimulateAnswer {
  const auto status = status_of(event.event);
  run(plane, [&](api::Context& context) {
    const auto organization = organization_by_id(context.store, event.organization_id);
    const auto domain = context.store.domains.find(organization.number, store::fold(event.domain));
    if (!domain) throw NotFound("Organization " + organization.id + " has no domain " + printable(event.domain) + ".");
    context.store.domains.set_status(domain->number,
                                     event.verification == DomainVerification::Dkim ? domain->ownership : status,
                                     event.verification == DomainVerification::Ownership ? domain->dkim : status);
  });
  return {};
}

// The state stays until the next call or simulated event: no automatic change is scheduled.
auto apply(Plane& plane, const OrganizationStateEvent& event) -> SimulateAnswer {
  const auto state = api::same_word<store::OrganizationState>(event.state);
  run(plane, [&](api::Context& context) {
    store::Store& store = context.store;
    const auto organization = organization_by_id(store, event.organization_id);
    // Its alias and domains may now belong to another organization.
    if (organization.state == store::OrganizationState::Deleted)
      throw NotApplicable("Organization " + organization.id + " stays Deleted.");
    api::enter_state(store, organization, state, context.now, context.settings.pace);
    store.organizations.set_state(organization.number, state, std::nullopt);
    store.organizations.set_error_message(organization.number, event.message);
  });
  return {};
}

// Searches all organizations for the subject of an event, with `find(organization)`.
template <class Find>
auto find_anywhere(store::Store& store, std::string_view what, std::string_view id, Find find) {
  for (const auto& organization : store.organizations.all()) {
    if (auto found = find(organization)) return std::pair(organization, *std::move(found));
  }
  throw NotFound("There is no " + std::string(what) + " " + printable(id) + ".");
}

auto entity_by_id(store::Store& store, std::string_view id) {
  return find_anywhere(store, "user", id, [&](const store::Organization& organization) {
    auto entity = store.entities.find_by_id(organization.number, id);
    return entity && entity->kind == store::EntityKind::User ? entity : std::nullopt;
  });
}

// Actions of a user need a mailbox that is in use.
void require_open_mailbox(store::Store& store, const store::Organization& organization, const store::Entity& user) {
  if (organization.state != store::OrganizationState::Active) {
    throw NotApplicable("Organization " + organization.id + " is " + std::string(store::word(organization.state)) +
                        ".");
  }
  const auto mailbox = store.mailboxes.find(user.number);
  if (user.state == store::EntityState::Enabled && mailbox && !mailbox->deprovisioned_at) return;
  throw NotApplicable("User " + user.id + " has no mailbox that is in use.");
}

auto head_of(const store::Organization& organization) -> store::OrganizationHead {
  return {.number = organization.number, .id = organization.id, .state = organization.state};
}

// Mail changes the size of a mailbox, which is all that the API returns. The size of a retained mailbox can also be
// set, unless the user is a remote user.
auto apply(Plane& plane, const MailboxUsedEvent& event) -> SimulateAnswer {
  run(plane, [&](api::Context& context) {
    const auto [organization, user] = entity_by_id(context.store, event.user_id);
    const bool deleted = user.state == store::EntityState::Deleted;
    const auto mailbox = context.store.mailboxes.find(user.number);
    if (deleted || !mailbox) {
      throw NotApplicable("User " + user.id + (deleted ? " is DELETED." : " has no mailbox."));
    }
    const auto role = context.store.entities.user(user.number).role;
    if (!mailbox->in_use() && !api::role_has_mailbox(role)) {
      throw NotApplicable("User " + user.id + " is a " + role + ", whose mailbox is elsewhere.");
    }
    context.store.mailboxes.set_used(user.number, event.megabytes);
  });
  return {};
}

// Created in the web application, which shows the token only once.
auto apply(Plane& plane, const PersonalAccessTokenCreatedEvent& event) -> SimulateAnswer {
  SimulateAnswer answer;
  run(plane, [&](api::Context& context) {
    const auto [organization, user] = entity_by_id(context.store, event.user_id);
    require_open_mailbox(context.store, organization, user);
    const auto made = api::create_personal_access_token(context, head_of(organization), user, event.name, event.scopes);
    answer = {.id = made.id, .token = made.token};
  });
  return answer;
}

auto apply(Plane& plane, const PersonalAccessTokenUsedEvent& event) -> SimulateAnswer {
  const auto& id = event.personal_access_token_id;
  run(plane, [&](api::Context& context) {
    auto& tokens = context.store.personal_access_tokens;
    const auto [organization, token] =
        find_anywhere(context.store, "personal access token", id,
                      [&](const store::Organization& candidate) { return tokens.find(candidate.number, id); });
    require_open_mailbox(context.store, organization, context.store.entities.find(token.user).value());
    api::token_lifetime(context, head_of(organization));  // throws if tokens are disabled
    tokens.set_used(token.number, context.now);
  });
  return {};
}

auto apply(Plane& plane, const IdentityCenterLoginEvent& event) -> SimulateAnswer {
  run(plane, [&](api::Context& context) {
    const auto [organization, user] = entity_by_id(context.store, event.user_id);
    require_open_mailbox(context.store, organization, user);
    api::log_in_by_identity_center(context, head_of(organization), user, event.identity_provider_user_id,
                                   event.identity_provider_identity_store_id);
  });
  return {};
}

void end_job(Plane& plane, std::string_view id, store::ExportJobState state, const std::optional<std::string>& reason) {
  run(plane, [&](api::Context& context) {
    auto& jobs = context.store.export_jobs;
    const auto [organization, job] =
        find_anywhere(context.store, "mailbox export job", id,
                      [&](const store::Organization& candidate) { return jobs.find(candidate.number, id); });
    if (job.state != store::ExportJobState::Running)
      throw NotApplicable("Mailbox export job " + job.id + " is " + std::string(store::word(job.state)) + ".");
    jobs.end(job.number, state, reason, context.now);
  });
}

auto apply(Plane& plane, const ExportJobCompletedEvent& event) -> SimulateAnswer {
  end_job(plane, event.job_id, store::ExportJobState::Completed, std::nullopt);
  return {};
}

auto apply(Plane& plane, const ExportJobFailedEvent& event) -> SimulateAnswer {
  end_job(plane, event.job_id, store::ExportJobState::Failed, event.reason.value_or("The export failed."));
  return {};
}

}  // namespace

void simulate(Plane& plane, const Request& request, Reply& reply) {
  const auto input = read_input<SimulateInput>(request.body);
  try {
    write_answer(reply, std::visit([&](const auto& event) { return apply(plane, event); }, input));
  } catch (const api::Error& error) {
    // Errors are those of the API.
    throw NotApplicable(std::string(error.code()) + ": " + error.message());
  }
}

}  // namespace workmail::server::control
